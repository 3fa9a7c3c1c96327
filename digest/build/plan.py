"""Decides what a build has to print: whatever differs from what was built before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.briefs import Brief
from digest.build.shares import ITEM, RSS, Refs
from digest.config import Config
from digest.feeds import Feed, list_feeds, plan_feeds
from digest.keys import hash_bytes, hash_of, join_hashes
from digest.models import File
from digest.pages import (
    Page,
    Place,
    find_places,
    list_addresses,
    plan_pages,
    write_robots,
    write_sitemap,
)
from digest.shelves import address_of, fill_shelves
from digest.spool import Ref


class Output(NamedTuple):
    """A file of the site that is not the page of a story, and the hash of all that it shows."""

    path: str
    key: bytes
    page: Page | Feed | File


class StoryPlan(NamedTuple):
    """A story of the site, and the hashes of all that its pieces, page and text show."""

    slug: str
    place: Place
    needs: int
    """What feeds need of it."""
    pieces: bytes
    page: bytes
    text: bytes

    def outputs(self) -> list[tuple[str, bytes]]:
        """Return its files with their keys."""
        folder = address_of(self.slug)
        return [(f"{folder}index.html", self.page), (f"{folder}index.md", self.text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All files of a site."""

    stories: Sequence[StoryPlan]
    others: Sequence[Output]
    feeds: int
    """How many there are."""


def plan_site(
    briefs: Iterable[Brief],
    hashes: Mapping[str, bytes],
    config: Config,
    *,
    common: bytes,
    searchable: bool,
) -> Plan:
    """Return what the site of these stories is made of; `hashes` are those of their files."""
    site, options = config.site, config.feeds
    shelves = fill_shelves(briefs, language=site.language)
    places = find_places(shelves, language=site.language)
    pages = list(
        plan_pages(
            shelves,
            site=site,
            per_page=config.pages.stories,
            searchable=searchable,
            editions=options.editions,
        )
    )
    feeds = list(plan_feeds(shelves, site=site, options=options))
    needs = _find_needs(feeds)
    stories = [
        _plan_story(slug, place, hashes[slug], common=common, needs=needs.get(slug, 0))
        for slug, place in places.items()
    ]
    keys = {story.slug: story.pieces for story in stories}
    files = [
        write_sitemap(list_addresses(places, pages), base_url=site.base_url),
        write_robots(base_url=site.base_url),
        list_feeds(feeds, site=site),
    ]
    others = [
        *_plan_pages(pages, keys, common),
        *_plan_feeds(feeds, keys, common),
        *plan_files(files),
    ]
    return Plan(stories=stories, others=others, feeds=len(feeds))


def plan_files(files: Iterable[File]) -> Iterator[Output]:
    """Yield files that are ready as outputs."""
    for file in files:
        yield Output(file.path, hash_bytes(file.data), file)


def find_slugs(page: Page | Feed | File) -> Sequence[str]:
    """Return the stories of which a page or feed shows pieces, in its order."""
    if isinstance(page, Page):
        return page.entries or ()
    return page.stories if isinstance(page, Feed) else ()


def choose_pieces(page: Page | Feed | File, refs: Mapping[str, Refs]) -> list[Ref]:
    """Return the pieces of stories that a page or feed shows, in its order."""
    shown = [refs[slug] for slug in find_slugs(page)]
    if isinstance(page, Page):
        return [ref.said[page.person] if page.person else ref.entry for ref in shown]
    rss = isinstance(page, Feed) and page.kind == "rss"
    return [found for ref in shown if (found := ref.rss if rss else ref.item)]


def _find_needs(feeds: Iterable[Feed]) -> dict[str, int]:
    """Return what the feeds need of each story that is in any."""
    needs: dict[str, int] = {}
    for feed in feeds:
        need = RSS if feed.kind == "rss" else ITEM
        for slug in feed.stories:
            needs[slug] = needs.get(slug, 0) | need
    return needs


def _plan_story(slug: str, place: Place, hash_: bytes, *, common: bytes, needs: int) -> StoryPlan:
    pieces = hash_of(common, hash_, place.people)
    page = hash_of(pieces, place.topics, place.related)
    return StoryPlan(slug, place, needs, pieces, page, join_hashes((common, hash_)))


def _plan_pages(
    pages: Iterable[Page], keys: Mapping[str, bytes], common: bytes
) -> Iterator[Output]:
    for page in pages:
        address = page.address
        path = f"{address}index.html" if address.endswith("/") or not address else address
        own = hash_of(common, page.template, address, page.values, page.person, page.root)
        yield Output(path, join_hashes([own, *(keys[slug] for slug in page.entries or ())]), page)


def _plan_feeds(
    feeds: Iterable[Feed], keys: Mapping[str, bytes], common: bytes
) -> Iterator[Output]:
    for feed in feeds:
        own = hash_of(common, feed.path, feed.kind, feed.channel, feed.items)
        yield Output(feed.path, join_hashes([own, *(keys[s] for s in feed.stories)]), feed)
