"""Article files become raw articles with the facts that their files state."""

from datetime import date

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
