"""Makers of small digests and data, with sensible defaults."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from browsers import open_browser
from digest.cli import main
from digest.models import Article, ArticleRef, Facts, Quote, Sentence, Span, Story, StoryFile
from digest.storyfile import format_story, parse_story

REPOSITORY = Path(__file__).parent.parent

# The same examples on every run, and none fails because the machine is busy.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

ARTICLE = """\
---
title: Rain floods the old town of Utrecht
source: The Canal Post
url: https://canalpost.example/rain
author: Ada Vermeer
published: 2025-01-01
---

Heavy rain flooded the old town of Utrecht on Wednesday, the mayor said.

"We have never seen so much water in the streets of this city," Mayor Ada de Wit said.

Schools will stay closed until Friday. Pumps are on their way from Rotterdam.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, for the tests of one file: some others run event loops of their own."""
    with open_browser() as browser:
        yield browser


class Digest:
    """A digest in a temporary folder, used as a user would."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys

    def write(self, path: str, data: str | bytes) -> Path:
        """Write a file below the root, with the folders that it needs."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return file

    def read(self, path: str) -> str:
        """Return the text of a file below the root."""
        return (self.root / path).read_text(encoding="utf-8")

    def run(self, command: str, *words: str) -> tuple[int, str, str]:
        """Run a command on this folder; return exit status, standard output, standard error."""
        status = main([command, "--root", str(self.root), *words])
        out, err = self._capsys.readouterr()
        return status, out, err

    def files(self, folder: str) -> dict[str, bytes]:
        """Return all files below a folder with their bytes, but the search index."""
        below = self.root / folder
        return {
            p.relative_to(below).as_posix(): p.read_bytes()
            for p in below.rglob("*")
            if p.is_file() and "pagefind" not in p.parts
        }


@pytest.fixture
def digest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Digest:
    """A digest of one article."""
    made = Digest(tmp_path, capsys)
    made.write("content/articles/rain.md", ARTICLE)
    return made


@pytest.fixture
def make_digest(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> Callable[[], Digest]:
    """A maker of empty digests, for tests that compare some."""
    return lambda: Digest(tmp_path_factory.mktemp("digest"), capsys)


def make_article(text: str = "Rain fell.", *, path: str = "a.md", **facts: Any) -> Article:
    """An article of which only what matters is stated."""
    return Article(path=path, facts=Facts(**facts), text=text)


def make_quote(words: str = "We will rebuild", **fields: Any) -> Quote:
    """A quote of one segment, with the given fields instead."""
    segments = (Span(text=words, start=12, end=12 + len(words)),)
    defaults = {"speaker": "Ada de Wit", "role": "mayor", "via": "Reuters"}
    return Quote(article="a.md", segments=segments, **(defaults | fields))


def make_ref(**fields: Any) -> ArticleRef:
    """An article as a story names it, with the given fields instead."""
    defaults = {"path": "a.md", "title": "Rain", "url": "https://a.example/", "source": "Post"}
    return ArticleRef(**(defaults | fields))


def make_story(**fields: Any) -> Story:
    """A story of one sentence, one quote and one article, with the given fields instead."""
    defaults: dict[str, Any] = {
        "slug": "rain-in-utrecht",
        "guid": f"tag:example.org,2026:{fields.get('slug', 'rain-in-utrecht')}",
        "title": "Rain in Utrecht",
        "summary": (Sentence(article="a.md", text="Rain fell.", start=0, end=10),),
        "quotes": (make_quote(),),
        "articles": (make_ref(),),
    }
    return Story(**(defaults | fields))


def make_story_file(story: Story | None = None) -> StoryFile:
    """The file of a story as the build writes it, read back."""
    file = format_story(story or make_story())
    return parse_story(file.data.decode(), path=file.path)


def parse_lines(out: str) -> list[dict[str, Any]]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in out.splitlines()]
