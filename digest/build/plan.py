"""Decides what a build has to print: whatever a change of stories makes differ from before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.build.basis import Basis
from digest.build.filing import Filing, file_brief, file_change, is_shelved, open_shelves
from digest.build.memory import find_briefs
from digest.build.places import StoryPlan, find_touched, plan_stories
from digest.build.shares import ITEM, RSS, Refs
from digest.build.sitewide import count_feeds, list_feed_kinds, plan_site_wide
from digest.feeds import Feed, plan_shelf_feed
from digest.keys import hash_bytes, hash_of, join_hashes
from digest.manifest import Kept
from digest.models import File
from digest.pages import Page, plan_shelf, write_sitemap
from digest.shelves import Drawer, Shelf, kind_of
from digest.spool import Ref

STORIES = "stories"
INDEX = "index.html"
SITE_WIDE = ""  # owns what belongs to no story and no shelf


class Output(NamedTuple):
    """A file of the site that is not the page of a story, and the hash of all that it shows."""

    path: str
    owner: str
    """As in `OutputRow`."""
    key: bytes
    page: Page | Feed | File


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What may differ from the last build; all other files of the site stay as they are."""

    stories: Sequence[StoryPlan]
    others: Sequence[Output]
    known: Mapping[str, Kept]
    """What the last build kept of stories that are planned or shown, by slug."""
    gone: frozenset[str]
    """The files that belong no more."""
    filing: Filing
    feeds: int
    """How many there are."""


def plan_site(basis: Basis) -> Plan:
    """Return what has to be printed, and what has to go."""
    manifest = basis.manifest
    filing = file_change(basis.change, manifest, basis.config)
    touched = find_touched(basis.change, filing, manifest) | _find_torn(basis)
    stories = plan_stories(touched, basis, filing)
    renewed = _find_renewed(stories, basis)
    shelves = {**filing.shelves, **open_shelves(_find_others(renewed, basis), filing, manifest)}
    whole = {drawer for drawer in shelves if drawer in filing.changed or drawer in basis.torn}
    pages: list[tuple[str, Page | Feed | File]] = [
        (owner, page)
        for owner, page in _plan_shelves(shelves, basis)
        if owner in whole or not renewed.isdisjoint(find_slugs(page))
    ]
    pages += ((SITE_WIDE, page) for page in plan_site_wide(basis, filing))

    needs = _find_needs(page for _, page in pages)
    shown = {slug for _, page in pages for slug in find_slugs(page)}
    known = manifest.kept({*shown, *(story.slug for story in stories)})
    planned = {story.slug for story in stories}
    lacking = [s for s in needs if s not in planned and needs[s] & ~known[s].kept]
    stories += plan_stories(lacking, basis, filing)
    stories = [_with_needs(story, needs, known) for story in stories]

    others = list(_key_pages(pages, stories, known, basis.common))
    owners = whole | filing.changed | {f"{STORIES}/{s}" for s in (*touched, *basis.change.old)}
    gone = frozenset(_find_gone(stories, others, owners, basis))
    others += _plan_sitemap(stories, others, gone, basis)
    feeds = count_feeds(filing, basis.config)
    return Plan(stories=stories, others=others, known=known, gone=gone, filing=filing, feeds=feeds)


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


def _find_torn(basis: Basis) -> set[str]:
    """Return the stories of which a file is not as it was written."""
    return {owner.partition("/")[2] for owner in basis.torn if kind_of(owner) == STORIES}


def _find_renewed(stories: Iterable[StoryPlan], basis: Basis) -> set[str]:
    """Return the stories of which lists and feeds show something else now."""
    known = basis.manifest.kept(story.slug for story in stories)
    return {s.slug for s in stories if s.slug not in known or known[s.slug].key != s.pieces}


def _find_others(renewed: set[str], basis: Basis) -> set[Drawer]:
    """Return the drawers that no change opens, but whose pages show something else now."""
    briefs = find_briefs(basis.manifest, renewed.difference(basis.change.new)).values()
    drawers = {drawer for brief in briefs for drawer, _ in file_brief(brief, basis.config)}
    return {drawer for drawer in (*drawers, *basis.torn) if is_shelved(drawer)}


def _plan_shelves(
    shelves: Mapping[Drawer, Iterable[Shelf]], basis: Basis
) -> Iterator[tuple[Drawer, Page | Feed]]:
    """Yield the pages and feeds of shelves, each with its owner."""
    config, kinds = basis.config, list_feed_kinds(basis.config)
    for drawer, held in shelves.items():
        has_feed = kind_of(drawer) in kinds
        for shelf in held:
            for page in plan_shelf(shelf, site=config.site, options=config.pages, feed=has_feed):
                yield drawer, page
            if has_feed:
                yield drawer, plan_shelf_feed(shelf, site=config.site, options=config.feeds)


def _find_needs(pages: Iterable[Page | Feed | File]) -> dict[str, int]:
    """Return what the feeds among these need of each story that is in any."""
    needs: dict[str, int] = {}
    for page in pages:
        if isinstance(page, Feed):
            need = RSS if page.kind == "rss" else ITEM
            for slug in page.stories:
                needs[slug] = needs.get(slug, 0) | need
    return needs


def _with_needs(story: StoryPlan, needs: Mapping[str, int], known: Mapping[str, Kept]) -> StoryPlan:
    """Return a plan with what feeds need: those that are not planned need what they needed."""
    before = known[story.slug].kept if story.slug in known else 0
    return story._replace(needs=needs.get(story.slug, 0) | before)


def _key_pages(
    pages: Iterable[tuple[str, Page | Feed | File]],
    stories: Iterable[StoryPlan],
    known: Mapping[str, Kept],
    common: bytes,
) -> Iterator[Output]:
    """Yield pages as outputs: each with the hash of all that it shows."""
    keys = {slug: row.key for slug, row in known.items()}
    keys |= {story.slug: story.pieces for story in stories}
    for owner, page in pages:
        if isinstance(page, File):
            yield Output(page.path, owner, hash_bytes(page.data), page)
            continue
        if isinstance(page, Page):
            folder = page.address.endswith("/") or not page.address
            path = f"{page.address}{INDEX}" if folder else page.address
            own = hash_of(common, page.template, path, page.values, page.person, page.root)
        else:
            path = page.path
            own = hash_of(common, path, page.kind, page.channel, page.items)
        yield Output(path, owner, join_hashes([own, *(keys[s] for s in find_slugs(page))]), page)


def _find_gone(
    stories: Iterable[StoryPlan], others: Iterable[Output], owners: set[str], basis: Basis
) -> Iterator[str]:
    """Yield the files of the last site that were not planned again though their owner was."""
    wanted = {path for story in stories for path, _ in story.outputs()}
    wanted.update(output.path for output in others)
    for path, row in basis.outputs.items():
        if path not in wanted and (basis.anew or row.owner in owners):
            yield path


def _plan_sitemap(
    stories: Iterable[StoryPlan], others: Iterable[Output], gone: frozenset[str], basis: Basis
) -> Iterator[Output]:
    """Yield the map of all pages, unless it names the same ones as before."""
    paths = {path for story in stories for path, _ in story.outputs()}
    paths.update(output.path for output in others)
    if basis.all_site_wide or gone or not paths <= basis.outputs.keys():
        paths.update(path for path in basis.outputs if path not in gone)
        pages = (path for path in paths if path.rpartition("/")[2] == INDEX)
        file = write_sitemap(
            (path.removesuffix(INDEX) for path in pages), base_url=basis.config.site.base_url
        )
        yield Output(file.path, SITE_WIDE, hash_bytes(file.data), file)
