"""What the story files hold already: read once for each content, and remembered."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import time_ns

from digest.build.load import STORIES, load_stories
from digest.cache import Cache, sign_file
from digest.errors import DigestError
from digest.models import StoryFile
from digest.outlines import make_marks
from digest.parallel import Map
from digest.records import decode_records, encode_record
from digest.version import hash_bytes, hash_program

PREFIX = f"{STORIES.as_posix()}/"


@dataclass(frozen=True, slots=True)
class Holding:
    """A story file without its text."""

    path: str
    digest: str
    """The hash of its bytes."""
    slug: str
    guid: str
    edited: bool
    draft: bool
    articles: tuple[str, ...]
    """The paths of its articles."""
    marks: tuple[tuple[str, ...], ...]
    """By what each of them is known besides."""
    related: tuple[str, ...]


def read_holdings(root: Path, cache: Cache, map_: Map) -> list[Holding]:
    """Return what all story files hold, sorted by path.

    Raises what `load_stories` raises where one of them cannot be used.
    """
    try:
        digests = _hash_files(root, cache) if (root / STORIES).exists() else {}
    except OSError:
        load_stories(root, map_)  # says what is wrong
        raise
    keys = {_key(path, digest): path for path, digest in digests.items()}
    kept = [data for key, data in cache.all("holdings") if key in keys]
    found = {held.path: held for held in decode_records(Holding, kept) if held}
    missing = [path for path in digests if path not in found]
    for held in map_(partial(_read, root=root), missing):
        if held is None:
            break
        found[held.path] = held
        remember_holding(held, cache)
    holdings = [found[path] for path in digests if path in found]
    if len(holdings) < len(digests) or _is_shared(holdings):
        load_stories(root, map_)  # says what is wrong
    return holdings


def hold(file: StoryFile, data: bytes) -> Holding:
    """Return what a story file with these bytes holds."""
    story = file.story
    return Holding(
        path=file.path,
        digest=hash_bytes(data),
        slug=story.slug,
        guid=story.guid,
        edited=file.edited,
        draft=file.draft,
        articles=tuple(ref.path for ref in story.articles),
        marks=tuple(make_marks(ref) for ref in story.articles),
        related=story.related,
    )


def remember_holding(holding: Holding, cache: Cache) -> None:
    """Keep what a story file holds for the next build."""
    cache.put("holdings", _key(holding.path, holding.digest), encode_record(holding))


def _hash_files(root: Path, cache: Cache) -> dict[str, str]:
    """Return the hash of each story file by its path; only of changed ones the content is read."""
    now, known = time_ns(), cache.files(STORIES.as_posix())
    digests, changed = {}, {}
    for entry in _list_files(root / STORIES):
        path = f"{PREFIX}{entry.name}"
        sign = sign_file(entry.stat(), now=now)
        before, digest = known.get(path, ("", ""))
        if not sign or sign != before:
            digest = hash_bytes(Path(entry.path).read_bytes())
            changed[path] = (sign, digest)
        digests[path] = digest
    gone = [path for path in known if path not in digests]
    cache.keep_files(changed, gone)
    return digests


def _list_files(folder: Path) -> list["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        files = [e for e in entries if e.name.endswith(".md") and not e.name.startswith(".")]
    return sorted(files, key=lambda entry: entry.name)


def _key(path: str, digest: str) -> str:
    return hash_bytes(f"{hash_program()} {path} {digest}".encode("utf-8", "surrogateescape"))


def _read(path: str, *, root: Path) -> Holding | None:
    """Return what a story file holds, `None` where it cannot be used."""
    # What reads and prints stories takes longer to import than a build of nothing new.
    from digest.storyfile import parse_story

    try:
        data = (root / path).read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return hold(parse_story(text, path=path), data)
    except (OSError, ValueError, DigestError, ExceptionGroup):
        return None


def _is_shared(holdings: Iterable[Holding]) -> bool:
    """Tell whether two stories claim one article."""
    paths = [path for holding in holdings for path in holding.articles]
    return len(paths) != len(set(paths))
