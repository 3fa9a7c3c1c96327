"""Lays out what belongs to no story and no shelf: front page, lists of shelves, feeds of all."""

from collections.abc import Iterator

from digest.briefs import Brief
from digest.build.basis import Basis
from digest.build.filing import Filing
from digest.build.memory import find_corrected_briefs, find_newest_briefs
from digest.config import Config
from digest.feeds import Feed, list_feeds, plan_correction_feed, plan_edition_feed, plan_feeds
from digest.models import File
from digest.pages import (
    Page,
    list_sections,
    plan_corrections,
    plan_feed_list,
    plan_front,
    plan_indexes,
    plan_single_pages,
    write_robots,
)
from digest.shelves import SHELVES, kind_of, rank, sort_labels


def plan_site_wide(basis: Basis, filing: Filing) -> Iterator[Page | Feed | File]:
    """Yield the pages and feeds of the whole site that a change of stories may reach."""
    config, site = basis.config, basis.config.site
    newest = find_newest(basis, max(config.pages.stories, config.feeds.items))
    corrected = _find_corrected(basis)
    yield plan_front(newest[: config.pages.stories])
    yield from plan_feeds(newest[: config.feeds.items], site=site)
    yield plan_corrections(corrected, site=site)
    yield plan_correction_feed(corrected, site=site, options=config.feeds)
    if config.feeds.editions:
        dated = _find_days(basis, config.feeds.items)
        yield plan_edition_feed(dated, site=site, options=config.feeds)
    if filing.relabelled or basis.all_site_wide:
        labels = {kind: sort_labels(filing.labels, kind) for kind in SHELVES}
        yield from plan_indexes(labels, site=site, options=config.pages)
        feeds = [label for kind in list_feed_kinds(config) for label in labels[kind]]
        yield plan_feed_list(feeds, site=site, editions=config.feeds.editions)
        yield list_feeds(feeds, site=site, options=config.feeds)
    if basis.all_site_wide:
        yield from plan_single_pages(site=site, searchable=basis.searchable)
        yield write_robots(base_url=site.base_url)
        yield from basis.static


def list_feed_kinds(config: Config) -> list[str]:
    """Return the kinds of shelves that have feeds of their own."""
    return list_sections(config.pages) if config.feeds.shelves else []


def count_feeds(filing: Filing, config: Config) -> int:
    """Return how many feeds the site has."""
    kinds = list_feed_kinds(config)
    shelves = sum(len(held) for drawer, held in filing.labels.items() if kind_of(drawer) in kinds)
    # Three of all stories, one of corrections.
    return 4 + config.feeds.editions + shelves


def find_newest(basis: Basis, limit: int) -> list[Brief]:
    """Return the newest stories of the site, at most so many."""
    change = basis.change
    known = find_newest_briefs(basis.manifest, limit + len(change.old))
    shown = [brief for brief in change.new.values() if not brief.draft]
    shown += [brief for brief in known if brief.slug not in change.old]
    return sorted(shown, key=lambda brief: (rank(brief.published), brief.slug))[:limit]


def _find_corrected(basis: Basis) -> list[Brief]:
    """Return the stories of which something was put right."""
    change = basis.change
    known = [b for b in find_corrected_briefs(basis.manifest) if b.slug not in change.old]
    new = [brief for brief in change.new.values() if brief.corrections and not brief.draft]
    return sorted((*known, *new), key=lambda brief: brief.slug)


def _find_days(basis: Basis, days: int) -> list[Brief]:
    """Return the newest stories, those of so many days at least."""
    limit = days
    while True:
        found = find_newest(basis, limit)
        known = {brief.published and str(brief.published)[:10] for brief in found}
        # A day of the calendar may be two in UTC, or the half of one.
        if len(found) < limit or len(known) > 2 * days + 2:
            return found
        limit *= 2
