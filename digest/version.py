"""Names the version of the program by what it consists of: other versions' results are not used."""

import sys
from collections.abc import Collection, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

# What articles and stories are made without: what comes after them, and what puts them there.
# Everything else counts, so a room that is missing here makes results anew, never wrong.
LATER = (
    *("add.py", "arrivals.py", "charts.py", "check", "commands", "console.py", "feeds", "fetch"),
    *("identities.py", "lock.py", "output.py", "pages", "parallel.py", "progress.py"),
    *("references.py", "search.py", "serve", "shelves.py", "templates", "templates.py"),
    *("verify.py", "web"),
)
PACKAGES = ("fastwarc", "htmldate", "lxml", "pyyaml", "trafilatura")  # what reads articles besides
SUFFIXES = (".py", ".yaml", ".json", ".md")


@cache
def hash_program() -> str:
    """Return a hash of the code and data by which articles and stories are made."""
    digest = blake2b("\n".join([sys.version, *_find_versions()]).encode(), digest_size=16)
    for file in _list_files(Path(__file__).parent, leave=LATER):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def hash_bytes(data: bytes) -> str:
    """Return the name of a content: no two contents share one."""
    return blake2b(data, digest_size=16).hexdigest()


def _list_files(folder: Path, *, leave: Collection[str] = ()) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.suffix in SUFFIXES and entry.name not in leave:
            yield entry
        elif entry.name not in leave and not entry.suffix and entry.is_dir():
            yield from _list_files(entry)


def _find_versions() -> list[str]:
    """Return the names under which the packages are installed (PEP 376: NAME-VERSION.dist-info).

    `importlib.metadata` tells the same; to import it takes longer than a build of nothing new.
    """
    installed = {
        path.name.lower() for place in sys.path for path in Path(place).glob("*.dist-info")
    }
    return sorted(name for name in installed if name.startswith(tuple(f"{p}-" for p in PACKAGES)))
