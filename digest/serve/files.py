"""Finds the file of the site that an address means, and never one outside of it.

Each address is looked up by its path anew: a build may put another folder in the site's place.
"""

import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from mimetypes import MimeTypes
from pathlib import Path

INDEX = "index.html"

# Python's own table and what it lacks; not the machine's, which differs from one to the next.
TYPES = MimeTypes()
for _ending, _type in {
    ".avif": "image/avif",
    ".js": "text/javascript",  # since 3.12 only
    ".md": "text/markdown",
    ".opml": "text/x-opml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    TYPES.add_type(_type, _ending)
TEXTS = {"text/javascript", "application/json", "application/xml", "image/svg+xml"}
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the site, as it is at this moment."""

    path: str
    size: int
    tag: str
    """Changes when the file does."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The address is that of a folder, and lacks the slash behind it."""


def find_file(site: Path, address: str) -> Found | Moved | None:
    """Return the file at an address below the site's root: `stories/rain/`, `feed.xml`.

    Hidden files belong to the builder and the publisher of the site: there are none for readers.
    Links are followed within the site only, and devices and pipes are no files.
    """
    *folders, name = address.split("/")
    parts = [*folders, name or INDEX]
    if not all(folders) or any(part.startswith(".") for part in parts):
        return None
    try:
        path, told = _look_up(str(site), parts)
    except (OSError, ValueError):
        return None
    if stat.S_ISDIR(told.st_mode) and name:
        return Moved()
    if not stat.S_ISREG(told.st_mode):
        return None
    return Found(path, told.st_size, f"{told.st_mtime_ns:x}-{told.st_size:x}")


def _look_up(path: str, parts: list[str]) -> tuple[str, os.stat_result]:
    """Return the path of a file and what the disk tells of it; raise `OSError` if it is not there.

    A path without links cannot lead out: that is seen at each step, and nothing has to be resolved.
    """
    site, told = path, os.lstat(path)
    for part in parts:
        path = f"{path}/{part}"
        told = os.lstat(path)
        if stat.S_ISLNK(told.st_mode):
            return _follow(site, parts)
    return path, told


def _follow(site: str, parts: list[str]) -> tuple[str, os.stat_result]:
    """Return the same for a path with links in it; raise `OSError` where one leads out."""
    root = os.path.realpath(site)
    path = os.path.realpath("/".join([root, *parts]))
    if not path.startswith(root + os.sep) or os.sep + "." in path[len(root) :]:
        raise FileNotFoundError(path)
    return path, os.stat(path)  # noqa: PTH116  # `path` is text here, for speed


def tell_type(path: str) -> str:
    """Return the media type of a file by its ending; that of texts with their encoding."""
    return _type_of(path.rpartition(".")[2])


@lru_cache
def _type_of(ending: str) -> str:
    kind = TYPES.guess_type(f"file.{ending}")[0] or UNKNOWN
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in TEXTS else kind
