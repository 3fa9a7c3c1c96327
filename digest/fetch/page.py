"""Turns what a server or a feed gives into an article that comes in."""

import re
from html import escape

from digest.arrivals import Arrival
from digest.encoding import UndecodableError, decode
from digest.errors import WebError
from digest.fetch.entries import Entry
from digest.models import Facts, Kind, RawArticle
from digest.web import Answer

KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
}
CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})""", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,2000}>")

# A feed that carries whole articles has hundreds of words in each, a teaser has 20 to 80.
FULL_TEXT_WORDS = 200
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&#8230;|&hellip;)\s*(?:</\w+>\s*)*$")


def arrive_from_server(answer: Answer, *, told: Facts) -> Arrival:
    """Return the article of a page; raise `WebError` where the answer is no page."""
    if answer.status in (404, 410):
        raise WebError(answer.url, f"is gone (answer {answer.status})", "nothing can be done")
    if answer.status != 200:
        remedy = "read it in a browser, and add what you saved"
        raise WebError(answer.url, f"is not given to programs (answer {answer.status})", remedy)
    kind = KINDS.get(answer.kind or "text/html")
    if kind is None:
        raise WebError(answer.url, f"is no text but {answer.kind}", "add its text by hand")
    found = CHARSET.search(answer.headers.get("content-type", ""))
    try:
        text = decode(answer.body, html=kind == "html", label=found[1] if found else "")
    except UndecodableError as error:
        raise WebError(answer.url, str(error), "add its text by hand") from error
    raw = RawArticle(path=answer.url, kind=kind, text=text, facts=Facts(url=answer.url))
    return Arrival(raw=raw, data=_bytes(text, answer.body, kind), told=told)


def _bytes(text: str, body: bytes, kind: Kind) -> bytes:
    """Return the bytes as they came, if they can be read without what the server said of them."""
    try:
        if decode(body, html=kind == "html") == text:
            return body
    except UndecodableError:
        pass
    return text.encode("utf-8-sig")  # the mark wins over what the page declares


def arrive_from_feed(entry: Entry, *, told: Facts, place: str) -> Arrival:
    """Return the article that a feed carries, as a page."""
    title = escape(entry.title or "")
    text = (
        f"<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>{title}</title></head>\n"
        f"<body><article>\n<h1>{title}</h1>\n{entry.html}\n</article></body></html>\n"
    )
    raw = RawArticle(path=place, kind="html", text=text, facts=Facts(url=entry.url))
    return Arrival(raw=raw, data=text.encode("utf-8", "replace"), told=told)


def carries_all(entry: Entry) -> bool:
    """Return whether a feed seems to give the whole article, and not its beginning."""
    words = TAG.sub(" ", entry.html).split()
    return len(words) >= FULL_TEXT_WORDS and not CUT_OFF.search(entry.html[-200:])


def facts_of(entry: Entry, *, source: str | None) -> Facts:
    """Return what a feed tells about an article."""
    return Facts(
        title=entry.title,
        source=source,
        author=entry.author,
        published=entry.published,
        updated=entry.updated,
        language=entry.language,
        tags=entry.tags,
    )
