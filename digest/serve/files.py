"""Finds the file of the site that an address means, and never one outside of it.

Each address is looked up by its path anew: a build may put another folder in the site's place.
"""

import os
import stat
from dataclasses import dataclass
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
    parts = address.split("/")
    if "" in parts[:-1] or any(part.startswith(".") for part in parts):
        return None
    try:
        root = os.path.realpath(site)
        path = os.path.realpath("/".join([root, *parts[:-1], parts[-1] or INDEX]))
        if not path.startswith(root + os.sep) or os.sep + "." in path[len(root) :]:
            return None
        told = os.stat(path)  # noqa: PTH116  # of every request: a Path takes five times as long
    except (OSError, ValueError):
        return None
    if stat.S_ISDIR(told.st_mode) and parts[-1]:
        return Moved()
    if not stat.S_ISREG(told.st_mode):
        return None
    return Found(path, told.st_size, f"{told.st_mtime_ns:x}-{told.st_size:x}")


def tell_type(path: str) -> str:
    """Return the media type of a file by its ending; that of texts with their encoding."""
    kind = TYPES.guess_type(path)[0] or UNKNOWN
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in TEXTS else kind
