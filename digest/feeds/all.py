"""Lays out the feeds: which there are, at which address, with which stories."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from digest.feeds.items import Channel, Item, as_time, clean, make_items, pick
from digest.feeds.other import write_json, write_opml
from digest.feeds.xml import write_atom, write_rss
from digest.models import FeedOptions, File, Site, StoryFile
from digest.say import say, say_day
from digest.shelves import FEED, Shelves, address_of

ATOM, JSON, OPML = "atom.xml", "feed.json", "feeds.opml"
EDITIONS, CORRECTIONS = "editions/", "corrections/"


def render_feeds(shelves: Shelves, *, site: Site, options: FeedOptions) -> Iterator[File]:
    """Yield all feeds, and the list of them for feed readers."""
    label = say(site.language, "original")
    items = make_items(shelves.stories, site=site, label=label)
    everything = _channel(site, "", None, pick(items, shelves.stories, options.items))
    yield File(
        path=ATOM,
        data=write_atom(everything, site=site, address=site.base_url + ATOM, hub=options.hub),
    )
    yield File(
        path=JSON,
        data=write_json(everything, site=site, address=site.base_url + JSON, hub=options.hub),
    )
    channels = [("", everything), *_shelf_channels(shelves, items, site, options)]
    channels.append((CORRECTIONS, _corrections(shelves.stories, site, options)))
    if options.editions:
        channels.append((EDITIONS, _editions(shelves.stories, items, site, options)))
    for folder, channel in channels:
        address = site.base_url + folder + FEED
        data = write_rss(channel, site=site, address=address, hub=options.hub, ttl=options.ttl)
        yield File(path=folder + FEED, data=data)
    listed = ((c.title, site.base_url + folder + FEED, c.url) for folder, c in channels)
    yield File(path=OPML, data=write_opml(listed, title=site.title))


def _channel(site: Site, folder: str, name: str | None, items: Sequence[Item]) -> Channel:
    """Return the feed that lies in a folder; without a name, that of the whole site."""
    title = say(site.language, "feed_of", title=site.title, name=name) if name else site.title
    return Channel(
        title=clean(title),
        description=clean(site.description),
        guid=f"tag:{urlsplit(site.base_url).hostname},2026:{folder}feed",
        url=site.base_url + folder,
        root="../" * folder.count("/"),
        items=tuple(items),
    )


def _shelf_channels(
    shelves: Shelves, items: Mapping[str, Item], site: Site, options: FeedOptions
) -> Iterator[tuple[str, Channel]]:
    """Yield, by folder, the feed of each topic, person and source."""
    for shelf in shelves.with_feeds():
        picked = pick(items, shelf.stories, options.items)
        yield shelf.address, _channel(site, shelf.address, shelf.name, picked)


def _corrections(stories: Iterable[StoryFile], site: Site, options: FeedOptions) -> Channel:
    """Return a feed of what was put right, an item for each correction."""
    items = [item for file in stories for item in _corrections_of(file, site)]
    items.sort(key=lambda item: (item.published, item.guid), reverse=True)
    name = say(site.language, "corrections")
    return _channel(site, CORRECTIONS, name, items[: options.items])


def _corrections_of(file: StoryFile, site: Site) -> Iterator[Item]:
    for number, correction in enumerate(file.story.corrections, 1):
        text = clean(correction.text)
        moment = as_time(correction.date)
        yield Item(
            guid=f"{file.story.guid}#correction-{number}",
            title=clean(file.story.title),
            url=site.base_url + address_of(file.story),
            lead=text,
            html=f"<p>{escape(text)}</p>",
            published=moment,
            updated=moment,
        )


def _editions(
    stories: Iterable[StoryFile], items: Mapping[str, Item], site: Site, options: FeedOptions
) -> Channel:
    """Return a feed with one item a day that holds that day's stories."""
    dated = [file for file in stories if file.story.published]
    days = [
        _edition(day, [items[file.story.slug] for file in files], site)
        for day, files in groupby(dated, key=_day)
    ]
    return _channel(site, EDITIONS, say(site.language, "editions"), days[: options.items])


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


def _day(file: StoryFile) -> date:
    published = as_time(file.story.published or date.min)
    return published.astimezone(UTC).date()
