"""What feeds say, whatever their format: plain values, safe for XML, without a clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from lxml import html

from digest.body import render_body
from digest.dates import moment_key
from digest.models import Moment, Site, StoryFile
from digest.references import find_links
from digest.shelves import address_of

# A picture of the digest, at most 144 pixels wide as RSS asks; templates/static/ can replace it.
ICON = "static/icon.png"

KEPT = {"href", "cite", "lang"}

# What XML 1.0 (section 2.2) has no way to write.
NOT_XML = dict.fromkeys([*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
for _allowed in "\t\n\r":
    del NOT_XML[ord(_allowed)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
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
    """A feed that is still to be written in some format."""

    title: str
    description: str
    guid: str
    url: str
    """Of the page that tells the same."""
    root: str
    """The way from the feed to the site's root, for its style: `../../`."""
    items: tuple[Item, ...]

    @property
    def updated(self) -> datetime | None:
        """When the newest of its items was published or updated, if any is dated."""
        return max((item.updated for item in self.items if item.updated), default=None)


def make_items(stories: Sequence[StoryFile], *, site: Site, label: str) -> dict[str, Item]:
    """Return the item of each story, by its slug."""
    return {file.story.slug: make_item(file, site=site, label=label) for file in stories}


def make_item(file: StoryFile, *, site: Site, label: str) -> Item:
    """Return a story as an item: all of its text, its links whole; `label` names passages."""
    story = file.story
    url = site.base_url + address_of(story)
    links = replace(find_links(story, language=site.language, label=label), page=url)
    only = story.articles[0] if len(story.articles) == 1 else None
    moments = (story.published, story.updated, *(c.date for c in story.corrections))
    changes = [moment for moment in moments if moment]
    return Item(
        guid=story.guid,
        title=clean(story.title),
        url=url,
        lead=clean(story.summary[0].text if story.summary else story.title),
        html=_for_readers(clean(render_body(file.body, links))),
        authors=tuple(dict.fromkeys(clean(a) for ref in story.articles for a in ref.author)),
        source=(clean(only.source), only.url) if only and only.source and only.url else None,
        tags=tuple(map(clean, story.tags)),
        published=as_time(story.published) if story.published else None,
        updated=as_time(max(changes, key=moment_key)) if changes else None,
    )


def _for_readers(page: str) -> str:
    """Return HTML with those attributes only that feed readers keep."""
    root = html.fragment_fromstring(page, create_parent="div")
    for element in root.iter():
        for name in set(element.attrib) - KEPT:
            del element.attrib[name]
    return "".join(html.tostring(child, encoding="unicode") for child in root)


def pick(items: Mapping[str, Item], stories: Sequence[StoryFile], limit: int) -> tuple[Item, ...]:
    """Return the items of the newest stories: by date, then guid, the undated last."""
    newest = sorted((items[file.story.slug] for file in stories), key=lambda item: item.guid)
    newest.sort(key=lambda item: moment_key(item.published), reverse=True)
    return tuple(newest[:limit])


def as_time(moment: Moment) -> datetime:
    """Return an aware time: a day counts from its start in UTC (RFC 822 knows no bare days)."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), UTC)


def clean(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return text.translate(NOT_XML)
