"""The first half of a build: articles become story files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digest.build.articles import Archive, read_archive
from digest.build.groups import Group, Known, group_articles
from digest.build.holdings import Holding, read_holdings
from digest.build.load import load_stories
from digest.build.telling import find_orders, tell_stories
from digest.cache import Cache, Room, open_cache
from digest.config import Config
from digest.errors import DigestError, StoryError
from digest.ingest import ARTICLES
from digest.output import remove_file
from digest.parallel import Map
from digest.stories.parts import compare_part

MOVED = "its articles belong to another story now, removed"
TELL_ANEW = "remove `facts` and `body` under `digest` to have it told anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesReport:
    """What the first half of a build did and found."""

    articles: int
    stories: int
    changed: int
    notes: tuple[str, ...]
    """What a person may want to know; nothing is wrong."""
    problems: tuple[DigestError, ...]
    """What a person should mend; the rest was built without it."""


def build_stories(root: Path, config: Config, map_: Map = map) -> StoriesReport:
    """Turn article files into story files; do only what was not done by the last build.

    Raises `DigestError`, or an `ExceptionGroup` of them, where the folder of articles is missing
    or a story file cannot be read, or an article wants to leave a story that was edited; then
    nothing was written.
    """
    with open_cache(root) as cache:
        return _build(root, config, cache, map_)


def _build(root: Path, config: Config, cache: Cache, map_: Map) -> StoriesReport:
    holdings = read_holdings(root, cache, map_)
    archive = read_archive(root, cache, map_, limits=config.limits)
    known = Known(archive.outlines, archive.load, partial(map_, compare_part))
    groups = group_articles(known, holdings, options=config.stories)
    moved = list(_find_moved(holdings, groups))
    missing = _find_missing(holdings, groups, archive, moved, root)
    orders = list(find_orders(groups, holdings, archive, config, cache))
    changed = tell_stories(orders, archive, root, config, cache, map_)
    keys = frozenset(archive.keys.values())
    used: dict[Room, frozenset[str]] = {"outlines": keys, "flaws": keys, "words": keys}
    cache.trim(config.cache.megabytes, used | {"articles": keys})
    for holding in moved:
        remove_file(root / holding.path)
    return StoriesReport(
        articles=len(archive.outlines),
        stories=len({h.slug for h in holdings if h not in moved} | {g.slug for g in groups}),
        changed=changed + len(moved),
        notes=(*_notes(holdings, groups, archive), *(f"{h.path}: {MOVED}" for h in moved)),
        problems=(*archive.errors, *missing),
    )


def _find_moved(holdings: Sequence[Holding], groups: Sequence[Group]) -> Iterator[Holding]:
    """Yield stories whose articles all belong to other stories now, as their editor said.

    Raises `StoryError` where that leaves a story which somebody has edited.
    """
    home = {path: group.slug for group in groups for path in group.paths}
    for held in holdings:
        left = [path for path in held.articles if home.get(path, held.slug) != held.slug]
        if left and held.edited:
            problem = f"its article {left[0]} says that it belongs to {home[left[0]]}"
            raise StoryError(held.path, problem, "take it out here, or take `story` out there")
        if left and len(left) == len(held.articles):
            yield held


def _find_missing(
    holdings: Sequence[Holding],
    groups: Sequence[Group],
    archive: Archive,
    moved: Sequence[Holding],
    root: Path,
) -> list[StoryError]:
    """Return errors of stories that name an article which is gone, and that are not told anew."""
    anew = {group.slug for group in groups} - {held.slug for held in holdings if held.edited}
    kept = {
        held.path
        for held in holdings
        if held.slug not in anew and held not in moved
        if not archive.outlines.keys() >= {*held.articles}
    }
    if not kept:
        return []
    # To import it takes longer than a build of nothing new.
    from digest.verify import find_missing

    files = [file for file in load_stories(root) if file.path in kept]
    return [error for file in files for error in find_missing(file, archive.outlines.keys())]


def _notes(holdings: Sequence[Holding], groups: Sequence[Group], archive: Archive) -> Iterator[str]:
    """Yield what is worth a word though nothing is wrong."""
    if not archive.paths:
        yield f"{ARTICLES}: no articles yet (put some into it: .txt, .html or .md)"
    told = {group.slug: group.paths for group in groups}
    for held in holdings:
        if held.edited:
            yield f"{held.path}: edited by hand, left as it is ({TELL_ANEW})"
            for path in sorted({*told.get(held.slug, ())} - {*held.articles}):
                yield f"{held.path}: {path} belongs to it and is not in it (add it by hand)"
