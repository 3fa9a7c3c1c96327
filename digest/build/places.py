"""Finds the place of each story that may stand otherwise in the site than before."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from digest.briefs import Brief
from digest.build.basis import Basis, Change
from digest.build.filing import Filing
from digest.build.memory import find_briefs, find_cards
from digest.keys import hash_of, join_hashes
from digest.manifest import Manifest, PieceRow
from digest.pages import Place, find_place
from digest.shelves import RELATED, TOPICS, address_of, kind_of


class StoryPlan(NamedTuple):
    """A story of the site, and the hashes of all that its pieces, page and text show."""

    slug: str
    place: Place
    needs: int
    """What feeds need of it, `RSS` and `ITEM`."""
    pieces: bytes
    page: bytes
    text: bytes | None
    """None where texts are not wanted."""

    def outputs(self) -> list[tuple[str, bytes]]:
        """Return its files with their keys."""
        folder = address_of(self.slug)
        text = [(f"{folder}index.md", self.text)] if self.text else []
        return [(f"{folder}index.html", self.page), *text]


def find_touched(change: Change, filing: Filing, manifest: Manifest) -> set[str]:
    """Return the stories whose page may show something else, because they or others changed."""
    slugs = {*change.old, *change.new}
    differ = {slug for slug in slugs if change.old.get(slug) != change.new.get(slug)}
    drawers = [f"{RELATED}/{slug}" for slug in differ]
    around = find_cards(manifest, (d for d in drawers if d not in filing.cards))
    around |= {drawer: [*filing.cards[drawer]] for drawer in drawers if drawer in filing.cards}
    naming = (card.slug for cards in around.values() for card in cards)
    return {*change.new, *filing.led_elsewhere, *naming}


def plan_stories(slugs: Collection[str], basis: Basis, filing: Filing) -> list[StoryPlan]:
    """Return the plans of these stories, as far as the site shows them."""
    change, manifest = basis.change, basis.manifest
    briefs = _find_briefs(slugs, change, manifest)
    others = {slug for brief in briefs.values() for slug in brief.related}
    related = _find_briefs(others.difference(briefs), change, manifest) | briefs
    rows = manifest.pieces(slug for slug in briefs if slug not in change.new)
    topics = {
        drawer.partition("/")[2]: held[0]
        for drawer, held in filing.labels.items()
        if kind_of(drawer) == TOPICS
    }
    plans = []
    for slug, brief in briefs.items():
        place = find_place(
            brief,
            people=_find_people(brief, filing.people.get(slug, {}), rows.get(slug)),
            topics=topics,
            related=[related[other] for other in brief.related if other in related],
            language=basis.config.site.language,
        )
        plans.append(_plan_story(slug, place, basis))
    return plans


def _plan_story(slug: str, place: Place, basis: Basis) -> StoryPlan:
    file = basis.hashes[slug]
    pieces = hash_of(basis.common, file, place.people)
    page = hash_of(pieces, place.topics, place.related)
    text = join_hashes((basis.common, file)) if basis.config.pages.text else None
    return StoryPlan(slug, place, 0, pieces, page, text)


def _find_briefs(slugs: Iterable[str], change: Change, manifest: Manifest) -> dict[str, Brief]:
    """Return what is held now of those of these stories that the site shows."""
    wanted = sorted(slugs)
    known = find_briefs(manifest, (slug for slug in wanted if slug not in change.old))
    found = {slug: change.new[slug] if slug in change.new else known.get(slug) for slug in wanted}
    return {slug: brief for slug, brief in found.items() if brief and not brief.draft}


def _find_people(brief: Brief, found: Mapping[str, str], row: PieceRow | None) -> dict[str, str]:
    """Return the page of each speaker, in the order in which they speak."""
    people = {**(json.loads(row.people) if row else {}), **found}
    return {name: people[name] for name, _ in brief.speakers if name in people}
