"""Adds one article: a file, the page at an address, or what comes on standard input."""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from digest.addresses import is_web_address
from digest.arrivals import Arrival, Collection, Received
from digest.encoding import UNDERSTOOD, UndecodableError, decode
from digest.errors import ArticleError
from digest.facts import merge_facts
from digest.fetch.page import arrive_from_server
from digest.ingest import FACTS, TOO_LARGE, read_article
from digest.models import Facts, Kind, RawArticle
from digest.schema import parse_record
from digest.web import Client

STANDARD_INPUT = "-"


def add_article(
    name: str,
    known: Facts,
    client: Client,
    collection: Collection,
    *,
    now: datetime,
    stdin: BinaryIO,
) -> Received:
    """Put an article into the collection, with the facts that the caller knows of it.

    An address that a person names is asked as a browser would ask it: robots.txt speaks to programs
    that choose for themselves. Raises `ArticleError`, `WebError`, `OutputError`.
    """
    if name == STANDARD_INPUT:
        arrival = _from_stream(stdin, known, largest=collection.limits.size)
    elif is_web_address(name):
        arrival = arrive_from_server(client.get(name), told=known)
    else:
        arrival = _from_file(Path(name), known, largest=collection.limits.size)
    return collection.receive(arrival, now=now)


def _from_file(file: Path, known: Facts, *, largest: int) -> Arrival:
    raw = read_article(file, path=str(file), largest=largest)
    if isinstance(raw, ArticleError):
        raise raw
    # What a Markdown file says in its front matter it goes on saying itself.
    stated = merge_facts(known, _read_beside(file))
    told = merge_facts(known, raw.facts)
    raw = RawArticle(path=raw.path, kind=raw.kind, text=raw.text, facts=told)
    return Arrival(raw=raw, data=file.read_bytes(), stated=stated)


def _read_beside(file: Path) -> Facts:
    beside = file.with_suffix(FACTS)
    if not beside.is_file():
        return Facts()
    text = beside.read_text(encoding="utf-8-sig")
    return parse_record(Facts, text, place=str(beside), error=ArticleError)


def _from_stream(stream: BinaryIO, known: Facts, *, largest: int) -> Arrival:
    data, place = stream.read(largest + 1), "standard input"
    if len(data) > largest:
        raise ArticleError(place, f"the file is larger than {largest:,} bytes", TOO_LARGE)
    kind: Kind = "html" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "text"
    try:
        text = decode(data, html=kind == "html")
    except UndecodableError as error:
        raise ArticleError(place, str(error), f"understood: {UNDERSTOOD}") from error
    raw = RawArticle(path=place, kind=kind, text=text, facts=known)
    return Arrival(raw=raw, data=data, stated=known)
