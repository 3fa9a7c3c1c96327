"""A build does only what is new, and what it writes never depends on what it remembers."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from conftest import ARTICLE, REPOSITORY, Digest
from digest.build.articles import Work
from digest.build.stories import build_stories
from digest.build.telling import Task
from digest.cache import FOLDER, NAME
from digest.config import load_config

T = TypeVar("T")
R = TypeVar("R")
MakeDigest = Callable[[], Digest]
LONG_AGO = (1_000_000_000, 1_000_000_000)
STORY = "content/stories/rain-floods-the-old-town-of-utrecht.md"

ARTICLES = {"rain.md": ARTICLE} | {
    file.name: file.read_text("utf-8") for file in (REPOSITORY / "tests/data/build").iterdir()
}


def fill(digest: Digest, names: list[str]) -> Digest:
    for name in names:
        digest.write(f"content/articles/{name}", ARTICLES[name])
    return digest


def grow(digest: Digest, *, forget: bool) -> dict[str, bytes]:
    """Add one article after another, change one and remove one; return the stories."""
    for name in ARTICLES:
        fill(digest, [name])
        if forget:
            shutil.rmtree(digest.root / FOLDER, ignore_errors=True)
        assert digest.run("build", "--only", "stories")[0] == 0
    digest.write("content/articles/rain.md", ARTICLE.replace("Schools will", "All schools will"))
    (digest.root / "content/articles/snow.html").unlink()
    if forget:
        shutil.rmtree(digest.root / FOLDER)
    digest.run("build", "--only", "stories")
    return digest.files("content/stories")


def test_stories_grow_the_same_with_and_without_cache(make_digest: MakeDigest) -> None:
    assert grow(make_digest(), forget=False) == grow(make_digest(), forget=True)


def work_of(digest: Digest) -> tuple[list[str], list[str]]:
    """Build; return the articles that were analysed, and the stories that were told."""
    analysed: list[str] = []
    told: list[str] = []

    def watch(function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        for item in items:
            analysed.extend([s.path for s in item.sources] if isinstance(item, Work) else [])
            told.extend([item.order.slug] if isinstance(item, Task) else [])
            yield function(item)

    build_stories(digest.root, load_config(digest.root), watch)
    return analysed, told


def test_only_what_is_new_is_analysed_and_told(make_digest: MakeDigest) -> None:
    digest = fill(make_digest(), ["rain.md", "election.md"])
    analysed, told = work_of(digest)
    assert (len(analysed), len(told)) == (2, 2)
    assert work_of(digest) == ([], [])
    fill(digest, ["snow.html"])
    analysed, told = work_of(digest)
    assert analysed == ["content/articles/snow.html"]
    assert len(told) == 1


def test_copied_files_are_known_by_their_content(make_digest: MakeDigest) -> None:
    digest = fill(make_digest(), list(ARTICLES))
    work_of(digest)
    elsewhere = make_digest()
    shutil.copytree(digest.root, elsewhere.root, dirs_exist_ok=True)
    for file in elsewhere.root.rglob("*.md"):
        os.utime(file, LONG_AGO)
    assert work_of(elsewhere) == ([], [])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/articles/rain.md", ARTICLE.replace("Wednesday", "Wednesdaz")),
        ("content/articles/rain.yaml", "author: Grace Okoro\n"),
        ("content/versions/rain.md/1.md", ARTICLE.replace("Friday", "Monday")),
        ("content/config.yaml", "limits: {characters: 100000}"),
    ],
    ids=["article", "facts beside it", "an earlier version", "an option"],
)
def test_whatever_an_article_depends_on_is_noticed(path: str, text: str, digest: Digest) -> None:
    work_of(digest)
    digest.write(path, text)
    assert work_of(digest)[0] == ["content/articles/rain.md"]


def test_option_has_stories_told_anew(digest: Digest) -> None:
    work_of(digest)
    digest.write("content/config.yaml", "summary: {sentences: 1}")
    assert work_of(digest) == ([], ["rain-floods-the-old-town-of-utrecht"])


def test_story_file_that_is_gone_or_damaged_is_told_anew(digest: Digest) -> None:
    work_of(digest)
    text = digest.read(STORY)
    (digest.root / STORY).unlink()
    work_of(digest)
    assert digest.read(STORY) == text
    digest.write(STORY, text.replace("\n", "\r\n"))
    work_of(digest)
    assert digest.read(STORY) == text


def test_problem_of_an_article_is_said_in_each_build(digest: Digest) -> None:
    digest.write("content/articles/empty.txt", "")
    problem = "content/articles/empty.txt: the file is empty"
    for _ in range(2):
        status, _, err = digest.run("build", "--only", "stories")
        assert (status, err[: len(problem)]) == (1, problem)
    digest.write("content/articles/empty.txt", ARTICLES["flood.txt"])
    assert digest.run("build", "--only", "stories")[0] == 0


def spoil(root: Path, change: str) -> None:
    connection = sqlite3.connect(root / FOLDER / NAME)
    before = list(connection.iterdump())
    connection.execute(change)
    connection.commit()
    assert list(connection.iterdump()) != before
    connection.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE articles SET value = x'00ff'",
        "UPDATE articles SET value = CAST('[]' AS BLOB)",
        "UPDATE articles SET value = CAST(replace(value, 'Heavy rain', 'HEAVY RAIN') AS BLOB),"
        " key = key || 'x'",
        "UPDATE articles SET value = CAST(replace(value, 'never seen', 'always seen') AS BLOB)",
        "UPDATE articles SET value = 'text'",
        "UPDATE words SET value = x'ff'",
        "UPDATE words SET value = 'text'",
        "UPDATE outlines SET value = CAST('[null,[]]' AS BLOB)",
        "UPDATE outlines SET value = CAST(replace(value, 'rain.md', 'snow.md') AS BLOB)",
        "INSERT INTO flaws SELECT key, '[1]', 0 FROM outlines",
        "DELETE FROM words",
        "UPDATE holdings SET value = x'00'",
        "UPDATE told SET value = x'00'",
        "DELETE FROM articles",
        "DELETE FROM outlines",
        "DELETE FROM files",
    ],
)
def test_broken_entries_are_not_believed(change: str, digest: Digest) -> None:
    digest.run("build", "--only", "stories")
    text = digest.read(STORY)
    spoil(digest.root, change)
    (digest.root / STORY).unlink()
    assert digest.run("build", "--only", "stories")[0] == 0
    assert digest.read(STORY) == text


def test_quote_that_a_foreign_cache_made_up_is_not_printed(digest: Digest) -> None:
    digest.run("build", "--only", "stories")
    change = "UPDATE articles SET value = CAST(replace(value, '[\"We have', '[\"I have') AS BLOB)"
    spoil(digest.root, change)
    (digest.root / STORY).unlink()
    digest.run("build", "--only", "stories")
    assert "“We have never seen" in digest.read(STORY)


def test_small_cache_changes_nothing(make_digest: MakeDigest) -> None:
    large, small = make_digest(), make_digest()
    for digest in (large, small):
        for number in range(40):
            text = ARTICLE.replace("Utrecht", f"Utrecht{number}").replace(
                ".", f" {'x' * 60_000}.", 1
            )
            digest.write(f"content/articles/{number}.md", text)
    small.write("content/config.yaml", "cache: {megabytes: 1}")
    for digest in (large, small, small):
        digest.run("build", "--only", "stories")
    assert (large.root / FOLDER / NAME).stat().st_size > 1_500_000
    assert (small.root / FOLDER / NAME).stat().st_size <= 1_100_000
    assert small.files("content/stories") == large.files("content/stories")
