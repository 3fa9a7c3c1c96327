"""Reads a feed of others: RSS and Atom by feedparser, JSON Feed as its specification says."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from html import escape
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml.html import fromstring

from digest.addresses import is_web_address
from digest.attributes import MOST_ATTRIBUTES, has_too_many_attributes
from digest.dates import parse_moment
from digest.encoding import UndecodableError, decode
from digest.models import Moment

MOST_ENTRIES = 1000  # of one feed: what a hostile one has beyond these is left alone
LONGEST_NAME = 300  # characters of a title, author or tag
MOST_KEYWORDS = 20
MOST_TAGS = 200_000  # of a feed: a tag that is never closed takes 36 µs, a thousand entries 50,000
LONGEST_HEAD = 2000  # characters before the first tag: declaration, style sheet, some entities
FIRST_TAG = re.compile(r"<\w")
GAP = re.compile(r"\s+")
DECLARATION = re.compile(r"<\?xml\s[^<>]*>")
WRITTEN = '<?xml version="1.0" encoding="utf-8"?>'
ENCODING = re.compile(r"""encoding\s{0,9}=\s{0,9}["']([\w:.-]{1,40})""")
CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})""", re.IGNORECASE)
JSON_FEED = "https://jsonfeed.org/version/1"


class NoFeedError(ValueError):
    """The text is no feed; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says about one article."""

    key: str
    """Its name in the feed: the same each time the feed is read."""
    url: str | None
    title: str | None = None
    author: tuple[str, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    html: str = ""
    """The text that the feed carries: all of the article, or its beginning."""

    @property
    def version(self) -> str:
        """Another one as soon as title, text or time of update are others."""
        told = f"{self.title}\0{self.updated}\0{self.html}"
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it was read, its entries in its own order, each once."""

    title: str | None
    entries: tuple[Entry, ...]


def read_feed(body: bytes, *, url: str, headers: Mapping[str, str]) -> Feed:
    """Return what a feed says; `url` is where it was found. Raises `NoFeedError`."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _read_json(body, url)
    parsed = _parse(_tidy_xml(body, headers.get("content-type", "")), url)
    if not parsed.get("version") and not parsed.entries:
        raise NoFeedError(f"it is no feed: {parsed.get('bozo_exception', 'nothing in it')}")
    language = _words(parsed.feed.get("language"))
    entries = (_read_entry(item, url, language) for item in parsed.entries[:MOST_ENTRIES])
    return Feed(title=_plain(parsed.feed.get("title")), entries=_each_once(entries))


def _parse(body: bytes, url: str) -> Any:
    """Return what feedparser reads; what an entry carries is cleaned later, like any page.

    Its own cleaning takes hours for a style without end. Where it fails (on odd links, with a
    KeyError), the other feeds should be read all the same.
    """
    # With these headers it knows the encoding and the base of relative addresses.
    known = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        return feedparser.parse(
            body, response_headers=known, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        raise NoFeedError(f"it is no feed that can be read: {error!r}") from error


def _tidy_xml(body: bytes, content_type: str) -> bytes:
    """Return XML in UTF-8 whose first tag starts a line, with short gaps before it.

    feedparser looks there for declarations with patterns that take the cube of the time (25 kB
    took 30 seconds), and trusts the names of encodings. Raises `NoFeedError` for what is no XML.
    """
    told = CHARSET.search(content_type) or ENCODING.search(body[:LONGEST_HEAD].decode("latin-1"))
    try:
        text = decode(body, label=told[1] if told else "")
    except UndecodableError as error:
        raise NoFeedError(f"it is no feed: {error}") from error
    first = FIRST_TAG.search(text)
    if first is None or first.start() > LONGEST_HEAD:
        raise NoFeedError("it is no feed: it does not begin like XML")
    head = DECLARATION.sub("", text[: first.start()])
    if text.count("<") > MOST_TAGS:
        raise NoFeedError(f"it has more than {MOST_TAGS:,} tags")
    if has_too_many_attributes(text):
        raise NoFeedError(f"a tag of it has more than {MOST_ATTRIBUTES:,} attributes")
    lines = GAP.sub(lambda gap: "\n" if "\n" in gap[0] else " ", f"{WRITTEN}\n{head}\n")
    return (lines + text[first.start() :]).encode("utf-8", "replace")


def _read_entry(item: Any, base: str, language: str | None) -> Entry:
    content = next((c.value for c in item.get("content", ()) if c.get("value")), "")
    address = _address(item.get("link"), base)
    title = _plain(item.get("title"))
    return Entry(
        key=_key(item.get("id"), address, title),
        url=address,
        title=title,
        author=_names(a.get("name") for a in item.get("authors", ())),
        published=_told(item, "published"),
        updated=_told(item, "updated"),
        tags=_names(tag.get("term") for tag in item.get("tags", ()))[:MOST_KEYWORDS],
        language=language,
        html=content or item.get("summary") or "",  # feedparser knows empty ones as None
    )


def _read_json(body: bytes, url: str) -> Feed:
    """Return a JSON Feed (version 1 and 1.1, https://www.jsonfeed.org/version/1.1/)."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoFeedError(f"it is no JSON: {error}") from error
    if not str(told.get("version", "")).startswith(JSON_FEED):
        raise NoFeedError("it is JSON, but no JSON Feed")
    items = [item for item in _list(told.get("items")) if isinstance(item, dict)]
    entries = (_read_item(item, url, _words(told.get("language"))) for item in items[:MOST_ENTRIES])
    return Feed(title=_words(told.get("title")), entries=_each_once(entries))


def _read_item(item: Mapping[str, Any], base: str, language: str | None) -> Entry:
    address = _address(item.get("url") or item.get("external_url"), base)
    title = _words(item.get("title"))
    authors = [*_list(item.get("authors")), item.get("author")]  # the latter in version 1
    plain = "".join(f"<p>{escape(p)}</p>" for p in str(item.get("content_text") or "").split("\n"))
    return Entry(
        key=_key(item.get("id"), address, title),
        url=address,
        title=title,
        author=_names(a.get("name") for a in authors if isinstance(a, dict)),
        published=_moment(item.get("date_published")),
        updated=_moment(item.get("date_modified")),
        tags=_names(_list(item.get("tags")))[:MOST_KEYWORDS],
        language=_words(item.get("language")) or language,
        html=str(item.get("content_html") or plain or item.get("summary") or ""),
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _words(value: object) -> str | None:
    """Return text on one line, printable and of bounded length; `None` where there is none."""
    if not isinstance(value, str):
        return None
    words = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return words[:LONGEST_NAME] or None


def _plain(value: object) -> str | None:
    """Return the text of a title, which may be HTML."""
    words = _words(value)
    if not words or not ("<" in words or "&" in words):
        return words
    return _words("".join(map(str, fromstring(f"<p>{words}</p>").itertext())))


def _names(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for value in values if (name := _words(value))))


def _address(value: object, base: str) -> str | None:
    """Return the whole address of a page, or `None` for anything that is none."""
    try:
        address = urljoin(base, str(value).strip()) if value else ""
    except ValueError:
        return None
    return address if is_web_address(address) else None


def _key(name: object, address: str | None, title: str | None) -> str:
    """Return what an entry is known by; a hash, as feeds write whole paragraphs there."""
    known = str(name or address or title)
    return blake2b(known.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _moment(text: object) -> Moment | None:
    return parse_moment(text) if isinstance(text, str) else None


def _told(item: Any, key: str) -> Moment | None:
    """Return a moment of ISO 8601, else what feedparser made of another form, in UTC."""
    if key not in item:  # `get` would answer with another key, and warn
        return None
    parsed = item.get(f"{key}_parsed") or ()
    try:
        return _moment(item[key]) or datetime(*map(int, parsed[:6]), tzinfo=UTC)  # type: ignore[misc, arg-type]  # six numbers, or TypeError
    except (TypeError, ValueError):
        return None


def _each_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.key: entry for entry in entries}.values())
