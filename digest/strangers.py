"""Finds what lies in a site that no build has put there, without looking into every folder."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple


class Strangers(NamedTuple):
    """Paths in a tree that are not among its files."""

    others: list[str]
    """Files and links that do not belong there."""
    theirs: list[str]
    """Hidden files and folders: they belong to whoever publishes the tree."""
    empty: list[str]
    """Folders that hold none of the files."""
    folders: list[str]
    """All folders that were looked into, because something came or went there since."""


def find_strangers(
    tree: str, files: Collection[str], folders: Mapping[str, int], *, spare: str | None = None
) -> Strangers:
    """Return what is new in a tree since its `folders` had these times of change.

    A folder that is not among them is looked through. What lies in the folder `spare`, at the
    top, is nobody's business.
    """
    found = Strangers([], [], [], [])
    known = find_folders(files)
    waiting = [folder for folder in ("", *known) if _time(tree, folder) != folders.get(folder)]
    seen = set(waiting)
    while waiting:
        folder = waiting.pop()
        found.folders.append(folder)
        for name, path, is_folder in _list(tree, folder):
            if name.startswith("."):
                if path not in files:
                    found.theirs.append(path)
            elif path == spare:
                continue
            elif not is_folder:
                if path not in files:
                    found.others.append(path)
            elif path not in known:
                found.empty.append(path)
                if path not in seen:
                    seen.add(path)
                    waiting.append(path)
    return Strangers(*map(sorted, found))


def find_folders(files: Iterable[str]) -> set[str]:
    """Return the folders that hold these files, and those that hold such folders."""
    found: set[str] = set()
    for file in files:
        folder = file.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _time(tree: str, folder: str) -> int | None:
    try:
        return os.stat(f"{tree}/{folder}").st_mtime_ns
    except OSError:
        return None


def _list(tree: str, folder: str) -> Iterator[tuple[str, str, bool]]:
    """Yield name and path of each entry of a folder, and whether it is a folder itself."""
    try:
        with os.scandir(f"{tree}/{folder}") as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                yield entry.name, path, entry.is_dir(follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return
