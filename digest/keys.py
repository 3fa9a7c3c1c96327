"""Names what is built by a hash of all that went into it: the same name, the same bytes."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any

SIZE = 16  # bytes: among a thousand million outputs, two alike by chance are once in 10^20
LIBRARIES = ("babel", "feedgen", "jinja2", "lxml", "markdown_it_py", "markupsafe", "pyyaml")
PROGRAM = (".py", ".yaml", ".md", ".json")


def hash_bytes(data: bytes) -> bytes:
    """Return the hash of a file."""
    return blake2b(data, digest_size=SIZE).digest()


def hash_of(*parts: Any) -> bytes:
    """Return a hash of values: texts, numbers and bytes, lists and mappings, dataclasses."""
    return hash_bytes(_encode(parts).encode())


def join_hashes(hashes: Iterable[bytes]) -> bytes:
    """Return a hash of hashes."""
    return hash_bytes(b"".join(hashes))


def hash_program(folders: Iterable[Path]) -> bytes:
    """Return a hash of what is the same for a whole build, besides its options.

    That is the program with its words, the files in `folders` (templates), and the libraries.
    """
    own = Path(__file__).parent
    files = [file for file in sorted(own.rglob("*")) if file.suffix in PROGRAM]
    files += [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    hashed = blake2b(digest_size=SIZE)
    for file in files:
        data = file.read_bytes()
        hashed.update(f"\0{file.name} {len(data)}\0".encode("utf-8", "surrogateescape"))
        hashed.update(data)
    hashed.update("\0".join([*_find_libraries(), sys.version]).encode())
    return hashed.digest()


def _find_libraries() -> list[str]:
    """Return names and versions of what renders pages (PEP 376: NAME-VERSION.dist-info).

    `importlib.metadata` tells the same; to import it takes longer than a build of nothing new.
    """
    installed = {path.name for place in sys.path for path in Path(place).glob("*.dist-info")}
    known = tuple(f"{name}-" for name in LIBRARIES)
    return sorted(name for name in installed if name.lower().startswith(known))


def _plain(value: Any) -> Any:
    """Return what JSON can hold."""
    if isinstance(value, bytes):
        return value.hex()
    if is_dataclass(value):
        return _values_of(type(value))(value)  # type: ignore[arg-type]  # a type is hashable
    return str(value)


# Made once: to make an encoder takes longer than to use it.
_encode = json.JSONEncoder(default=_plain, separators=(",", ":")).encode


@cache
def _values_of(kind: Any) -> Callable[[Any], Any]:
    """Return what tells all values of a dataclass at once: there are six of them for each story."""
    return attrgetter(*(field.name for field in fields(kind)))
