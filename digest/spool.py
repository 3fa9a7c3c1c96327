"""Keeps what is too much for memory in files that grow at their end, one for each process."""

import os
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from digest.errors import OutputError

OPEN_FILES = 256  # at once; more workers than that share a machine with higher limits


class Ref(NamedTuple):
    """Where in a folder of spools some bytes are."""

    file: str
    offset: int
    length: int
    check: int
    """Their CRC-32: what a power cut left torn is not taken for data."""


class BrokenSpoolError(Exception):
    """What was kept is gone or not what it was: make it anew."""


def keep(folder: Path, data: bytes, *, turn: str = "") -> Ref:
    """Append bytes to this process's file in `folder`; return where they are.

    Each `turn` has a file of its own. Raises `OutputError` where the disk refuses.
    """
    name, descriptor = _open_own(folder, os.getpid(), turn)
    try:
        offset = os.lseek(descriptor, 0, os.SEEK_END)
        written = 0
        while written < len(data):
            written += os.write(descriptor, data[written:])
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise OutputError(str(folder), problem, "make room and run it again") from error
    return Ref(name, offset, len(data), crc32(data))


def recall(folder: Path, ref: Ref) -> bytes:
    """Return the bytes that were kept; raise `BrokenSpoolError` where they are not there."""
    try:
        data = os.pread(_open(folder, ref.file), ref.length, ref.offset)
    except OSError as error:
        raise BrokenSpoolError(ref.file) from error
    if len(data) != ref.length or crc32(data) != ref.check:
        raise BrokenSpoolError(ref.file)
    return data


def close_spools() -> None:
    """Close the files of this process; what they hold stays."""
    for opened in (_open_own, _open):
        opened.cache_clear()
    while _descriptors:
        os.close(_descriptors.pop())


_descriptors: list[int] = []


@lru_cache(maxsize=OPEN_FILES)
def _open_own(folder: Path, process: int, turn: str) -> tuple[str, int]:
    """Return a file that no other process or turn writes to: the number in its name is new."""
    for number in range(1_000_000):
        name = f"{process}-{number}"
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
            descriptor = os.open(folder / name, flags, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            problem = f"cannot be written: {error.strerror}"
            raise OutputError(str(folder), problem, "check folder and permissions") from error
        _descriptors.append(descriptor)
        return name, descriptor
    raise OutputError(str(folder), "holds too many files", "delete this folder")


@lru_cache(maxsize=OPEN_FILES)
def _open(folder: Path, name: str) -> int:
    descriptor = os.open(folder / name, os.O_RDONLY)
    _descriptors.append(descriptor)
    return descriptor
