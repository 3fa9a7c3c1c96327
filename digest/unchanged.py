"""Tells whether a site is what a build would make of its story files, without building it."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from digest.config import Config
from digest.errors import StoryError
from digest.keys import hash_of, hash_program
from digest.lock import WORKSHOP
from digest.manifest import Manifest, OutputRow, StoryRow, open_manifest
from digest.search import INDEX, LEFT_OUT, can_search
from digest.strangers import find_strangers
from digest.templates import template_folders
from digest.trees import SITE, Trees, find_trees

STORIES = Path("content/stories")

Stamp = tuple[int, int]
"""Size of a file, and the time of its last change in nanoseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What the second half of a build did."""

    articles: int
    stories: int
    quotes: int
    feeds: int
    changed: int
    notes: tuple[str, ...]
    """What a person may want to know; nothing is wrong."""


def find_unchanged(root: Path, config: Config) -> SiteReport | None:
    """Return the report of a build that has nothing to do, or `None` where there is something."""
    if not (root / WORKSHOP).is_dir() or not (root / SITE).is_dir():
        return None
    with open_manifest(root / WORKSHOP) as manifest:
        report = manifest.note("report")
        known = report and manifest.note("common") == hash_common(root, config).hex()
        if known and _same_stories(manifest, root) and _same_site(manifest, root):
            return SiteReport(**report, changed=0, notes=notes_of_site())
    return None


def _same_stories(manifest: Manifest, root: Path) -> bool:
    """Return whether all story files, and what proves them, are as they were."""
    rows = manifest.stories()
    same = scan_stories(root) == {row.path: (row.size, row.time) for row in rows.values()}
    return same and all(is_proven(root, row) for row in rows.values() if row.proof)


def _same_site(manifest: Manifest, root: Path) -> bool:
    """Return whether the site is as it was written, with nothing else in it."""
    outputs, trees = manifest.outputs(), find_trees(root)
    if not manifest.note("spare") or len(find_whole(outputs.values(), trees)) < len(outputs):
        return False
    index = INDEX if can_search() else None
    seen = find_strangers(trees.live, outputs, manifest.folders(), spare=index).folders
    return not seen and (index is None or (root / SITE / index).is_dir())


def notes_of_site() -> tuple[str, ...]:
    """Return what a person may want to know of every build."""
    return () if can_search() else (LEFT_OUT,)


def hash_common(root: Path, config: Config) -> bytes:
    """Return a hash of all that every page depends on: the program, the templates, the options."""
    program = hash_program(folder for folder in template_folders(root) if folder.is_dir())
    return hash_of(program, config.site, config.pages, config.feeds, can_search())


def scan_stories(root: Path) -> dict[str, Stamp]:
    """Return all story files by path, sorted; raise `StoryError` where their folder is closed."""
    name = STORIES.as_posix()
    try:
        with os.scandir(root / STORIES) as entries:
            found = [
                (f"{name}/{entry.name}", entry.stat())
                for entry in entries
                if entry.name.endswith(".md") and not entry.name.startswith(".")
            ]
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StoryError(name, f"cannot be read: {error.strerror}", "check the folder") from error
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in sorted(found)}


def find_whole(outputs: Iterable[OutputRow], trees: Trees) -> set[str]:
    """Return the files of the site that are as they were written."""
    live, stat = trees.live, os.stat
    whole = set()
    for path, _, size, time in outputs:
        try:
            found = stat(f"{live}/{path}")
        except OSError:
            continue
        if found.st_mtime_ns == time and found.st_size == size:
            whole.add(path)
    return whole


def is_proven(root: Path, row: StoryRow) -> bool:
    """Return whether the articles that proved an edited story are as they were."""
    return row.proof == make_proof(root, [path for path, *_ in json.loads(row.proof)])


def make_proof(root: Path, articles: Iterable[str]) -> str:
    """Return articles, with the stamps of their files and of the facts beside them, as JSON."""
    files = ((path, root / path) for path in articles)
    return json.dumps([(p, *_stamp(f), *_stamp(f.with_suffix(".yaml"))) for p, f in files])


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return found.st_size, found.st_mtime_ns
