"""Lays out the feeds: which there are, at which address, with which stories."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from itertools import groupby, islice
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from digest.briefs import Brief
from digest.dates import parse_moment
from digest.feeds.items import Channel, Item, as_time, clean, unpack_item
from digest.feeds.other import write_json, write_opml
from digest.feeds.rss import write_rss, write_rss_item
from digest.models import FeedOptions, File, Moment, Site
from digest.say import say, say_day
from digest.shelves import FEED, Card, Label, Shelf, address_of

ATOM, JSON, OPML = "atom.xml", "feed.json", "feeds.opml"
EDITIONS, CORRECTIONS = "editions/", "corrections/"

Kind: TypeAlias = Literal["rss", "atom", "json", "editions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that is still to be written."""

    path: str
    kind: Kind
    channel: Channel
    stories: tuple[str, ...] = ()
    """The slugs of the stories that it tells."""
    items: tuple[Item, ...] = ()
    """What else it tells."""


def plan_feeds(newest: Sequence[Brief], *, site: Site) -> Iterator[Feed]:
    """Yield the feeds of all stories, in each format; `newest` are those that they tell."""
    channel = _channel(site, "", None, [story.changed for story in newest])
    kinds: tuple[tuple[str, Kind], ...] = ((ATOM, "atom"), (JSON, "json"), (FEED, "rss"))
    for path, kind in kinds:
        yield Feed(path=path, kind=kind, channel=channel, stories=_slugs(newest))


def plan_shelf_feed(shelf: Shelf, *, site: Site, options: FeedOptions) -> Feed:
    """Return the feed of a topic, a person or a source."""
    label, cards = shelf.label, shelf.cards[: options.items]
    changes = [parse_moment(card.changed) for card in cards if card.changed]
    channel = _channel(site, label.address, label.name, changes)
    return Feed(path=label.address + FEED, kind="rss", channel=channel, stories=_slugs(cards))


def plan_correction_feed(corrected: Iterable[Brief], *, site: Site, options: FeedOptions) -> Feed:
    """Return a feed of what was put right, an item for each correction."""
    items = [item for story in corrected for item in _corrections_of(story, site)]
    items.sort(key=lambda item: (item.published, item.guid), reverse=True)
    items = items[: options.items]
    name = say(site.language, "corrections")
    channel = _channel(site, CORRECTIONS, name, [item.updated for item in items])
    return Feed(path=CORRECTIONS + FEED, kind="rss", channel=channel, items=tuple(items))


def plan_edition_feed(newest_first: Iterable[Brief], *, site: Site, options: FeedOptions) -> Feed:
    """Return a feed with one item for each day."""
    dated = _newest_days(newest_first, options.items)
    changes = [story.changed for story in dated]
    channel = _channel(site, EDITIONS, say(site.language, "editions"), changes)
    return Feed(path=EDITIONS + FEED, kind="editions", channel=channel, stories=_slugs(dated))


def write_feed(feed: Feed, entries: Sequence[str], *, site: Site, options: FeedOptions) -> File:
    """Return a feed as a file.

    `entries` holds its stories: as parts of RSS for a feed of the kind `rss`, else as packed items.
    """
    address = site.base_url + feed.path
    items = [*feed.items, *(unpack_item(e) for e in entries if feed.kind != "rss")]
    if feed.kind == "atom":
        from digest.feeds.xml import write_atom  # and feedgen, which most changes do without

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


def list_feeds(labels: Iterable[Label], *, site: Site, options: FeedOptions) -> File:
    """Return the list of all RSS feeds, for feed readers; `labels` are of shelves that have one."""
    named: list[tuple[str, str | None]] = [("", None)]
    named += ((label.address, label.name) for label in labels)
    named += [(CORRECTIONS, say(site.language, "corrections"))]
    named += [(EDITIONS, say(site.language, "editions"))] if options.editions else []
    channels = (_channel(site, folder, name, ()) for folder, name in named)
    listed = ((c.title, c.url + FEED, c.url) for c in channels)
    return File(path=OPML, data=write_opml(listed, title=site.title))


def _slugs(stories: Iterable[Brief] | Iterable[Card]) -> tuple[str, ...]:
    return tuple(story.slug for story in stories)


def _channel(
    site: Site, folder: str, name: str | None, changes: Iterable[Moment | None]
) -> Channel:
    """Return the feed that lies in a folder; without a name, that of the whole site."""
    title = say(site.language, "feed_of", title=site.title, name=name) if name else site.title
    return Channel(
        title=clean(title),
        description=clean(site.description),
        guid=f"tag:{urlsplit(site.base_url).hostname},2026:{folder}feed",
        url=site.base_url + folder,
        root="../" * folder.count("/"),
        updated=max((as_time(moment) for moment in changes if moment), default=None),
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
