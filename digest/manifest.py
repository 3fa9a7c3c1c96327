"""Remembers what was built of what, in `.digest/site.sqlite`: lost or broken, all is built anew."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from digest.errors import OutputError

NAME = "site.sqlite"
COMMON = "common"  # noted: what all pages depended on
REPORT = "report"  # noted: how much the site holds
SPARE = "spare"  # noted while the spare tree holds the same files as the site
TABLES = """
CREATE TABLE story (path TEXT PRIMARY KEY, size INT, time INT, hash BLOB, proof TEXT)
    WITHOUT ROWID;
CREATE TABLE brief (slug TEXT PRIMARY KEY, rank INT, shown INT, articles INT, quotes INT,
    corrected INT, text TEXT);
CREATE TABLE claim (number INTEGER PRIMARY KEY, slug TEXT);
CREATE TABLE drawer (name TEXT PRIMARY KEY, labels TEXT, cards TEXT);
CREATE TABLE piece (slug TEXT PRIMARY KEY, key BLOB, kept INT, people TEXT, refs TEXT);
CREATE TABLE output (path TEXT PRIMARY KEY, owner TEXT, key BLOB, size INT, time INT)
    WITHOUT ROWID;
CREATE TABLE folder (path TEXT PRIMARY KEY, time INT) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
# Tables of another make are thrown away.
VERSION = crc32(TABLES.encode()) & 0x7FFFFFFF
COLUMNS = {
    **{"story": 5, "brief": 7, "claim": 2, "drawer": 3, "piece": 5},
    **{"output": 5, "folder": 2, "note": 2},
}
KEYS = {
    **{"story": "path", "brief": "slug", "claim": "number", "drawer": "name", "piece": "slug"},
    **{"output": "path"},
}


class StoryRow(NamedTuple):
    """A story file as it was read."""

    path: str
    size: int
    time: int
    """Of its last change, in nanoseconds; 0 where the next build should look again."""
    hash: bytes
    proof: str
    """Of an edited story: the articles that proved its words, as JSON; else empty."""


class PieceRow(NamedTuple):
    """What lists and feeds show of a story, and the hash of all that went into it."""

    slug: str
    key: bytes
    kept: int
    """Which of the pieces that only feeds need are kept."""
    people: str
    """JSON: the address of the page of each speaker, as the pieces show it."""
    refs: str
    """JSON: where the pieces are kept."""


class Kept(NamedTuple):
    """Which pieces of a story are kept, and the hash of all that went into them."""

    key: bytes
    kept: int


class OutputRow(NamedTuple):
    """A file of the site, and the hash of all that went into it."""

    path: str
    owner: str
    """What has to be planned to print it: a drawer, `stories/SLUG`, or the whole site if empty."""
    key: bytes
    size: int
    time: int


class Totals(NamedTuple):
    """How much the site shows."""

    stories: int
    articles: int
    quotes: int


class Manifest:
    """The tables, while they are open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def stories(self) -> dict[str, StoryRow]:
        """Return the story files by path."""
        return {row[0]: StoryRow(*row) for row in self._all("SELECT * FROM story")}

    def outputs(self) -> dict[str, OutputRow]:
        """Return the files of the site by path."""
        return {row[0]: OutputRow(*row) for row in self._all("SELECT * FROM output")}

    def folders(self) -> dict[str, int]:
        """Return the time of change of each folder of the site."""
        return dict(self._all("SELECT * FROM folder"))

    def pieces(self, slugs: Iterable[str]) -> dict[str, PieceRow]:
        """Return the pieces of these stories, by slug."""
        return {row[0]: PieceRow(*row) for row in self._of("SELECT * FROM piece", "slug", slugs)}

    def all_pieces(self) -> list[PieceRow]:
        """Return the pieces of all stories."""
        return [PieceRow(*row) for row in self._all("SELECT * FROM piece")]

    def kept(self, slugs: Iterable[str]) -> dict[str, Kept]:
        """Return which pieces of these stories are kept, by slug."""
        found = self._of("SELECT slug, key, kept FROM piece", "slug", slugs)
        return {slug: Kept(key, kept) for slug, key, kept in found}

    def briefs(self, slugs: Iterable[str]) -> dict[str, str]:
        """Return what is held of these stories as JSON, by slug."""
        return dict(self._of("SELECT slug, text FROM brief", "slug", slugs))

    def newest(self, limit: int) -> list[str]:
        """Return what is held of the newest stories that the site shows, at most so many."""
        order = "WHERE shown ORDER BY rank, slug LIMIT ?"
        return [text for (text,) in self._all(f"SELECT text FROM brief {order}", limit)]

    def corrected(self) -> list[str]:
        """Return what is held of the stories of which something was put right."""
        found = self._all("SELECT text FROM brief WHERE shown AND corrected ORDER BY slug")
        return [text for (text,) in found]

    def totals(self) -> Totals:
        """Return how much the site shows."""
        sums = "count(*), coalesce(sum(articles), 0), coalesce(sum(quotes), 0)"
        return Totals(*self._all(f"SELECT {sums} FROM brief WHERE shown")[0])

    def claims(self, articles: Iterable[int]) -> dict[int, str]:
        """Return the slug of the story that each of these articles is in, by their numbers."""
        return dict(self._of("SELECT * FROM claim", "number", articles))

    def cards(self, drawers: Iterable[str]) -> dict[str, str]:
        """Return what lies in these drawers as JSON."""
        return dict(self._of("SELECT name, cards FROM drawer", "name", drawers))

    def labels(self) -> dict[str, str]:
        """Return the labels of the shelves of all drawers that make some, as JSON."""
        return dict(self._all("SELECT name, labels FROM drawer WHERE labels != '[]'"))

    def note(self, name: str) -> Any:
        """Return what was noted under a name, or `None`."""
        found = self._all("SELECT value FROM note WHERE name = ?", name)
        return json.loads(found[0][0]) if found else None

    def put(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows to a table, in place of those of the same name."""
        marks = ", ".join("?" * COLUMNS[table])
        self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    def take(self, table: str, names: Iterable[str | int]) -> None:
        """Remove rows from a table."""
        rows = ([name] for name in names)
        self._connection.executemany(f"DELETE FROM {table} WHERE {KEYS[table]} = ?", rows)

    def clear(self) -> None:
        """Forget the stories; files of the site and their folders stay known."""
        for table in ("story", "brief", "claim", "drawer", "piece"):
            self._connection.execute(f"DELETE FROM {table}")
        self.put_notes({COMMON: None})

    def put_notes(self, notes: Mapping[str, Any]) -> None:
        """Note values that JSON can hold."""
        self.put("note", ((name, json.dumps(value)) for name, value in notes.items()))

    def save(self) -> None:
        """Let all changes since the last time become lasting, together."""
        self._connection.commit()

    def _all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()

    def _of(self, query: str, column: str, names: Iterable[str | int]) -> list[tuple[Any, ...]]:
        """Return the rows of a query whose column holds one of these names."""
        chosen = f"{query} WHERE {column} IN (SELECT value FROM json_each(?))"
        return self._all(chosen, json.dumps(list(names)))


@contextmanager
def open_manifest(folder: Path) -> Iterator[Manifest]:
    """Yield the manifest in a folder; an empty one where there is none that can be used.

    Raises `OutputError` where none can be written.
    """
    try:
        connection = _open(folder / NAME)
    except (sqlite3.Error, OSError) as error:
        problem = f"cannot be written: {error}"
        raise OutputError(str(folder / NAME), problem, "check folder and permissions") from error
    try:
        yield Manifest(connection)
    except sqlite3.OperationalError as error:
        problem = f"cannot be written: {error}"
        raise OutputError(str(folder / NAME), problem, "make room and run it again") from error
    finally:
        connection.close()


def forget(folder: Path) -> None:
    """Remove the manifest in a folder."""
    for ending in ("", "-journal"):
        (folder / (NAME + ending)).unlink(missing_ok=True)


def _open(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            connection.execute("SELECT count(*) FROM note").fetchone()
            return connection
    except sqlite3.DatabaseError:
        pass  # broken, or no database at all
    connection.close()
    forget(file.parent)
    connection = sqlite3.connect(file)
    connection.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
    return connection
