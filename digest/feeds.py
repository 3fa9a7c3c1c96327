"""Renders the feeds: the newest stories as RSS 2.0, of all and of each shelf."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from feedgen.feed import FeedGenerator
from lxml import etree

from digest.body import Links, render_body
from digest.dates import moment_key
from digest.models import File, Moment, Site, StoryFile
from digest.shelves import FEED, Shelf, Shelves, address_of

# What XML 1.0 (section 2.2) has no way to write.
NOT_XML = dict.fromkeys([*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
for _allowed in "\t\n\r":
    del NOT_XML[ord(_allowed)]


def render_feeds(shelves: Shelves, *, site: Site, items: int) -> Iterator[File]:
    """Yield the feed of all stories, and one for each topic, person and source."""
    yield render_rss(shelves.stories[:items], site=site)
    for shelf in shelves.with_feeds():
        yield render_rss(shelf.stories[:items], site=site, shelf=shelf)


def render_rss(
    newest_first: Sequence[StoryFile], *, site: Site, shelf: Shelf | None = None
) -> File:
    """Return an RSS 2.0 feed of stories in their order, each with its whole text as content.

    Nothing in it depends on the clock: an undated story has no `pubDate`, and a feed without
    dated stories no `lastBuildDate`.
    """
    folder = shelf.address if shelf else ""
    feed = FeedGenerator()
    feed.title(_clean(f"{site.title}: {shelf.name}" if shelf else site.title))
    feed.link(href=site.base_url + folder + FEED, rel="self", type="application/rss+xml")
    # The last link is the one that feedgen takes for the channel's own.
    feed.link(href=site.base_url + folder, rel="alternate")
    feed.description(_clean(site.description))
    feed.language(site.language)
    feed.docs("https://www.rssboard.org/rss-specification")
    for story_file in newest_first:
        _add_entry(feed, story_file, site)
    built = _newest(newest_first)
    if built:
        # Without this, feedgen stamps the time of the build and no two builds are equal.
        feed.lastBuildDate(_as_time(built))
    data = _without_clock(feed.rss_str(pretty=True), dated=bool(built))
    return File(path=folder + FEED, data=data)


def _add_entry(feed: FeedGenerator, story_file: StoryFile, site: Site) -> None:
    story = story_file.story
    address = site.base_url + address_of(story)
    entry = feed.add_entry(order="append")  # feedgen prepends by default
    entry.guid(story.guid, permalink=False)
    entry.title(_clean(story.title))
    entry.link(href=address)
    entry.description(_clean(story.summary[0].text if story.summary else story.title))
    entry.content(_clean(render_body(story_file.body, Links(page=address))), type="CDATA")
    for tag in story.tags:
        entry.category(term=_clean(tag))
    if story.published:
        entry.pubDate(_as_time(story.published))


def _newest(story_files: Sequence[StoryFile]) -> Moment | None:
    moments = [file.story.updated or file.story.published for file in story_files]
    return max(filter(None, moments), key=moment_key, default=None)


def _as_time(moment: Moment) -> datetime:
    """Return an aware time: a day counts from its start in UTC (RFC 822 knows no bare days)."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), UTC)


def _clean(text: str) -> str:
    return text.translate(NOT_XML)


def _without_clock(rss: bytes, *, dated: bool) -> bytes:
    """Return the feed without the time of the build, which feedgen always writes."""
    if dated:
        return rss
    tree = etree.fromstring(rss, etree.XMLParser(strip_cdata=False, resolve_entities=False))
    for stamp in tree.findall("channel/lastBuildDate"):
        tree[0].remove(stamp)
    return etree.tostring(tree, pretty_print=True, xml_declaration=True, encoding="UTF-8")
