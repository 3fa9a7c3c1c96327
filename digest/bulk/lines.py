"""Reads JSON Lines (https://jsonlines.org): one JSON object with `text` or `html` a line."""

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import IO, Any, TypeAlias

from digest.addresses import is_web_address
from digest.bulk.records import Entry, Found, hash_record, make_key
from digest.dates import parse_moment
from digest.errors import ArticleError
from digest.models import Facts, RawArticle

MOMENTS = ("published", "updated", "fetched")
LISTS = ("author", "tags")
# What JSON can spell and no text holds.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
Stream: TypeAlias = IO[bytes] | gzip.GzipFile

PIECE = 1 << 20  # bytes of a line too long that are read at once, to leave it behind
# News packs to a fifth; gzip packs the same byte a thousand times over, and only a bomb does that.
EXPANSION = 100
CUT = "get it anew; what came before is used"
JSON = "write one JSON object with `text` or `html` a line"


def scan(file: Path, path: str, *, largest: int) -> Iterator[Found | ArticleError]:
    """Yield all records of a file in their order, and what is wrong with the others.

    Empty lines are none. No more than one line is held, of at most `largest` bytes.
    """
    number = 0
    try:
        with _open(file) as stream:
            for number, offset, line in _walk(stream, file, path, largest):
                if line is None:
                    remedy = "shorten it, or raise `limits.size` in content/config.yaml"
                    problem = f"the line is larger than {largest:,} bytes"
                    yield ArticleError(f"{path}:{number}", problem, remedy)
                elif line.strip():
                    yield _parse(line, offset, path, number)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        yield ArticleError(path, f"it is cut off or broken after line {number}", CUT)


def read(
    file: Path, path: str, entries: Iterable[Entry], *, largest: int
) -> Iterator[Found | ArticleError]:
    """Yield what lies now where these records lay."""
    with _open(file) as stream:
        for entry in entries:
            stream.seek(entry.offset)
            yield _parse(stream.read(min(entry.length, largest)), entry.offset, path, 1)


@contextmanager
def _open(file: Path) -> Iterator[Stream]:
    with file.open("rb") as data:
        if file.suffix.lower() == ".gz":
            with gzip.open(data) as unpacked:
                yield unpacked
        else:
            yield data


def _walk(
    stream: Stream, file: Path, path: str, largest: int
) -> Iterator[tuple[int, int, bytes | None]]:
    """Yield number, offset and bytes of each line; `None` for one that is too long."""
    offset, number, most = 0, 0, EXPANSION * file.stat().st_size + largest
    while line := stream.readline(largest + 1):
        number += 1
        length = len(line)
        if length > largest:
            piece, line = line, b""
            while piece and not piece.endswith(b"\n") and offset + length <= most:
                piece = stream.readline(PIECE)
                length += len(piece)
        yield number, offset, line or None
        offset += length
        if offset > most:
            problem = f"it unpacks to more than {EXPANSION} times its size"
            raise ArticleError(f"{path}:{number}", problem, "unpack it yourself if you trust it")


def _parse(line: bytes, offset: int, path: str, number: int) -> Found | ArticleError:
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            raise ValueError("it is no object")
        raw = _read_article(record, path)
    except ValueError as error:  # also for what is no UTF-8
        problem = f"no article: {_say(error)}"
        return ArticleError(f"{path}:{number}", problem, JSON)
    except RecursionError:
        return ArticleError(f"{path}:{number}", "no article: it is nested too deep", JSON)
    name = raw.facts.url or _name(record.get("id"))
    digest = hash_record(line.strip())
    return Found(Entry(make_key(name or digest), digest, offset, len(line)), raw)


def _say(error: ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is not UTF-8"
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)


def _name(given: Any) -> str | None:
    return str(given) if isinstance(given, (str, int)) and given != "" else None


def _read_article(record: dict[str, Any], path: str) -> RawArticle:
    """Return the article of a record; other keys than ours are somebody else's, and left alone."""
    facts = Facts(
        **{
            field.name: _read_fact(field.name, record[field.name])
            for field in fields(Facts)
            if record.get(field.name)
        }
    )
    html = record.get("html")
    text = html or record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("it has neither text nor html")
    return RawArticle(path=path, kind="html" if html else "text", text=_clean(text), facts=facts)


def _read_fact(name: str, value: Any) -> Any:
    if name in LISTS:
        return tuple(_read_text(name, item) for item in (value if type(value) is list else [value]))
    text = _read_text(name, value)
    if name in MOMENTS:
        moment = parse_moment(text)
        if moment is None:
            raise ValueError(f"{name}: {text[:40]!r} is not a date")
        return moment
    if name == "url" and not is_web_address(text):
        raise ValueError(f"url: {text[:80]!r} is not the address of a web page")
    return text


def _read_text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name}: {str(value)[:40]!r} is no text")
    return _clean(value)


def _clean(text: str) -> str:
    return NO_TEXT.sub("�", text).replace("\r\n", "\n").replace("\r", "\n")
