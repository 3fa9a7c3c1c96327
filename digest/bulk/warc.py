"""Reads web archives (WARC, ISO 28500), as Common Crawl and browsers' archives give them.

FastWARC reads them, an optional extra: memory-safe, with bounds on what it holds. Measured on
5,000 pages of 23 kB, packed, CPU seconds: FastWARC 2.0 0.13, warcio 1.8 0.51. Of a header without
an end, 5, 10 and 20 MB, warcio holds all, in 0.05, 0.28 and 1.34 s; FastWARC refuses it at once.
"""

import gzip
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from digest.addresses import is_web_address
from digest.bulk.records import Entry, Found, hash_record, make_key
from digest.dates import parse_moment
from digest.encoding import UNDERSTOOD, UndecodableError, decode
from digest.errors import ArticleError
from digest.models import Facts, RawArticle

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

PAGES = ("text/html", "application/xhtml+xml")
MISSING = "pip install 'verbatim-digest[warc]'"
# Ways of packing, and the windows by which zlib knows them.
PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}
PLAIN = ("", "identity")
END = b"\r\n\r\n"  # of each record
PIECE = 1 << 20  # bytes unpacked at once
CHUNK = re.compile(rb"(?:\r\n)?([0-9A-Fa-f]{1,8})(?:;[^\r\n]{0,200})?\r\n")


def scan(file: Path, path: str, *, largest: int) -> Iterator[Found | ArticleError]:
    """Yield all pages of an archive in their order, and what is wrong with others.

    No more than one page is held, of at most `largest` bytes.
    """
    number, last = 0, -1
    with file.open("rb") as stream:
        try:
            for number, record in enumerate(_iterate(stream, path), 1):
                if record.stream_pos == last:
                    problem = "its records are packed together"
                    yield ArticleError(path, problem, "pack each by itself, or unpack the file")
                    return
                last = record.stream_pos
                if _is_page(record):
                    yield _parse(record, path, number, largest)
            whole = _ends_whole(stream, max(last, 0))
        except OSError:  # what FastWARC raises for all that it cannot read
            whole = False
        if not whole:
            problem = f"it is cut off or broken after response {number}"
            yield ArticleError(path, problem, "get it anew; what came before is used")


def read(
    file: Path, path: str, entries: Iterable[Entry], *, largest: int
) -> Iterator[Found | ArticleError]:
    """Yield what lies now where these records lay."""
    with file.open("rb") as stream:
        for entry in entries:
            stream.seek(entry.offset)
            record = next(iter(_iterate(stream, path)), None)
            if record is not None and _is_page(record):
                yield _parse(record, path, 1, largest)
            else:
                yield ArticleError(path, "it changed while it was read", "try again")


def _iterate(stream: IO[bytes], path: str) -> "ArchiveIterator":
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise ArticleError(path, "FastWARC is not installed", MISSING) from error
    return ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True)


def _ends_whole(stream: IO[bytes], start: int) -> bool:
    """Tell whether an archive ends with the end of a record: FastWARC is silent where it does not.

    `start` is where a record starts, so that not all is unpacked again.
    """
    stream.seek(start)
    packed = stream.read(2) == b"\x1f\x8b"
    if not packed:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - len(END)))
        return stream.read() == END
    stream.seek(start)
    try:
        with gzip.open(stream) as unpacked:
            while unpacked.read(PIECE):
                pass
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return False
    return True


def _is_page(record: "WarcRecord") -> bool:
    if not record.is_http_parsed or record.http_headers.status_code != 200:
        return False
    return (record.http_content_type or "").partition(";")[0].strip().lower() in PAGES


def _parse(record: "WarcRecord", path: str, number: int, largest: int) -> Found | ArticleError:
    """Return a page; the place of an error is the number of the response, as pages have no line."""
    place = f"{path}:{number}"
    size = record.content_length
    body = record.reader.read(largest + 1)
    if len(body) > largest:
        return _too_large(place, largest)
    if len(body) < size:
        return ArticleError(place, "the record is cut off", "get the file anew")
    head = dict(record.http_headers.items())
    fields = {name.lower(): value.strip().lower() for name, value in head.items()}
    try:
        page = _unpack(body, fields, largest)
        text = decode(page, html=True, label=record.http_charset or "")
    except (zlib.error, ValueError) as error:
        remedy = f"leave the record out; understood: {UNDERSTOOD}"
        known = isinstance(error, UndecodableError) or type(error) is ValueError
        return ArticleError(place, str(error) if known else "it is packed, and broken", remedy)
    if len(page) > largest:
        return _too_large(place, largest)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    date = record.headers.get("WARC-Date") or ""
    facts = Facts(url=url if is_web_address(url) else None, fetched=parse_moment(date))
    digest = hash_record(url.encode(), date.encode(), str(record.http_charset).encode(), body)
    entry = Entry(make_key(url or digest), digest, record.stream_pos, len(body))
    return Found(entry, RawArticle(path=path, kind="html", text=text, facts=facts))


def _too_large(place: str, largest: int) -> ArticleError:
    remedy = "leave it out, or raise `limits.size` in content/config.yaml"
    return ArticleError(place, f"the page is larger than {largest:,} bytes", remedy)


def _unpack(body: bytes, fields: Mapping[str, str], largest: int) -> bytes:
    """Return a page as it was before a server packed it, of one byte too many at most.

    Common Crawl has unpacked its pages already; other archives keep what came (RFC 9112, 7.1).
    """
    if fields.get("transfer-encoding") == "chunked":
        body = _join_chunks(body)
    coding = fields.get("content-encoding", "")
    if coding in PLAIN:
        return body
    if coding not in PACKED:
        raise ValueError(f"it is packed as {coding[:20]!r}, which is not understood")
    return zlib.decompressobj(PACKED[coding]).decompress(body, largest + 1)


def _join_chunks(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while head := CHUNK.match(body, at):
        start, size = head.end(), int(head[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[start : start + size])
        at = start + size
    return b"".join(parts) or body  # archives keep the field of pages that they put together
