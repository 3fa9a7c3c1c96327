"""Which records a large file holds, and where; and the articles that lie there."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from digest.bulk import lines, warc
from digest.bulk.records import Entry, Found, Index
from digest.errors import ArticleError
from digest.models import RawArticle

MOST = 20  # broken records that are named: a dump of something else has millions


def index_records(file: Path, path: str, *, largest: int) -> Index:
    """Return all records of a file that can be used, and what is wrong with the others.

    Raises `OSError` where the file cannot be read.
    """
    entries: dict[str, Entry] = {}
    errors: list[ArticleError] = []
    broken = 0
    try:
        for found in _module(path).scan(file, path, largest=largest):
            if isinstance(found, Found):
                entries[found.entry.key] = found.entry
                continue
            broken += 1
            if len(errors) < MOST:
                errors.append(found)
    except ArticleError as error:
        errors.append(error)
    if broken > MOST:
        problem = f"{broken - MOST:,} more records cannot be used"
        errors.append(ArticleError(path, problem, "mend those that are named first"))
    return Index(
        entries=tuple(sorted(entries.values(), key=lambda entry: entry.key)),
        errors=tuple((error.place, error.problem, error.remedy) for error in errors),
    )


def read_records(
    file: Path, path: str, entries: Iterable[Entry], *, largest: int
) -> Iterator[RawArticle | ArticleError]:
    """Yield the articles of records; what changed since they were found is an error of its own."""
    left = list(entries)
    try:
        for found in _module(path).read(file, path, tuple(left), largest=largest):
            entry = left.pop(0)
            place = f"{path}#{entry.key}"
            if isinstance(found, Found) and found.entry.digest == entry.digest:
                yield replace(found.raw, path=place)
            else:
                yield ArticleError(place, "the file changed while it was read", "try again")
    except (OSError, EOFError, gzip.BadGzipFile, zlib.error, ArticleError):
        for entry in left:
            yield ArticleError(f"{path}#{entry.key}", "cannot be read any more", "check the file")


def _module(path: str) -> ModuleType:
    return warc if path.lower().removesuffix(".gz").endswith(".warc") else lines
