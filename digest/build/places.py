"""Finds the place of each story that may stand otherwise in the site than before."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from digest.briefs import Brief
from digest.build.basis import Basis, Change
from digest.build.filing import Filing
from digest.build.memory import find_briefs, find_cards
from digest.keys import hash_of, join_hashes
from digest.manifest import Manifest, PieceRow
from digest.pages import Place, tell_teaser
from digest.shelves import RELATED, TOPICS, Drawer, Label, address_of


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
    teasers = {
        slug: tell_teaser(brief, language=basis.config.site.language)
        for slug, brief in related.items()
    }
    plans = []
    for slug, brief in briefs.items():
        shown = [other for other in brief.related if other in teasers]
        place = Place(
            people=_find_people(brief, filing.people.get(slug, {}), rows.get(slug)),
            topics=_find_topics(brief, filing.labels),
            related=[teasers[other] for other in shown],
        )
        plans.append(_plan_story(slug, place, shown, basis))
    return plans


def _find_topics(brief: Brief, labels: Mapping[Drawer, Sequence[Label]]) -> list[tuple[str, str]]:
    drawers = dict.fromkeys(f"{TOPICS}/{tag.casefold()}" for tag in brief.tags)
    return [(labels[drawer][0].name, labels[drawer][0].address) for drawer in drawers]


def _plan_story(slug: str, place: Place, related: Iterable[str], basis: Basis) -> StoryPlan:
    file = basis.hashes[slug]
    pieces = hash_of(basis.common, file, place.people)
    # What a page shows of a related story may change whenever the file of that one does.
    page = hash_of(pieces, place.topics, [basis.hashes[other] for other in related])
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
