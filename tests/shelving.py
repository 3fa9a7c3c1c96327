"""Puts the stories of tests on shelves, all at once: a build does it drawer by drawer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from digest.briefs import Brief, make_brief
from digest.models import StoryFile
from digest.shelves import (
    MONTHS,
    SHELVES,
    Card,
    Drawer,
    Shelf,
    file_story,
    fill_shelves,
    give_addresses,
    kind_of,
    rank,
    sort_cards,
)


def put_on_shelves(files: Iterable[StoryFile], language: str = "en") -> dict[str, list[Shelf]]:
    """Return all shelves of these stories, by their kind, with addresses."""
    drawers: dict[Drawer, list[Card]] = defaultdict(list)
    for file in files:
        for drawer, card in file_story(make_brief(file), language=language):
            drawers[drawer].append(card)
    filled = {
        drawer: fill_shelves(drawer, sort_cards(cards))
        for drawer, cards in drawers.items()
        if kind_of(drawer) in SHELVES
    }
    labels = give_addresses({d: [shelf.label for shelf in made] for d, made in filled.items()})
    shelves: dict[str, list[Shelf]] = {kind: [] for kind in SHELVES}
    for drawer, made in filled.items():
        pairs = zip(made, labels[drawer], strict=True)
        shelves[kind_of(drawer)] += [replace(shelf, label=label) for shelf, label in pairs]
    shelves[MONTHS].sort(key=lambda month: month.label.name, reverse=True)
    return shelves


def newest_first(files: Iterable[StoryFile]) -> list[Brief]:
    """Return what is held of these stories, in the order of the site."""
    return sorted(map(make_brief, files), key=lambda brief: (rank(brief.published), brief.slug))
