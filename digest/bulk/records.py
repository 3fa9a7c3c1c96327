"""What a record of a large file is: where it lies, what it is known by, what is read of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from digest.models import RawArticle

BULK = re.compile(r"(.+\.(?:jsonl|warc)(?:\.gz)?)(?:#([0-9a-f]{16}))?", re.I | re.S)
KEY = 8  # bytes: among a million records, two alike by chance are once in 10^7
DIGEST = 16

# A packed file has no way to a record but through all before it. So its records travel in parts:
# more parts spread better, and each unpacks on average half of the file again.
PARTS = 100
PART = 1_000  # records whose results are held at once


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a record lies in its file."""

    key: str
    digest: str
    """The hash of its bytes."""
    offset: int
    """Bytes before it; in a JSON Lines file that is packed, bytes of what was unpacked."""
    length: int


@dataclass(frozen=True, slots=True)
class Index:
    """All records of a file that can be used, sorted by key, and what is wrong with others."""

    entries: tuple[Entry, ...]
    errors: tuple[tuple[str, ...], ...] = ()
    """Of each error place, problem and remedy."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record as it was read; its article has the path of the file without a key."""

    entry: Entry
    raw: RawArticle


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of a file that are read together, in the order of the file; or an article alone."""

    path: str
    entries: tuple[Entry, ...] = ()

    def paths(self) -> list[str]:
        """Return the paths of its articles."""
        return [f"{self.path}#{entry.key}" for entry in self.entries] or [self.path]


def is_bulk(path: str) -> bool:
    """Tell whether a file holds many articles."""
    found = BULK.fullmatch(path)
    return found is not None and found[2] is None


def split_path(path: str) -> tuple[str, str] | None:
    """Return file and key of an article in a large file; `None` for all other paths."""
    found = BULK.fullmatch(path)
    return (found[1], found[2]) if found and found[2] else None


def make_batches(path: str, entries: Sequence[Entry]) -> Iterator[Batch]:
    """Yield all records, in parts that are worth to be read together."""
    packed = path.lower().endswith(".jsonl.gz")
    size = min(PART, -(-len(entries) // PARTS)) if packed else 1
    ordered = sorted(entries, key=lambda entry: entry.offset)
    for start in range(0, len(ordered), size or 1):
        yield Batch(path, tuple(ordered[start : start + size]))


def make_key(name: str) -> str:
    """Return the key of a record that is known by this name."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=KEY).hexdigest()


def hash_record(*parts: bytes) -> str:
    """Return the hash of what a record holds."""
    digest = blake2b(digest_size=DIGEST)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
