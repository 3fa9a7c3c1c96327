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
TABLES = """
CREATE TABLE story (path TEXT PRIMARY KEY, size INT, time INT, hash BLOB, brief TEXT, proof TEXT)
    WITHOUT ROWID;
CREATE TABLE piece (slug TEXT PRIMARY KEY, key BLOB, kept INT, refs TEXT) WITHOUT ROWID;
CREATE TABLE output (path TEXT PRIMARY KEY, key BLOB, size INT, time INT) WITHOUT ROWID;
CREATE TABLE folder (path TEXT PRIMARY KEY, time INT) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
# Tables of another make are thrown away.
VERSION = crc32(TABLES.encode()) & 0x7FFFFFFF
COLUMNS = {"story": 6, "piece": 4, "output": 4, "folder": 2, "note": 2}


class StoryRow(NamedTuple):
    """A story file as it was read."""

    path: str
    size: int
    time: int
    """Of its last change, in nanoseconds; 0 where the next build should look again."""
    hash: bytes
    brief: str
    """JSON."""
    proof: str
    """Of an edited story: the articles that proved its words, as JSON; else empty."""


class PieceRow(NamedTuple):
    """What lists and feeds show of a story, and the hash of all that went into it."""

    slug: str
    key: bytes
    kept: int
    """Which of the pieces that only feeds need are kept."""
    refs: str
    """JSON: where the pieces are kept."""


class OutputRow(NamedTuple):
    """A file of the site, and the hash of all that went into it."""

    path: str
    key: bytes
    size: int
    time: int


class Manifest:
    """The tables, while they are open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def stories(self) -> dict[str, StoryRow]:
        """Return the story files by path."""
        return {row[0]: StoryRow(*row) for row in self._all("story")}

    def pieces(self) -> dict[str, PieceRow]:
        """Return the pieces by slug."""
        return {row[0]: PieceRow(*row) for row in self._all("piece")}

    def outputs(self) -> dict[str, OutputRow]:
        """Return the files of the site by path."""
        return {row[0]: OutputRow(*row) for row in self._all("output")}

    def folders(self) -> dict[str, int]:
        """Return the time of change of each folder of the site."""
        return dict(self._all("folder"))

    def note(self, name: str) -> Any:
        """Return what was noted under a name, or `None`."""
        found = self._connection.execute("SELECT value FROM note WHERE name = ?", [name]).fetchone()
        return json.loads(found[0]) if found else None

    def put(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows to a table, in place of those of the same name."""
        marks = ", ".join("?" * COLUMNS[table])
        self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    def take(self, table: str, names: Iterable[str]) -> None:
        """Remove rows from a table."""
        key = "slug" if table == "piece" else "path"
        rows = ([name] for name in names)
        self._connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", rows)

    def put_notes(self, notes: Mapping[str, Any]) -> None:
        """Note values that JSON can hold."""
        self.put("note", ((name, json.dumps(value)) for name, value in notes.items()))

    def save(self) -> None:
        """Let all changes since the last time become lasting, together."""
        self._connection.commit()

    def _all(self, table: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(f"SELECT * FROM {table}").fetchall()


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
