"""A site that grew by any changes is the very site that one build makes of the same stories."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from conftest import Digest, make_quote, make_ref, make_story
from digest.lock import WORKSHOP
from digest.manifest import NAME
from digest.models import Correction, Story
from digest.storyfile import format_story

MakeDigest = Callable[[], Digest]

SPEAKERS = ("Ada de Wit", "Mayor Ada de Wit", "Bea de Wit", "de Wit", "Ada De-Wit", "Cem Aydin")
ROLES = ("mayor", "head coach", "mayor of Utrecht", None)
TAGS = ("Floods", "floods", "FLOODS", "C", "C++", "snow")
SOURCES = ("Post", "post", "Times", "The Times", None)
DAYS = (None, date(2025, 1, 1), date(2025, 1, 2), datetime(2025, 1, 1, 9, tzinfo=UTC))
OPTIONS = (
    "",
    "pages: {people: false, stories: 4}",
    "feeds: {shelves: false, editions: true}",
    "pages: {sources: false, text: false}\nfeeds: {items: 2}",
)
TABLES = ("brief", "claim", "drawer")
"""Those that tell the same however they came about."""


def draw_story(choice: random.Random, slug: str, slugs: list[str]) -> Story:
    """Return a story that is likely to share its names with others."""
    quotes = (
        make_quote(f"We will rebuild {n}", speaker=speaker, role=choice.choice(ROLES))
        for n, speaker in enumerate(choice.sample(SPEAKERS, choice.randint(0, 3)))
    )
    refs = (
        make_ref(path="a.md" if n == 0 else f"{n}.md", source=choice.choice(SOURCES))
        for n in range(choice.randint(1, 3))
    )
    corrected = choice.random() < 0.2
    return replace(
        make_story(
            slug=slug,
            title=f"Title {choice.randint(1, 3)}",
            published=choice.choice(DAYS),
            updated=choice.choice(DAYS),
            tags=tuple(choice.sample(TAGS, choice.randint(0, 3))),
            related=tuple(choice.sample(slugs, choice.randint(0, 2))),
            quotes=tuple(replace(quote, article=f"{slug}/a.md") for quote in quotes),
            corrections=(Correction(date=date(2025, 1, 3), text="Not so."),) if corrected else (),
        ),
        articles=tuple(replace(ref, path=f"{slug}/{ref.path}") for ref in refs),
        summary=(),
    )


def change_stories(digest: Digest, choice: random.Random) -> None:
    """Write, rewrite, hide and remove some stories."""
    slugs = [f"story-{n}" for n in range(14)]
    for slug in choice.sample(slugs, choice.randint(1, 4)):
        file = digest.root / f"content/stories/{slug}.md"
        if choice.random() < 0.3:
            file.unlink(missing_ok=True)
        else:
            story = draw_story(choice, slug, slugs)
            file.write_bytes(format_story(story, draft=choice.random() < 0.15).data)


def damage_site(digest: Digest, choice: random.Random) -> None:
    """Change or remove a file of the site, as others may."""
    files = sorted(path for path in (digest.root / "site").rglob("*.*") if path.is_file())
    file = choice.choice([path for path in files if path.name != ".digest"])
    if choice.random() < 0.5:
        file.unlink()
    else:
        file.write_bytes(b"defaced")


def remembered(root: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what a build remembers of the stories and their drawers, and of the files' owners."""
    connection = sqlite3.connect(root / WORKSHOP / NAME)
    found = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    found["output"] = connection.execute("SELECT path, owner, hex(key) FROM output").fetchall()
    found["people"] = connection.execute("SELECT slug, hex(key), people FROM piece").fetchall()
    connection.close()
    return {table: sorted(rows) for table, rows in found.items()}


def grow(digest: Digest, choice: random.Random, steps: int) -> Iterator[None]:
    """Change a digest again and again, and build it after each change."""
    (digest.root / "content/stories").mkdir(parents=True)
    for step in range(steps):
        change_stories(digest, choice)
        if step and choice.random() < 0.3:
            damage_site(digest, choice)
        assert digest.run("build", "--only", "site", "--workers", "1")[0] == 0
        yield


# In 106, a file is removed by others just when its story goes: it came back with the spare tree.
@pytest.mark.parametrize("seed", [*range(8), 106])
def test_grown_site_equals_one_that_is_built_at_once(
    seed: int, make_digest: MakeDigest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.search.find_spec", lambda name: None)  # it takes the longest
    monkeypatch.setattr("digest.build.site.WORTH_A_CHILD", seed % 2 * 1_000_000)
    choice = random.Random(seed)
    grown = make_digest()
    grown.write("content/config.yaml", OPTIONS[seed % len(OPTIONS)])
    for _ in grow(grown, choice, 6):
        cold = make_digest()
        shutil.copytree(grown.root / "content", cold.root / "content")
        assert cold.run("build", "--only", "site", "--workers", "1")[0] == 0
        assert grown.files("site") == cold.files("site")
        assert remembered(grown.root) == remembered(cold.root)
        assert grown.run("build", "--only", "site")[1].endswith("(0 pages changed)\n")
