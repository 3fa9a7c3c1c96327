"""Writes files: only what changed, never half of one, and nothing that nobody asked for."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from digest.errors import OutputError
from digest.models import File

UNFINISHED = ".unfinished"

# Lies in a folder that belongs to the build.
MARK = File(path=".digest", data=b"Made by `digest build`, which removes what it did not make.\n")


def check_ours(folder: Path) -> None:
    """Raise `OutputError` where a folder holds files that no build has written.

    What does not belong to a site is removed from its folder, so it has to be ours.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK.path).exists():
        remedy = f"move them elsewhere, or put an empty file {MARK.path} beside them if they may go"
        raise OutputError(str(folder), "holds files that digest did not write", remedy)


def write_files(files: Iterable[File], folder: Path) -> int:
    """Write files below `folder`; return how many changed.

    A file that holds the same bytes already keeps its modification time, so that a deploy
    uploads only what is new. Raises `OutputError` where the disk refuses.
    """
    return sum(_write(folder / file.path, file.data) for file in files)


def remove_others(files: Iterable[File], folder: Path, *, spare: str | None = None) -> int:
    """Remove what lies below `folder` and is not among `files`; return how many files went.

    Hidden files stay: they belong to whoever publishes the folder (.git, .nojekyll). So does
    what lies in the folder `spare`.
    """
    keep = {folder / file.path for file in files}
    below = sorted(folder.rglob("*"), reverse=True)
    others = [
        p for p in below if not _hidden(p, folder) and p.relative_to(folder).parts[0] != spare
    ]
    removed = 0
    for path in others:
        if path.is_dir() and not path.is_symlink():
            _remove_if_empty(path)
        elif path not in keep:
            remove_file(path)
            removed += 1
    return removed


def remove_file(path: Path) -> None:
    """Remove a file; raise `OutputError` where the disk refuses."""
    try:
        path.unlink()
    except OSError as error:
        problem = f"cannot be removed: {error.strerror}"
        raise OutputError(str(path), problem, "check folder and permissions") from error


def _write(target: Path, data: bytes) -> bool:
    """Write beside the target and rename, so that an interruption leaves the old file whole."""
    try:
        if target.is_file() and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(target.name + UNFINISHED)
        try:
            beside.write_bytes(data)
            os.replace(beside, target)  # noqa: PTH105  # Path.replace reads like str.replace
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        remedy = (
            "make room and run it again"
            if error.errno == errno.ENOSPC
            else "check folder and permissions"
        )
        raise OutputError(str(target), f"cannot be written: {error.strerror}", remedy) from error
    return True


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _remove_if_empty(folder: Path) -> None:
    if not any(folder.iterdir()):
        folder.rmdir()
