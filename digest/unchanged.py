"""Looks at a digest before a build: what is as the last build left it, and what is not."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from digest.config import Config
from digest.errors import StoryError
from digest.keys import hash_of, hash_program
from digest.lock import WORKSHOP
from digest.manifest import COMMON, REPORT, SPARE, OutputRow, StoryRow, open_manifest
from digest.search import INDEX, can_search, say_search
from digest.strangers import Strangers, find_strangers
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesLook:
    """Story files as a build finds them, beside what the last build left."""

    common: bytes
    """The hash of all that every page depends on."""
    anew: bool
    """Whether that is another than before, so that nothing of the last build counts."""
    scan: Mapping[str, Stamp]
    """The story files."""
    stories: Mapping[str, StoryRow]
    """The same as the last build read them."""
    same: Set[str]
    """Those that did not change since."""

    @property
    def changed(self) -> bool:
        """Whether any of it is another than before."""
        return self.anew or not len(self.same) == len(self.scan) == len(self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLook:
    """A site as a build finds it, beside what the last build left."""

    trees: Trees
    torn: frozenset[str]
    """The files that are not as they were written."""
    strangers: Strangers
    """What lies there besides."""
    complete: bool
    """Whether the index of the search is there, if there should be one."""

    @property
    def changed(self) -> bool:
        """Whether anything came, went or changed since."""
        return bool(self.torn or self.strangers.folders) or not self.complete


def look_at_stories(root: Path, config: Config) -> StoriesLook:
    """Return how the story files are found."""
    scan, common = scan_stories(root), hash_common(root, config)
    with open_manifest(root / WORKSHOP) as manifest:
        anew = manifest.note(COMMON) != common.hex()
        stories = {} if anew else manifest.stories()
    same = {path for path, row in stories.items() if _is_same(row, scan.get(path), root)}
    return StoriesLook(common=common, anew=anew, scan=scan, stories=stories, same=same)


def look_at_site(root: Path, config: Config) -> SiteLook:
    """Return how the site is found, by one look at each of its files and folders."""
    trees = find_trees(root)
    with open_manifest(root / WORKSHOP) as manifest:
        outputs = manifest.outputs()
        folders = manifest.folders() if outputs else {}
    searchable = can_search(config.pages)
    spare = INDEX if searchable else None
    return SiteLook(
        trees=trees,
        torn=frozenset(_find_torn(outputs.values(), trees)),
        strangers=find_strangers(trees.live, outputs, folders, spare=spare),
        complete=not searchable or (root / SITE / INDEX).is_dir(),
    )


def find_report(
    root: Path, config: Config, stories: StoriesLook, site: SiteLook
) -> SiteReport | None:
    """Return the report of a build that has nothing to do, or `None` where there is something."""
    if stories.changed or site.changed:
        return None
    with open_manifest(root / WORKSHOP) as manifest:
        report = manifest.note(REPORT) if manifest.note(SPARE) else None
    notes = say_search(config.pages)
    return SiteReport(**report, changed=0, notes=notes) if report else None


def _is_same(row: StoryRow, stamp: Stamp | None, root: Path) -> bool:
    """Return whether a story file, and what proves it, is as it was."""
    return (row.size, row.time) == stamp and (not row.proof or is_proven(root, row))


def hash_common(root: Path, config: Config) -> bytes:
    """Return a hash of all that every page depends on: the program, the templates, the options."""
    program = hash_program(folder for folder in template_folders(root) if folder.is_dir())
    return hash_of(program, config.site, config.pages, config.feeds, can_search(config.pages))


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


def _find_torn(outputs: Iterable[OutputRow], trees: Trees) -> Iterator[str]:
    """Yield the files of the site that are not as they were written."""
    live, stat = trees.live, os.stat
    for path, _, _, size, time in outputs:
        try:
            found = stat(f"{live}/{path}")
        except OSError:
            yield path
            continue
        if found.st_mtime_ns != time or found.st_size != size:
            yield path


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
