"""Article files become raw articles with the facts that their files state."""

from datetime import date

import pytest

from conftest import Digest
from digest.errors import ArticleError
from digest.ingest import list_articles, read_article
from digest.models import RawArticle


def read(digest: Digest, path: str) -> RawArticle:
    raw = read_article(digest.root / path, path=path)
    assert isinstance(raw, RawArticle), raw
    return raw


def test_articles_are_listed_in_sorted_order_whatever_the_folders(digest: Digest) -> None:
    for name in ("b.txt", "a/z.html", "a/b/c.md", "b.yaml", ".hidden/x.txt", ".DS_Store"):
        digest.write(f"content/articles/{name}", "x")
    found = list_articles(digest.root / "content/articles")
    assert found == ["a/b/c.md", "a/z.html", "b.txt", "rain.md"]


def test_link_to_a_folder_is_named(digest: Digest) -> None:
    (digest.root / "content/articles/more").symlink_to(digest.root / "elsewhere")
    (digest.root / "elsewhere").mkdir()
    assert "more" in list_articles(digest.root / "content/articles")
    error = read_article(digest.root / "content/articles/more", path="more")
    assert str(error) == "more: this is a link to a folder (put the folder itself here)"


def test_name_that_is_no_text_is_refused(digest: Digest) -> None:
    error = read_article(digest.root / "x", path="a\udce9.md")
    assert str(error) == "'a\\udce9.md': the name of the file is no text (rename it)"


@pytest.mark.parametrize("fence", ["---", "--- ", "---\t"])
def test_blanks_behind_a_fence_do_not_matter(fence: str, digest: Digest) -> None:
    digest.write("content/articles/b.md", f"{fence}\ntitle: B\n{fence}\nRain fell.\n")
    raw = read(digest, "content/articles/b.md")
    assert (raw.facts.title, raw.text) == ("B", "Rain fell.\n")


def test_front_matter_is_split_from_the_text(digest: Digest) -> None:
    raw = read(digest, "content/articles/rain.md")
    assert raw.facts.title == "Rain floods the old town of Utrecht"
    assert raw.facts.author == ("Ada Vermeer",)
    assert raw.facts.published == date(2025, 1, 1)
    assert raw.text.strip().startswith("Heavy rain")


def test_markdown_without_front_matter_is_text_only(digest: Digest) -> None:
    digest.write("content/articles/b.md", "Rain fell.\n")
    assert read(digest, "content/articles/b.md").text == "Rain fell.\n"


def test_facts_beside_a_file_win_over_its_own(digest: Digest) -> None:
    digest.write("content/articles/rain.yaml", "title: Floods\nauthor: [Ada, Bea]\n")
    facts = read(digest, "content/articles/rain.md").facts
    assert (facts.title, facts.author) == ("Floods", ("Ada", "Bea"))
    assert facts.source == "The Canal Post"


def test_all_that_is_wrong_with_an_article_is_one_error(digest: Digest) -> None:
    file = digest.write("content/articles/b.md", "---\ntitel: B\nsauce: C\n---\nRain fell.\n")
    error = read_article(file, path="b.md")
    assert isinstance(error, ArticleError)
    assert str(error) == ("b.md:2: unknown key 'titel'; and 1 more like it (did you mean 'title'?)")
