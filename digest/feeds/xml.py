"""Writes RSS 2.0 and Atom with feedgen, and puts right what feedgen cannot.

feedgen stamps the time of the build, prepends entries, leaves out `rel` of an entry's links and
every link of an RSS channel but its own, and writes an author in RSS only with a mail address.
It is to be used in the main thread: while it writes dates, it switches the process's locale.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from digest.feeds.items import ICON, Channel, Item, clean
from digest.models import Site

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# As feedgen declares them for a whole feed.
RSS_NAMESPACES: Any = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
# Lines of a feed that is printed with two blanks for each level.
START_OF_ITEM, END_OF_ITEM = "    <item>\n", "    </item>\n"
END_OF_CHANNEL = "  </channel>\n"
DOCS = "https://www.rssboard.org/rss-specification"
RSS_TYPE, ATOM_TYPE = "application/rss+xml", "application/atom+xml"

# Atom demands `updated` of each entry and of the feed (RFC 4287, 4.1.1 and 4.1.2); an undated
# story has none, and the time of the build would make it look new with each one.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def write_rss(
    channel: Channel,
    items: Sequence[str],
    *,
    site: Site,
    address: str,
    hub: str | None = None,
    ttl: int | None = None,
) -> bytes:
    """Return an RSS 2.0 feed after the RSS Advisory Board's best-practices profile.

    `items` are those of `write_rss_item`, `address` is that of the feed itself, `hub` that of a
    WebSub hub, `ttl` minutes. A feed without dated items has no `lastBuildDate`.
    """
    feed = _start(channel, site=site, address=address, media_type=RSS_TYPE)
    feed.load_extension("dc", atom=False)
    feed.docs(DOCS)
    feed.image(url=site.base_url + ICON, title=channel.title, link=channel.url)
    if channel.updated:
        feed.lastBuildDate(channel.updated)
    if ttl is not None:
        feed.ttl(str(ttl))
    tree = _parse(feed.rss_str())
    if not channel.updated:
        _drop(tree, "channel/lastBuildDate")
    if hub:
        own = tree.find(f"channel/{ATOM}link")
        own.addnext(etree.Element(f"{ATOM}link", href=hub, rel="hub"))
    head, end, tail = _print(tree, channel).decode().rpartition(END_OF_CHANNEL)
    return "".join((head, *items, end, tail)).encode()


def write_rss_item(item: Item) -> str:
    """Return an item as it stands in each RSS feed that holds it. An undated one has no `pubDate`.

    It is written once, however many feeds hold the story: feedgen takes 0.1 ms for each.
    """
    entry = FeedEntry()
    entry.load_extension("dc", atom=False)
    _fill_rss_entry(entry, item)
    rss = etree.Element("rss", nsmap=RSS_NAMESPACES)
    etree.SubElement(rss, "channel").append(entry.rss_entry())
    etree.indent(rss)
    _, begin, rest = etree.tostring(rss, encoding="UTF-8").decode().partition(START_OF_ITEM)
    return begin + rest.rpartition(END_OF_ITEM)[0] + END_OF_ITEM


def write_atom(
    channel: Channel, items: Iterable[Item], *, site: Site, address: str, hub: str | None = None
) -> bytes:
    """Return an Atom feed (RFC 4287); `address` is that of the feed, `hub` that of a WebSub hub."""
    feed = _start(channel, site=site, address=address, media_type=ATOM_TYPE)
    feed.id(channel.guid)
    feed.subtitle(channel.description)
    feed.icon(site.base_url + ICON)
    feed.author({"name": clean(site.author or site.title)})
    feed.updated(channel.updated or UNDATED)
    if hub:
        feed.link(href=hub, rel="hub", replace=False)
    for item in items:
        _add_atom_entry(feed, item)
    tree = _parse(feed.atom_str())
    tree.set(LANGUAGE, site.language)
    for link in tree.iterfind(f"{ATOM}entry/{ATOM}link"):
        link.set("rel", "alternate")
        link.set("type", "text/html")
    return _print(tree, channel)


def _start(channel: Channel, *, site: Site, address: str, media_type: str) -> Any:
    feed = FeedGenerator()
    feed.title(channel.title)
    feed.description(channel.description)
    feed.language(site.language)
    if site.license:
        feed.rights(clean(site.license))
    feed.generator("digest")
    feed.link(href=address, rel="self", type=media_type)
    # The last link is the one that feedgen takes for the channel's own.
    feed.link(href=channel.url, rel="alternate", type="text/html")
    return feed


def _fill_rss_entry(entry: Any, item: Item) -> None:
    entry.guid(item.guid, permalink=False)
    entry.title(item.title)
    entry.link(href=item.url)
    entry.description(escape(item.lead, quote=False))  # readers take it for HTML
    entry.content(item.html, type="CDATA")
    for tag in item.tags:
        entry.category(term=tag)
    if item.authors:
        entry.dc.dc_creator(list(item.authors))
    if item.source:
        entry.source(title=item.source[0], url=item.source[1])
    if item.published:
        entry.pubDate(item.published)


def _add_atom_entry(feed: Any, item: Item) -> None:
    entry = feed.add_entry(order="append")
    entry.id(item.guid)
    entry.title(item.title)
    entry.link(href=item.url)
    entry.summary(item.lead)
    entry.content(item.html, type="html")
    for tag in item.tags:
        entry.category(term=tag)
    for name in item.authors:
        entry.author({"name": name})
    entry.updated(item.updated or UNDATED)
    if item.published:
        entry.published(item.published)


def _parse(xml: bytes) -> Any:
    return etree.fromstring(xml, etree.XMLParser(strip_cdata=False, resolve_entities=False))


def _drop(tree: Any, path: str) -> None:
    for element in tree.findall(path):
        element.getparent().remove(element)


def _print(tree: Any, channel: Channel) -> bytes:
    """Return the bytes of a feed, with a style for people who open it in a browser."""
    style = etree.ProcessingInstruction(
        "xml-stylesheet", f'type="text/css" href="{channel.root}static/feed.css"'
    )
    tree.addprevious(style)
    etree.indent(tree)
    document = tree.getroottree()
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8") + b"\n"
