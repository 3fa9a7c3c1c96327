"""What feeds say, whatever their format: plain values, safe for XML, without a clock."""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import NamedTuple

from digest.body import Links, UnknownError, render_short
from digest.briefs import Brief
from digest.models import Moment, Site, StoryFile
from digest.shelves import address_of

# A picture of the digest, at most 144 pixels wide as RSS asks; templates/static/ can replace it.
ICON = "static/icon.png"

KEPT = {"href", "cite", "lang"}
NAMED = "\xa0"  # a blank that lxml writes by its name
# Addresses that lxml writes as they are (RFC 2396, section 2.3, and what separates their parts).
PLAIN = re.compile(r"[A-Za-z0-9\-_.!~*'()@/:=?;#%&,+]*")

# What XML 1.0 (section 2.2) has no way to write.
NOT_XML = dict.fromkeys([*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
for _allowed in "\t\n\r":
    del NOT_XML[ord(_allowed)]


class Item(NamedTuple):
    """A story, or whatever else a feed tells."""

    guid: str
    title: str
    url: str
    lead: str
    """Plain text."""
    html: str
    authors: tuple[str, ...] = ()
    source: tuple[str, str] | None = None
    """The publisher's name and the address of its article, where the item has one article."""
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says of itself."""

    title: str
    description: str
    guid: str
    url: str
    """Of the page that tells the same."""
    root: str
    """The way from the feed to the site's root, for its style: `../../`."""
    updated: datetime | None = None
    """When the newest of its items was published or updated, if any is dated."""


def make_item(file: StoryFile, brief: Brief, links: Links, *, site: Site) -> Item:
    """Return a story as an item: all of its text, its links (see `find_links`) whole."""
    story = file.story
    url = site.base_url + address_of(story.slug)
    only = story.articles[0] if len(story.articles) == 1 else None
    return Item(
        guid=story.guid,
        title=clean(story.title),
        url=url,
        lead=clean(story.summary[0].text if story.summary else story.title),
        html=render_for_readers(file.body, replace(links, page=url)),
        authors=tuple(dict.fromkeys(clean(a) for ref in story.articles for a in ref.author)),
        source=(clean(only.source), only.url) if only and only.source and only.url else None,
        tags=tuple(map(clean, story.tags)),
        published=as_time(story.published) if story.published else None,
        updated=as_time(brief.changed) if brief.changed else None,
    )


def render_for_readers(body: str, links: Links) -> str:
    """Return a body as HTML with those attributes only that feed readers keep."""
    try:
        if NAMED in body or not all(map(PLAIN.fullmatch, (links.page, *links.passages.values()))):
            raise UnknownError
        return render_short(body, replace(links, bare=True))
    except UnknownError:
        from digest.body.full import render_any  # and markdown-it, which most builds do without

        return keep_for_readers(clean(render_any(body, links)))


def keep_for_readers(page: str) -> str:
    """Return HTML with those attributes only that feed readers keep."""
    from lxml import html  # for the same reason

    root = html.fragment_fromstring(page, create_parent="div")
    for element in root.iter():
        for name in set(element.attrib) - KEPT:
            del element.attrib[name]
    return "".join(html.tostring(child, encoding="unicode") for child in root)


def pack_item(item: Item) -> str:
    """Return an item as JSON."""
    return json.dumps(item._asdict(), ensure_ascii=False, default=datetime.isoformat)


def unpack_item(text: str) -> Item:
    """Return the item that `pack_item` packed."""
    fields = json.loads(text)
    for name in ("published", "updated"):
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    for name in ("authors", "tags", "source"):
        fields[name] = tuple(fields[name]) if fields[name] is not None else None
    return Item(**fields)


def as_time(moment: Moment) -> datetime:
    """Return an aware time: a day counts from its start in UTC (RFC 822 knows no bare days)."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), UTC)


def clean(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return text.translate(NOT_XML)
