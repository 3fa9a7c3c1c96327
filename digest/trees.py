"""Two trees of the site, the one that is published and the next one, and their exchange.

The spare tree in `.digest/site` is made of hard links to the files of `site/`. A build renders
only what differs into it, as new files beside the linked ones, and then exchanges the two folders
in one step: whoever looks, or kills the build, finds the old site or the new one, and never half
of each. Where no such exchange is possible (`site/` is a link, a mount point or on another file
system), files are replaced one by one, each of them whole.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from digest.errors import OutputError
from digest.lock import WORKSHOP
from digest.output import UNFINISHED

SITE = "site"
SPARE = f"{WORKSHOP}/site"

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # on Windows

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # renameat2(2), Linux 3.15
RENAME_SWAP = 2  # renamex_np(2), macOS 10.12

# What file systems say that know no hard links, or no more of one file.
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV, errno.ENOSYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Where the published tree is, and where the next one grows: the same where it must be."""

    live: str
    next: str

    @property
    def direct(self) -> bool:
        """Whether files are replaced in the published tree itself."""
        return self.live == self.next


class Placed(NamedTuple):
    """A file as it is on disk, and whether its bytes are new."""

    size: int
    time: int
    """Of its last change, in nanoseconds."""
    changed: bool


def find_trees(root: Path) -> Trees:
    """Return the trees of a digest; raise `OutputError` where its folder cannot be written."""
    site, workshop = root / SITE, root / WORKSHOP
    trees = Trees(live=str(site), next=str(root / SPARE))
    try:
        apart = site.exists() and site.stat().st_dev != workshop.stat().st_dev
    except OSError as error:
        raise _refusal(str(site), error) from error
    if site.is_symlink() or apart or os.path.ismount(site):
        return Trees(live=trees.live, next=trees.live)
    return trees


def place_file(path: str, data: bytes, trees: Trees) -> Placed:
    """Put a file into the next tree; one with the same bytes as before stays the same file.

    Raises `OutputError` where the disk refuses.
    """
    live, target = f"{trees.live}/{path}", f"{trees.next}/{path}"
    try:
        same = _read(live) == data
        if same and not trees.direct:
            _link(live, target)
        elif not same:
            _write(target, data, direct=trees.direct)
        found = os.stat(target)
    except OSError as error:
        raise _refusal(live, error) from error
    return Placed(found.st_size, found.st_mtime_ns, not same)


def link_file(path: str, trees: Trees) -> None:
    """Make the next tree hold the very file of the published one at this path."""
    try:
        _link(f"{trees.live}/{path}", f"{trees.next}/{path}")
    except OSError as error:
        raise _refusal(f"{trees.live}/{path}", error) from error


def drop_files(paths: Iterable[str], tree: str) -> None:
    """Remove files from a tree, if they are there, and the folders that this leaves empty."""
    folders = set()
    for path in paths:
        try:
            _remove(f"{tree}/{path}")
        except OSError as error:
            raise _refusal(f"{tree}/{path}", error) from error
        folders.add(os.path.dirname(path))
    for folder in sorted(folders, reverse=True):
        while folder and _remove_if_empty(f"{tree}/{folder}"):
            folder = os.path.dirname(folder)


def exchange(trees: Trees, *, theirs: Iterable[str] = ()) -> None:
    """Publish the next tree, in one step where the system can; the old one becomes the spare.

    `theirs` are hidden entries of whoever publishes the folder (.git): they move along.
    """
    if trees.direct:
        return
    try:
        if not _is_filled(trees.live):
            if os.path.isdir(trees.live):
                os.rmdir(trees.live)
            os.rename(trees.next, trees.live)
        elif not _swap(trees.next, trees.live):
            _swap_in_two_steps(trees)
        move_entries(theirs, trees)
    except OSError as error:
        raise _refusal(trees.live, error) from error


def move_entries(paths: Iterable[str], trees: Trees) -> None:
    """Move what belongs to the publisher from the spare tree to the published one."""
    for path in paths:
        old, new = f"{trees.next}/{path}", f"{trees.live}/{path}"
        if os.path.lexists(old) and not os.path.lexists(new):
            os.makedirs(os.path.dirname(new), exist_ok=True)
            os.rename(old, new)


def level_folder(folder: str, trees: Trees) -> tuple[str, int]:
    """Return a folder and when it changed last; the same folder of the spare tree says so too."""
    try:
        found = os.stat(f"{trees.live}/{folder}")
        if not trees.direct:
            os.utime(f"{trees.next}/{folder}", ns=(found.st_atime_ns, found.st_mtime_ns))
    except FileNotFoundError:
        return folder, 0  # to be looked into the next time
    except OSError as error:
        raise _refusal(f"{trees.live}/{folder}", error) from error
    return folder, found.st_mtime_ns


def clear_tree(tree: str) -> None:
    """Remove a tree of ours altogether."""
    shutil.rmtree(tree, ignore_errors=True)


def _is_filled(folder: str) -> bool:
    return os.path.isdir(folder) and bool(os.listdir(folder))


def _swap(one: str, other: str) -> bool:
    """Exchange two folders in one step; return `False` where the system cannot."""
    library: Any = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        result = library.renamex_np(os.fsencode(one), os.fsencode(other), RENAME_SWAP)
    elif sys.platform == "linux" and hasattr(library, "renameat2"):
        result = library.renameat2(
            AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE
        )
    else:
        return False
    number = ctypes.get_errno()
    if result and number not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP):
        raise OSError(number, os.strerror(number))
    return not result


def _swap_in_two_steps(trees: Trees) -> None:
    """Exchange two folders where one step cannot: for a moment there is no site."""
    away = os.path.join(os.path.dirname(trees.next), "old")
    clear_tree(away)
    os.rename(trees.live, away)
    os.rename(trees.next, trees.live)
    os.rename(away, trees.next)


def _read(path: str) -> bytes | None:
    """Return the bytes of a file, or `None` where there is none."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _write(target: str, data: bytes, *, direct: bool) -> None:
    """Write a file that is new on disk: what is linked elsewhere keeps its bytes."""
    if not direct:
        _remove(target)
        _create(target, data)
        return
    beside = target + UNFINISHED
    try:
        _remove(beside)
        _create(beside, data)
        os.replace(beside, target)
    finally:
        _remove(beside)


def _create(path: str, data: bytes) -> None:
    """Write a new file by the calls of the system: a file object takes twice the time."""
    try:
        descriptor = os.open(path, NEW_FILE, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, NEW_FILE, 0o666)
    try:
        written = os.write(descriptor, data)
        while written < len(data):
            written += os.write(descriptor, data[written:])
    finally:
        os.close(descriptor)


def _link(source: str, target: str) -> None:
    """Make `target` the same file as `source`; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except FileExistsError:
        if not os.path.samefile(source, target):
            os.unlink(target)
            _link(source, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _link(source, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _remove(target)
        shutil.copy2(source, target)


def _remove(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


def _remove_if_empty(folder: str) -> bool:
    try:
        os.rmdir(folder)
    except OSError:
        return False
    return True


def _refusal(path: str, error: OSError) -> OutputError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    remedy = "make room and run it again" if full else "check folder and permissions"
    return OutputError(path, f"cannot be written: {error.strerror}", remedy)
