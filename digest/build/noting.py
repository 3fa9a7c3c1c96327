"""Notes what a build took in and planned, so that the next one starts from there."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from digest.briefs import Brief
from digest.build.basis import Basis, Change
from digest.build.plan import Plan
from digest.build.taking import Taken
from digest.manifest import COMMON, REPORT, Manifest, StoryRow
from digest.shelves import rank


def note_build(
    taken: Taken, known: Mapping[str, StoryRow], plan: Plan, basis: Basis
) -> dict[str, int]:
    """Note all that changed, and return how much the site holds. It becomes lasting at once.

    `known` are the story files of the last build.
    """
    manifest, change, rows = basis.manifest, taken.change, taken.rows
    manifest.put("story", (row for path, row in rows.items() if known.get(path) != row))
    manifest.take("story", [path for path in known if path not in rows])
    _note_briefs(taken, manifest)
    _note_drawers(plan, manifest)
    hidden = {slug for slug, brief in change.new.items() if brief.draft}
    manifest.take("piece", hidden.union(change.old.keys() - change.new.keys()))
    report = {**manifest.totals()._asdict(), "feeds": plan.feeds}
    manifest.put_notes({COMMON: basis.common.hex(), REPORT: report})
    manifest.save()
    return report


def _note_briefs(taken: Taken, manifest: Manifest) -> None:
    change: Change = taken.change
    numbers = (number for brief in change.old.values() for number in brief.paths)
    manifest.take("claim", numbers)
    manifest.take("brief", change.old.keys() - change.new.keys())
    claims = {number: brief.slug for brief in change.new.values() for number in brief.paths}
    manifest.put("claim", sorted(claims.items()))
    briefs = (_row_of(brief, taken.texts[slug]) for slug, brief in sorted(change.new.items()))
    manifest.put("brief", briefs)


def _row_of(brief: Brief, text: str) -> tuple[Any, ...]:
    articles, quotes = len(set(brief.paths)), brief.counts[3]
    corrected = bool(brief.corrections)
    order = rank(brief.published)
    return brief.slug, order, not brief.draft, articles, quotes, corrected, text


def _note_drawers(plan: Plan, manifest: Manifest) -> None:
    filing = plan.filing
    manifest.take("drawer", [drawer for drawer in filing.changed if not filing.cards[drawer]])
    manifest.put("drawer", _rows_of_drawers(plan))


def _rows_of_drawers(plan: Plan) -> Iterator[tuple[str, str, str]]:
    filing = plan.filing
    for drawer in sorted(filing.changed):
        if cards := filing.cards[drawer]:
            labels = filing.labels.get(drawer, [])
            yield drawer, json.dumps(labels), json.dumps(cards, ensure_ascii=False)
