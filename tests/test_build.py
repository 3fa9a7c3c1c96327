"""The whole line: a small digest is built twice, elsewhere and otherwise, and must be equal."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ARTICLE, REPOSITORY, Digest
from digest.build.load import load_stories
from digest.models import Article
from digest.prepare import load_article

MakeDigest = Callable[[], Digest]

ARTICLES = {"rain.md": ARTICLE} | {
    file.name: file.read_text("utf-8") for file in (REPOSITORY / "tests/data/build").iterdir()
}
assert len(ARTICLES) == 4, "articles of the small digest not found"


def fill(digest: Digest, names: list[str] | None = None) -> Digest:
    for name in names or list(ARTICLES):
        digest.write(f"content/articles/{name}", ARTICLES[name])
    return digest


def everything(digest: Digest) -> dict[str, bytes]:
    return digest.files("content/stories") | digest.files("site")


def test_last_line_says_what_was_built(make_digest: MakeDigest) -> None:
    status, out, err = fill(make_digest()).run("build")
    assert (status, err) == (0, "")
    assert out.startswith("built 3 stories from 4 articles, 1 quote, 6 feeds in ")
    assert out.endswith("pages changed)\n")


def test_second_build_changes_nothing(make_digest: MakeDigest) -> None:
    digest = fill(make_digest())
    digest.run("build")
    before = {
        path: (digest.root / "site" / path).stat().st_mtime_ns for path in digest.files("site")
    }
    assert digest.run("build")[1].endswith("(0 pages changed)\n")
    assert before == {
        path: (digest.root / "site" / path).stat().st_mtime_ns for path in digest.files("site")
    }


def test_halves_alone_do_what_both_do(make_digest: MakeDigest) -> None:
    whole, halves = fill(make_digest()), fill(make_digest())
    whole.run("build")
    assert halves.run("build", "--only", "stories")[1].startswith(
        "told 3 stories from 4 articles in "
    )
    assert not (halves.root / "site").exists()
    assert halves.run("build", "--only", "site")[0] == 0
    assert everything(halves) == everything(whole)


def test_workers_do_not_change_a_byte(make_digest: MakeDigest) -> None:
    one, two = fill(make_digest()), fill(make_digest())
    one.run("build", "--workers", "1")
    two.run("build", "--workers", "2")
    assert everything(one) == everything(two)


def test_order_of_files_does_not_change_a_byte(make_digest: MakeDigest) -> None:
    names = list(ARTICLES)
    random.Random(7).shuffle(names)
    one, other = fill(make_digest()), fill(make_digest(), names)
    one.run("build")
    other.run("build")
    assert everything(one) == everything(other)


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"},
        {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "4102444800"},
    ],
    ids=lambda surroundings: " ".join(surroundings),
)
def test_surroundings_do_not_change_a_byte(
    surroundings: dict[str, str], make_digest: MakeDigest
) -> None:
    here, elsewhere = fill(make_digest()), fill(make_digest())
    here.run("build")
    subprocess.run(
        [sys.executable, "-m", "digest", "build"],
        cwd=elsewhere.root,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | surroundings,
        check=True,
        capture_output=True,
    )
    assert everything(here) == everything(elsewhere)


def test_site_in_the_repository_is_what_its_content_builds(
    make_digest: MakeDigest, tmp_path: Path
) -> None:
    digest = make_digest()
    shutil.copytree(REPOSITORY / "content", digest.root / "content")
    assert digest.run("build")[0] == 0
    for folder in ("content", "site"):
        committed = {
            path.relative_to(REPOSITORY / folder).as_posix(): path.read_bytes()
            for path in (REPOSITORY / folder).rglob("*")
            if path.is_file() and "pagefind" not in path.parts
        }
        assert digest.files(folder) == committed


def test_stories_in_the_repository_come_from_its_articles_alone(make_digest: MakeDigest) -> None:
    digest = make_digest()
    shutil.copytree(REPOSITORY / "content", digest.root / "content")
    shutil.rmtree(digest.root / "content/stories")
    digest.run("build")
    committed = {
        path.name: path.read_bytes() for path in (REPOSITORY / "content/stories").iterdir()
    }
    assert digest.files("content/stories") == committed


def test_two_articles_of_one_event_are_one_story(make_digest: MakeDigest) -> None:
    digest = fill(make_digest(), ["rain.md", "flood.txt"])
    assert digest.run("build")[1].startswith("built 1 story from 2 articles")


def test_story_keeps_its_slug_when_its_headline_changes(digest: Digest) -> None:
    digest.run("build")
    slugs = list(digest.files("content/stories"))
    digest.write("content/articles/rain.md", ARTICLE.replace("Rain floods", "Water fills"))
    digest.run("build")
    assert list(digest.files("content/stories")) == slugs
    assert "Water fills the old town" in digest.read("site/index.html")


def test_story_keeps_its_guid_when_the_site_moves(digest: Digest) -> None:
    digest.run("build")
    guid = digest.read("site/feed.xml").partition("<guid")[2].partition("</guid>")[0]
    digest.write("content/config.yaml", "site: {base_url: https://moved.example/}\n")
    digest.run("build")
    assert guid in digest.read("site/feed.xml")
    assert "https://moved.example/stories/" in digest.read("site/feed.xml")


def test_story_is_updated_only_when_readers_see_something_new(digest: Digest) -> None:
    digest.run("build")
    feed = digest.read("site/atom.xml")
    later = ARTICLE.replace("published:", "updated: 2025-01-05\npublished:")
    digest.write("content/articles/rain.md", later)
    digest.run("build")
    assert digest.read("site/atom.xml") == feed
    digest.write("content/articles/rain.md", later.replace("Heavy rain", "Very heavy rain"))
    digest.run("build")
    assert "<updated>2025-01-05T00:00:00+00:00</updated>" in digest.read("site/atom.xml")


def test_article_says_to_which_story_it_belongs(make_digest: MakeDigest) -> None:
    digest = fill(make_digest(), ["rain.md", "election.md"])
    for name in ("rain.md", "election.md"):
        text = digest.read(f"content/articles/{name}")
        digest.write(f"content/articles/{name}", text.replace("title:", "story: A Day!\ntitle:"))
    digest.run("build")
    assert list(digest.files("content/stories")) == ["a-day.md"]


def test_article_that_names_its_story_later_moves_there(digest: Digest) -> None:
    digest.run("build")
    digest.write("content/articles/rain.md", ARTICLE.replace("source:", "story: My Event\nsource:"))
    status, _, err = digest.run("build")
    assert (status, list(digest.files("content/stories"))) == (0, ["my-event.md"])
    assert err == f"{STORY}: its articles belong to another story now, removed\n"
    assert digest.run("build")[1].endswith("(0 pages changed)\n")


def test_article_cannot_leave_a_story_that_was_edited(digest: Digest) -> None:
    digest.run("build")
    digest.write(STORY, digest.read(STORY).replace("title: Rain", "title: Much rain", 1))
    digest.write("content/articles/rain.md", ARTICLE.replace("source:", "story: My Event\nsource:"))
    before = digest.files("content/stories")
    status, _, err = digest.run("build")
    assert status == 1
    assert "its article content/articles/rain.md says that it belongs to my-event" in err
    assert digest.files("content/stories") == before


@pytest.mark.parametrize("url", ["url: https://canalpost.example/rain\n", ""])
def test_article_that_was_moved_stays_with_its_story(url: str, digest: Digest) -> None:
    text = ARTICLE.replace("url: https://canalpost.example/rain\n", url)
    digest.write("content/articles/rain.md", text)
    digest.run("build")
    (digest.root / "content/articles/rain.md").unlink()
    digest.write("content/articles/2025/water.md", text)
    status, _, err = digest.run("build")
    assert (status, err) == (0, "")
    assert list(digest.files("content/stories")) == [Path(STORY).name]
    assert "content/articles/2025/water.md" in digest.read(STORY)


def test_story_is_told_anew_under_its_slug_when_its_hashes_are_removed(digest: Digest) -> None:
    digest.run("build")
    text = digest.read(STORY)
    edited = text.replace("title: Rain", "title: Much rain", 1)
    hashes = ("  facts:", "  body:")
    kept = [line for line in edited.splitlines(keepends=True) if not line.startswith(hashes)]
    digest.write(STORY, "".join(kept))
    assert digest.run("build")[0] == 0
    assert digest.read(STORY) == text


@pytest.mark.parametrize("line", ["published: 2025-01-01", "corrections: []", "# checked by Ada"])
def test_line_behind_the_hashes_is_an_edit_too(line: str, digest: Digest) -> None:
    digest.run("build")
    front, fence, body = digest.read(STORY).rpartition("---\n")
    undated = front.replace("\npublished: '2025-01-01'\n", "\n")
    text = f"{undated}{line}\n{fence}{body}"
    digest.write(STORY, text)
    assert "edited by hand" in digest.run("build")[2]
    assert digest.read(STORY) == text


def test_folder_that_is_not_ours_is_left_alone(digest: Digest) -> None:
    digest.write("site/thesis.html", "years of work")
    status, _, err = digest.run("build")
    assert status == 1
    assert "holds files that digest did not write" in err
    assert digest.read("site/thesis.html") == "years of work"


STORY = "content/stories/rain-floods-the-old-town-of-utrecht.md"


def test_edited_body_is_kept_and_shown(digest: Digest) -> None:
    digest.run("build")
    front, fence, body = digest.read(STORY).rpartition("---\n")
    edited = front + fence + body.replace("Heavy rain flooded", "As we all saw, heavy rain flooded")
    digest.write(STORY, edited)
    status, _, err = digest.run("build")
    assert status == 0
    assert err.startswith(f"{STORY}: edited by hand, left as it is (remove `facts` and ")
    assert digest.read(STORY) == edited
    page = digest.read("site/stories/rain-floods-the-old-town-of-utrecht/index.html")
    assert "As we all saw, heavy rain flooded" in page


def test_story_file_saved_on_another_system_is_no_edit(digest: Digest) -> None:
    digest.run("build")
    text = digest.read(STORY)
    digest.write(STORY, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    status, _, err = digest.run("build")
    assert (status, err) == (0, "")
    assert digest.read(STORY) == text


def test_article_that_an_edited_story_lacks_is_named(digest: Digest) -> None:
    digest.run("build")
    digest.write(STORY, digest.read(STORY).replace("Heavy rain", "Very heavy rain"))
    digest.write("content/articles/flood.txt", ARTICLES["flood.txt"])
    _, _, err = digest.run("build")
    assert f"{STORY}: content/articles/flood.txt belongs to it and is not in it" in err


def test_draft_is_kept_off_the_site_until_it_is_none(digest: Digest) -> None:
    digest.run("build")
    digest.write(STORY, digest.read(STORY).replace("tags:", "draft: true\ntags:", 1))
    assert digest.run("build")[1].startswith("built 0 stories from 0 articles")
    assert "draft: true" in digest.read(STORY)
    assert "Rain floods" not in digest.read("site/index.html") + digest.read("site/feed.xml")
    digest.write(STORY, digest.read(STORY).replace("draft: true\n", ""))
    assert digest.run("build")[1].startswith("built 1 story")


def test_site_stays_as_it_was_when_a_build_fails(digest: Digest) -> None:
    digest.run("build")
    before = digest.files("site")
    digest.write("templates/story.html", "{{ nothing }}")
    assert digest.run("build")[0] == 1
    assert digest.files("site") == before


@pytest.mark.parametrize(
    ("option", "sentences", "quotes"),
    [
        ("summary: {sentences: 1}", 1, 1),
        ("summary: {words: 10}", 1, 1),
        ("summary: {sentences: 1}\nquotes: {limit: 0}", 1, 0),
        ("summary: {sentences: 1}\nquotes: {per_article: 0}", 1, 0),
    ],
)
def test_story_is_as_long_as_the_config_says(
    option: str, sentences: int, quotes: int, digest: Digest
) -> None:
    digest.write("content/config.yaml", option)
    digest.run("build")
    (file,) = load_stories(digest.root)
    assert (len(file.story.summary), len(file.story.quotes)) == (sentences, quotes)


def test_template_of_the_digest_wins_over_that_of_the_program(digest: Digest) -> None:
    digest.write("templates/_meta.html", "<p>My own line</p>")
    digest.write("templates/static/style.css", "p { color: teal }")
    digest.run("build")
    assert "My own line" in digest.read("site/index.html")
    assert digest.read("site/static/style.css") == "p { color: teal }"


def test_every_word_of_a_story_is_in_its_articles(make_digest: MakeDigest) -> None:
    digest = fill(make_digest())
    digest.run("build")
    stories = [file.story for file in load_stories(digest.root)]
    said = [(s.article, s.text, s.start, s.end) for story in stories for s in story.summary]
    said += [
        (quote.article, segment.text, segment.start, segment.end)
        for story in stories
        for quote in story.quotes
        for segment in quote.segments
    ]
    assert len(said) >= 6
    for path, text, start, end in said:
        article = load_article(path, root=digest.root)
        assert isinstance(article, Article)
        assert article.text[start:end] == text


def test_search_can_be_left_out_and_taken_in_again(digest: Digest) -> None:
    index = digest.root / "site/pagefind"
    digest.run("build")
    whole = digest.files("site")
    assert index.is_dir()
    digest.write("content/config.yaml", "pages: {search: false}\n")
    assert digest.run("build")[2] == ""
    assert not index.exists()
    assert "search/index.html" not in digest.files("site")
    assert "search/" not in digest.read("site/index.html")
    digest.write("content/config.yaml", "{}\n")
    digest.run("build")
    assert digest.files("site") == whole
    assert index.is_dir()
