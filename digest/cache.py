"""Results of slow steps, kept between builds: a table for each kind of result, in one SQLite file.

A result has the name of a hash of all that it depends on, so what changes is never asked for
again. Nothing in the file is trusted: values are bytes that the caller checks, and a file that is
broken or of another make is replaced. It may be deleted at any time; where it cannot be read or
written, the build runs without it. Write-ahead logging keeps it whole when a build is killed, and
lets two builds use it at once (https://www.sqlite.org/wal.html).

Measured on ext4, two cores, entries of 6 kB (seconds; one = open, find one, add one):

    |                      | 1,000: write | one  | all  | 100,000: write | one  | all |   MB |
    | SQLite               |         0.16 | 0.04 | 0.01 |             19 | 0.04 | 1.0 |  619 |
    | a file for each      |         0.18 | 0.00 | 0.04 |             33 | 0.01 | 7.4 |  819 |
    | one file, JSON lines |         0.05 | 0.07 | 0.05 |              3 | 2.69 | 1.9 |  598 |

Removing 100,000 files took three minutes, and one file of lines has to be read for one entry.
"""

import os
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Literal, TypeAlias

FOLDER = ".digest"
NAME = "cache.sqlite"

Room: TypeAlias = Literal["articles", "words", "outlines", "flaws", "holdings", "told", "bulk"]
Row: TypeAlias = tuple[object, ...]
ROOMS: tuple[Room, ...] = ("articles", "words", "outlines", "flaws", "holdings", "told", "bulk")

PAGE = 4096
SETTINGS = (
    "PRAGMA trusted_schema = OFF",  # nothing in the file is run
    f"PRAGMA page_size = {PAGE}",
    "PRAGMA auto_vacuum = INCREMENTAL",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # whole after a power cut, though the last results may be gone
)
MANY = 500  # keys asked for at once; SQLite takes 999 or more, whatever its version
BATCH = 200  # results written at once: few enough to lose when killed
PATIENCE = 30  # seconds for which another build may write
# A file that was changed so shortly before it was looked at may change again without showing it:
# file systems keep times in steps of up to two seconds (FAT).
TICK_NS = 2_000_000_000

SCHEMA = (
    "CREATE TABLE files (path TEXT PRIMARY KEY, sign TEXT, digest TEXT) WITHOUT ROWID",
    *(f"CREATE TABLE {room} (key TEXT PRIMARY KEY, value BLOB, made INTEGER)" for room in ROOMS),
)


class Cache:
    """An open cache; without a working file it forgets everything at the end.

    `Cache(connection)` takes over an SQLite connection with the tables of `SCHEMA`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._new: dict[tuple[Room, str], bytes] = {}
        self._made = int(time.time())
        self.broken = False

    def get(self, room: Room, key: str) -> bytes | None:
        """Return what is kept under a key, or `None`."""
        if (room, key) in self._new:
            return self._new[room, key]
        query = f"SELECT value FROM {room} WHERE key = ?"
        row = next(iter(self._ask(query, (key,))), None)
        return row[0] if row and isinstance(row[0], bytes) else None

    def get_many(self, room: Room, keys: Sequence[str]) -> Iterator[bytes | None]:
        """Yield what is kept under each of the keys, or `None`."""
        for start in range(0, len(keys), MANY):
            some = keys[start : start + MANY]
            new = {key: self._new[room, key] for key in some if (room, key) in self._new}
            query = f"SELECT key, value FROM {room} WHERE key IN ({','.join('?' * len(some))})"
            found = {key: value for key, value in self._ask(query, some) if type(value) is bytes}
            yield from (new.get(key, found.get(key)) for key in some)

    def all(self, room: Room) -> Iterator[tuple[str, bytes]]:
        """Yield all keys and values of a room."""
        self._write()
        for key, value in self._ask(f"SELECT key, value FROM {room}"):
            if isinstance(key, str) and isinstance(value, bytes):
                yield key, value

    def put(self, room: Room, key: str, value: bytes) -> None:
        """Keep a value."""
        self._new[room, key] = value
        if len(self._new) >= BATCH:
            self._write()

    def files(self, folder: str) -> dict[str, tuple[str, str]]:
        """Return, by path, the sign by which a file is known unchanged, and the hash it had.

        All files below a folder are returned.
        """
        query = "SELECT path, sign, digest FROM files WHERE path >= ? AND path < ?"
        rows = self._ask(query, (f"{folder}/", f"{folder}0"))  # in Unicode, 0 is next to /
        return {str(path): (str(sign), str(digest)) for path, sign, digest in rows}

    def keep_files(self, files: Mapping[str, tuple[str, str]], gone: Iterable[str] = ()) -> None:
        """Remember signs and hashes of files, and forget those of files that are gone."""
        insert = "INSERT OR REPLACE INTO files VALUES (?, ?, ?)"
        delete = "DELETE FROM files WHERE path = ?"
        rows = [(path, sign, digest) for path, (sign, digest) in files.items()]
        removed = [(path,) for path in gone]
        if rows or removed:
            self._change((insert, rows), (delete, removed))

    def trim(self, megabytes: int, used: Mapping[Room, Collection[str]]) -> None:
        """Drop the oldest of what this build did not use until the file is small enough.

        Where that does not do, what it used goes too, first the articles: they are the most.
        """
        self._write()
        if self._size() <= megabytes * 1_000_000:
            return
        unused = (
            (room, keys) for room in ROOMS for keys in self._find_unused(room, used.get(room, ()))
        )
        for room, keys in chain(unused, ((room, None) for room in ROOMS)):
            if self._size() > megabytes * 1_000_000:
                change = "WHERE key = ?" if keys else ""
                self._change((f"DELETE FROM {room} {change}", keys or [()]))
        with suppress(sqlite3.Error):
            # A script is run to its end; `execute` would free one page only.
            self._connection.executescript("PRAGMA incremental_vacuum")

    def close(self) -> None:
        """Write what is left to write, and close the file."""
        self._write()
        self._connection.close()

    def _find_unused(self, room: Room, used: Collection[str]) -> Iterator[list[Row]]:
        rows = self._ask(f"SELECT key FROM {room} ORDER BY made, key")
        unused = [row for row in rows if row[0] not in used]
        return (unused[start : start + BATCH] for start in range(0, len(unused), BATCH))

    def _size(self) -> int:
        """Return the bytes that are in use."""
        (pages,), (free,) = (
            next(self._ask(f"PRAGMA {count}"), (0,)) for count in ("page_count", "freelist_count")
        )
        return PAGE * (int(str(pages)) - int(str(free)))

    def _write(self) -> None:
        new, self._new = self._new, {}
        rows: dict[Room, list[Row]] = {}
        for (room, key), value in new.items():
            rows.setdefault(room, []).append((key, value, self._made))
        insert = "INSERT OR REPLACE INTO {} VALUES (?, ?, ?)"
        self._change(*((insert.format(room), values) for room, values in rows.items()))

    def _change(self, *changes: tuple[str, Sequence[Row]]) -> None:
        """Change several rows at once: all of them, or none."""
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                for statement, rows in changes:
                    self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            self._forget(error)

    def _ask(self, query: str, values: Sequence[object] = ()) -> Iterator[Row]:
        try:
            yield from self._connection.execute(query, values)
        except sqlite3.Error as error:
            self._forget(error)

    def _forget(self, error: sqlite3.Error) -> None:
        """Go on in memory: a cache that fails must not make a build fail."""
        self.broken = self.broken or not isinstance(error, sqlite3.OperationalError)
        with suppress(sqlite3.Error):
            self._connection.close()
        self._connection = _make(":memory:")


@contextmanager
def open_cache(root: Path) -> Iterator[Cache]:
    """Yield the cache of a digest; a broken or foreign one is replaced."""
    file = root / FOLDER / NAME
    cache = Cache(_open(file) or _make(":memory:"))
    try:
        yield cache
    finally:
        cache.close()
        if cache.broken:
            _remove(file)


def sign_file(status: os.stat_result, *, now: int) -> str:
    """Return what changes whenever a file does; empty where that cannot be told yet.

    `now` is the time before the file was looked at, in nanoseconds.
    """
    if now - max(status.st_mtime_ns, status.st_ctime_ns) < TICK_NS:
        return ""
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}.{status.st_ino}"


def _open(file: Path) -> sqlite3.Connection | None:
    """Return the cache in a file, made anew where it is not ours; `None` if that fails."""
    try:
        file.parent.mkdir(exist_ok=True)
        ignore = file.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        try:
            return _make(str(file))
        except sqlite3.OperationalError:  # locked, or not to be opened: it may be in order
            return None
        except sqlite3.DatabaseError:
            _remove(file)
            return _make(str(file))
    except (OSError, sqlite3.Error):
        return None


def _make(name: str) -> sqlite3.Connection:
    """Return a connection to a cache, with its tables made where there are none.

    Raises `sqlite3.DatabaseError` for what is no cache of this version.
    """
    connection = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None)
    try:
        for setting in SETTINGS:
            connection.execute(setting).fetchall()
        connection.execute("BEGIN IMMEDIATE")
        if not _tables(connection):
            for statement in SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")
        if _tables(connection) != list(SCHEMA):
            raise sqlite3.DatabaseError("another program's tables")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return [sql for (sql,) in found]


def _remove(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)
