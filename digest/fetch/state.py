"""Remembers what was read of each feed, in a file that belongs to the content.

    content/fetched.json   {"feeds": {URL: {"etag": …, "modified": …, "entries": {KEY: VERSION}}}}

It holds no time of its own, so that a run which finds nothing new changes nothing; it is sorted and
has an entry a line, so that it merges; and it names only what the feeds still hold, so that it
does not grow.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from digest.errors import ConfigError
from digest.models import File
from digest.output import write_files

PATH = "content/fetched.json"
LONGEST_MARK = 1000  # characters of an ETag that are kept and sent back


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is known of one feed."""

    etag: str | None = None
    modified: str | None = None
    """What the server called Last-Modified, as it wrote it."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """The version of each entry that is done with, by its key."""

    def ask(self) -> dict[str, str]:
        """Return the headers that ask for the feed only if it changed (RFC 9110, section 13)."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: mark for name, mark in asked.items() if mark}


def read_state(root: Path) -> dict[str, FeedState]:
    """Return what is known of each feed, by its address; raise `ConfigError` for a broken file.

    It is not ignored: without it, articles that somebody deleted would come back.
    """
    try:
        told = json.loads((root / PATH).read_text(encoding="utf-8"))
        return {url: _read(state) for url, state in told["feeds"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        remedy = "take it from an earlier commit, or delete it: then all entries count as new"
        raise ConfigError(PATH, "is not what `digest fetch` wrote", remedy) from error
    except OSError as error:
        raise ConfigError(PATH, f"cannot be read: {error.strerror}", "check the file") from error


def write_state(root: Path, feeds: Mapping[str, FeedState]) -> None:
    """Write the file if it says something new; raise `OutputError` where the disk refuses."""
    told = {"feeds": {url: asdict(state) for url, state in feeds.items()}}
    text = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_files([File(path=Path(PATH).name, data=text.encode())], (root / PATH).parent)


def mark(value: str | None) -> str | None:
    """Return a mark that may be sent back: a hostile server could write lines into it."""
    fine = value and value.isascii() and value.isprintable() and len(value) <= LONGEST_MARK
    return value if fine else None


def _read(told: Mapping[str, object]) -> FeedState:
    entries = told["entries"]
    if not isinstance(entries, dict):
        raise TypeError("entries are an object")
    return FeedState(
        etag=mark(_text(told["etag"])),
        modified=mark(_text(told["modified"])),
        entries={str(key): str(version) for key, version in entries.items()},
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
