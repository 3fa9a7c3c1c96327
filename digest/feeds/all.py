"""Lays out the feeds: which there are, at which address, with which stories."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import escape
from itertools import groupby, islice
from typing import Literal
from urllib.parse import urlsplit

from digest.briefs import Brief
from digest.feeds.items import Channel, Item, as_time, clean, pick, unpack_item
from digest.feeds.other import write_json, write_opml
from digest.feeds.xml import write_atom, write_rss, write_rss_item
from digest.models import FeedOptions, File, Site
from digest.say import say, say_day
from digest.shelves import FEED, Shelves, address_of

ATOM, JSON, OPML = "atom.xml", "feed.json", "feeds.opml"
EDITIONS, CORRECTIONS = "editions/", "corrections/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that is still to be written."""

    path: str
    kind: Literal["rss", "atom", "json", "editions"]
    channel: Channel
    stories: tuple[str, ...] = ()
    """The slugs of the stories that it tells."""
    items: tuple[Item, ...] = ()
    """What else it tells."""


def plan_feeds(shelves: Shelves, *, site: Site, options: FeedOptions) -> Iterator[Feed]:
    """Yield all feeds."""
    newest = pick(shelves.stories, options.items)
    yield _feed(ATOM, "atom", _channel(site, "", None, newest), newest)
    yield _feed(JSON, "json", _channel(site, "", None, newest), newest)
    yield _feed(FEED, "rss", _channel(site, "", None, newest), newest)
    for shelf in shelves.with_feeds():
        picked = pick(shelf.stories, options.items)
        channel = _channel(site, shelf.address, shelf.name, picked)
        yield _feed(shelf.address + FEED, "rss", channel, picked)
    yield _corrections(shelves.stories, site, options)
    if options.editions:
        dated = _newest_days(shelves.stories, options.items)
        channel = _channel(site, EDITIONS, say(site.language, "editions"), dated)
        yield _feed(EDITIONS + FEED, "editions", channel, dated)


def write_feed(feed: Feed, entries: Sequence[str], *, site: Site, options: FeedOptions) -> File:
    """Return a feed as a file.

    `entries` holds its stories: as parts of RSS for a feed of the kind `rss`, else as packed items.
    """
    address = site.base_url + feed.path
    items = [*feed.items, *(unpack_item(e) for e in entries if feed.kind != "rss")]
    if feed.kind == "atom":
        data = write_atom(feed.channel, items, site=site, address=address, hub=options.hub)
    elif feed.kind == "json":
        data = write_json(feed.channel, items, site=site, address=address, hub=options.hub)
    else:
        days = _editions(items, site) if feed.kind == "editions" else items
        parts = [*entries] if feed.kind == "rss" else []
        parts += (write_rss_item(item) for item in days)
        data = write_rss(
            feed.channel, parts, site=site, address=address, hub=options.hub, ttl=options.ttl
        )
    return File(path=feed.path, data=data)


def list_feeds(feeds: Iterable[Feed], *, site: Site) -> File:
    """Return the list of all RSS feeds, for feed readers."""
    channels = [(feed.path, feed.channel) for feed in feeds if feed.path not in (ATOM, JSON)]
    listed = ((c.title, site.base_url + path, c.url) for path, c in channels)
    return File(path=OPML, data=write_opml(listed, title=site.title))


def _feed(
    path: str,
    kind: Literal["rss", "atom", "json", "editions"],
    channel: Channel,
    stories: Iterable[Brief],
) -> Feed:
    return Feed(path=path, kind=kind, channel=channel, stories=tuple(s.slug for s in stories))


def _channel(site: Site, folder: str, name: str | None, stories: Iterable[Brief]) -> Channel:
    """Return the feed that lies in a folder; without a name, that of the whole site."""
    title = say(site.language, "feed_of", title=site.title, name=name) if name else site.title
    changes = (as_time(story.changed) for story in stories if story.changed)
    return Channel(
        title=clean(title),
        description=clean(site.description),
        guid=f"tag:{urlsplit(site.base_url).hostname},2026:{folder}feed",
        url=site.base_url + folder,
        root="../" * folder.count("/"),
        updated=max(changes, default=None),
    )


def _corrections(stories: Iterable[Brief], site: Site, options: FeedOptions) -> Feed:
    """Return a feed of what was put right, an item for each correction."""
    items = [item for story in stories for item in _corrections_of(story, site)]
    items.sort(key=lambda item: (item.published, item.guid), reverse=True)
    items = items[: options.items]
    channel = _channel(site, CORRECTIONS, say(site.language, "corrections"), [])
    updated = max((item.updated for item in items if item.updated), default=None)
    return Feed(
        path=CORRECTIONS + FEED,
        kind="rss",
        channel=replace(channel, updated=updated),
        items=tuple(items),
    )


def _corrections_of(story: Brief, site: Site) -> Iterator[Item]:
    for number, (moment, words) in enumerate(story.corrections, 1):
        text = clean(words)
        yield Item(
            guid=f"{story.guid}#correction-{number}",
            title=clean(story.title),
            url=site.base_url + address_of(story.slug),
            lead=text,
            html=f"<p>{escape(text)}</p>",
            published=as_time(moment),
            updated=as_time(moment),
        )


def _newest_days(newest_first: Iterable[Brief], limit: int) -> list[Brief]:
    """Return the dated stories of the newest days."""
    dated = (story for story in newest_first if story.published)
    days = groupby(dated, key=lambda story: _day(as_time(story.published or date.min)))
    return [story for _, held in islice(days, limit) for story in held]


def _editions(items: Iterable[Item], site: Site) -> list[Item]:
    """Return one item a day that holds that day's stories."""
    days = groupby(items, key=lambda item: _day(item.published or as_time(date.min)))
    return [_edition(day, list(held), site) for day, held in days]


def _edition(day: date, items: Sequence[Item], site: Site) -> Item:
    name = say_day(site.language, day)
    parts = (f'<h2><a href="{escape(i.url)}">{escape(i.title)}</a></h2>\n{i.html}' for i in items)
    return Item(
        guid=f"tag:{urlsplit(site.base_url).hostname},2026:edition/{day.isoformat()}",
        title=clean(f"{site.title}, {name}"),
        url=f"{site.base_url}archive/{day:%Y/%m}/",
        lead="; ".join(item.title for item in items),
        html="\n".join(parts),
        published=as_time(day),
        updated=max(item.updated for item in items if item.updated),
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
