"""Lists the articles of a digest with the files that each depends on, by one look at each file."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from time import time_ns

from digest.bulk import Entry
from digest.cache import sign_file
from digest.errors import OutputError
from digest.ingest import ARTICLES, FACTS, VERSIONS, choose_articles
from digest.symlinks import leads_out

REMEDY = "make it and put articles into it, or say where the digest is with --root"


@dataclass(frozen=True, slots=True)
class Source:
    """An article with all files that it is made of, and what tells whether these changed."""

    path: str
    files: tuple[str, ...]
    """The article, the facts beside it and its earlier versions, relative to the digest's root."""
    sign: str
    """Empty where only the content of the files can tell."""
    entry: Entry | None = None
    """Where it lies in a file of many articles."""


def list_sources(root: Path) -> list[Source]:
    """Return all articles of a digest, sorted by path.

    Raises `OutputError` where the folder of articles is missing or one in it cannot be read.
    """
    now = time_ns()
    found = _scan(root, ARTICLES.as_posix())
    if found is None:
        raise OutputError(ARTICLES.as_posix(), "there is no such folder", REMEDY)
    before: dict[str, list[str]] = {}
    versions = _scan(root, VERSIONS.as_posix()) or {}
    for name in sorted(versions):
        before.setdefault(name.rpartition("/")[0], []).append(name)
    known = found | versions
    sources = []
    for path in choose_articles(found):
        files = [path]
        facts = path.rpartition(".")[0] + FACTS
        if facts in found and facts != path:
            files.append(facts)
        if before:
            files += before.get(path.replace(ARTICLES.as_posix(), VERSIONS.as_posix(), 1), ())
        sources.append(Source(path, tuple(files), _sign([known[name] for name in files], now)))
    return sources


def hash_source(source: Source, root: Path) -> str | None:
    """Return a hash of the names and the content of an article's files; `None` if one is unread."""
    digest = blake2b(digest_size=16)
    for name in source.files:
        file = root / name
        if not file.is_file() or leads_out(file, root):
            return None
        try:
            with file.open("rb") as data:  # piece by piece, for it may be larger than memory
                content = file_digest(data, blake2b).hexdigest()
        except OSError:
            return None
        digest.update(f"{name}\0{content}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _scan(root: Path, folder: str) -> dict[str, os.DirEntry[str]] | None:
    """Return all files below a folder, and links to folders, by path; `None` without the folder."""
    if not (root / folder).is_dir():
        return None
    prefix = len(str(root / folder)) + 1
    return {f"{folder}/{entry.path[prefix:]}": entry for entry in _walk(str(root / folder))}


def _walk(folder: str) -> Iterator["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from _walk(entry.path)
                else:
                    yield entry
    except OSError as error:
        remedy = "check the permissions of the folder"
        problem = f"cannot be read: {error.strerror}"
        raise OutputError(str(error.filename), problem, remedy) from error


def _sign(entries: Collection["os.DirEntry[str]"], now: int) -> str:
    try:
        signs = [sign_file(entry.stat(), now=now) for entry in entries]
    except OSError:  # a link that leads nowhere
        return ""
    return "|".join(signs) if all(signs) else ""
