"""The room of one feed: whether readers and programs can subscribe to it.

RSS 2.0 and Atom (RFC 4287) and JSON Feed 1.1 are read into one shape, which the rules look at.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from digest.addresses import is_web_address
from digest.check.findings import ERROR, WARNING, Hit, Rule, apply
from digest.check.links import Seen, read_link

ATOM = "{http://www.w3.org/2005/Atom}"
RSS, ATOM_FEED, JSON_FEED = "rss", f"{ATOM}feed", "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed."""

    id: str | None
    title: str | None
    link: str | None
    dates: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What matters of a feed, or why it cannot be read."""

    path: str
    base_url: str
    kind: str = ""
    title: str | None = None
    link: str | None = None
    own: str | None = None
    """The address that it gives as its own."""
    missing: tuple[str, ...] = ()
    """What its format demands besides."""
    items: tuple[Item, ...] = ()
    broken: str | None = None
    line: int | None = None


def check_feed(path: str, data: bytes, *, base_url: str) -> Seen | None:
    """Return what is seen in a feed; `None` if the file is something else."""
    feed = read_feed(path, data, base_url=base_url)
    if feed is None:
        return None
    leading = [(feed.link, None), *((item.link, item.line) for item in feed.items)]
    links = (
        read_link(link, address="", base_url=base_url, line=line)
        for link, line in leading
        if link and is_web_address(link)
    )
    return Seen(
        path=path,
        links=tuple(dict.fromkeys(link for link in links if link)),
        findings=tuple(apply(RULES, feed)),
    )


def read_feed(path: str, data: bytes, *, base_url: str) -> Feed | None:
    """Return what matters of a feed; `None` if the file is something else."""
    if path.endswith(".json"):
        return _read_json(path, data, base_url)
    try:
        root = parse_xml(data)
    except etree.XMLSyntaxError as error:
        problem = str(error.msg).partition(", line ")[0]
        return Feed(path=path, base_url=base_url, broken=problem, line=error.lineno)
    if root.tag == RSS:
        return _read_rss(path, root, base_url)
    return _read_atom(path, root, base_url) if root.tag == ATOM_FEED else None


def parse_xml(data: bytes) -> Any:
    """Return the root of XML, of which nothing is loaded or expanded. Raises `XMLSyntaxError`."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _read_rss(path: str, root: Any, base_url: str) -> Feed:
    channel = root.find("channel")
    if channel is None:
        return Feed(path=path, base_url=base_url, broken="there is no channel", line=1)
    items = tuple(
        Item(
            id=item.findtext("guid") or None,
            title=item.findtext("title") or item.findtext("description") or None,
            link=item.findtext("link") or None,
            dates=tuple(date.text or "" for date in item.iterfind("pubDate")),
            line=item.sourceline,
        )
        for item in channel.iterfind("item")
    )
    own = channel.find(f"{ATOM}link[@rel='self']")
    return Feed(
        path=path,
        base_url=base_url,
        kind=RSS,
        title=channel.findtext("title"),
        link=channel.findtext("link"),
        own=own.get("href") if own is not None else None,
        missing=() if channel.findtext("description") else ("description",),
        items=items,
    )


def _read_atom(path: str, root: Any, base_url: str) -> Feed:
    items = tuple(
        Item(
            id=entry.findtext(f"{ATOM}id") or None,
            title=entry.findtext(f"{ATOM}title") or None,
            link=_atom_link(entry, "alternate"),
            dates=tuple(
                entry.findtext(ATOM + name) or ""
                for name in ("updated", "published")
                if name == "updated" or entry.find(ATOM + name) is not None
            ),
            line=entry.sourceline,
        )
        for entry in root.iterfind(f"{ATOM}entry")
    )
    return Feed(
        path=path,
        base_url=base_url,
        kind=ATOM_FEED,
        title=root.findtext(f"{ATOM}title"),
        link=_atom_link(root, "alternate"),
        own=_atom_link(root, "self"),
        missing=tuple(name for name in ("id", "updated") if not root.findtext(ATOM + name)),
        items=items,
    )


def _atom_link(element: Any, rel: str) -> str | None:
    links = (
        link for link in element.iterfind(f"{ATOM}link") if link.get("rel", "alternate") == rel
    )
    return next((link.get("href") for link in links), None)


def _read_json(path: str, data: bytes, base_url: str) -> Feed | None:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        problem, line = getattr(error, "msg", str(error)), getattr(error, "lineno", None)
        return Feed(path=path, base_url=base_url, broken=problem, line=line)
    if not isinstance(feed, dict) or "items" not in feed:
        return None
    items = feed["items"] if isinstance(feed["items"], list) else []
    return Feed(
        path=path,
        base_url=base_url,
        kind=JSON_FEED,
        title=_text(feed, "title"),
        link=_text(feed, "home_page_url"),
        own=_text(feed, "feed_url"),
        missing=() if _text(feed, "version") else ("version",),
        items=tuple(_read_item(item if isinstance(item, dict) else {}) for item in items),
    )


def _read_item(item: Mapping[str, Any]) -> Item:
    return Item(
        id=_text(item, "id"),
        title=_text(item, "title") or _text(item, "content_html") or _text(item, "content_text"),
        link=_text(item, "url"),
        dates=tuple(str(item[k]) for k in ("date_published", "date_modified") if k in item),
    )


def _text(told: Mapping[str, Any], key: str) -> str | None:
    value = told.get(key)
    return value if isinstance(value, str) and value else None


def find_broken(feed: Feed) -> Iterator[Hit]:
    """Yield a feed that is not well-formed."""
    if feed.broken:
        yield Hit(feed.path, f"it cannot be read: {feed.broken}", feed.line)


def find_lacking(feed: Feed) -> Iterator[Hit]:
    """Yield what the format demands of a feed and of its items."""
    if feed.broken:
        return
    named = {"title": feed.title, "link": feed.link}
    for name in (*(name for name, value in named.items() if not value), *feed.missing):
        yield Hit(feed.path, f"the feed has no {name}", feed.line)
    for item in feed.items:
        for name in ("id", "title"):
            if not getattr(item, name):
                yield Hit(feed.path, f"an item has no {name}", item.line)


def find_twice(feed: Feed) -> Iterator[Hit]:
    """Yield items with the id of another: subscribers see only one of them."""
    counts = Counter(item.id for item in feed.items if item.id)
    for id_, count in counts.items():
        if count > 1:
            lines = [item.line for item in feed.items if item.id == id_]
            yield Hit(feed.path, f"{count} items have the id {id_!r}", lines[1])


def find_relative(feed: Feed) -> Iterator[Hit]:
    """Yield links that mean nothing where feeds are read."""
    for link, line in [(feed.link, feed.line), *((item.link, item.line) for item in feed.items)]:
        if link and not is_web_address(link):
            yield Hit(feed.path, f"{link[:80]!r} is not a whole address", line)


def find_undatable(feed: Feed) -> Iterator[Hit]:
    """Yield dates that are not written as the format wants them."""
    read = _read_rfc822 if feed.kind == RSS else _read_rfc3339
    for item in feed.items:
        for told in item.dates:
            try:
                read(told)
            except (TypeError, ValueError):
                yield Hit(feed.path, f"{told[:40]!r} is not a date", item.line)


def find_moved(feed: Feed) -> Iterator[Hit]:
    """Yield a feed that is told to lie elsewhere: readers would leave it for that one."""
    if feed.own and feed.own != feed.base_url + feed.path:
        yield Hit(feed.path, f"it says that it lies at {feed.own}")


BUILD = "run digest build; if it stays, this is a bug"

RULES = (
    Rule("feed-broken", ERROR, find_broken, BUILD),
    Rule("feed-incomplete", ERROR, find_lacking, BUILD),
    Rule("feed-id-twice", ERROR, find_twice, BUILD),
    Rule("feed-link-relative", ERROR, find_relative, BUILD),
    Rule("feed-date-wrong", ERROR, find_undatable, BUILD),
    Rule("feed-moved", WARNING, find_moved, "run digest build"),
)


def _read_rfc822(text: str) -> datetime:
    return parsedate_to_datetime(text)


def _read_rfc3339(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if not moment.tzinfo or "T" not in text:
        raise ValueError(text)
    return moment
