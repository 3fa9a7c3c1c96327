"""Files what changed: which drawers a change of stories opens, and what their shelves become."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.briefs import Brief
from digest.build.basis import Change
from digest.build.memory import find_cards, find_labels
from digest.config import Config
from digest.manifest import Manifest
from digest.pages import list_sections
from digest.shelves import (
    MONTHS,
    PEOPLE,
    SHELVES,
    TOPICS,
    Card,
    Drawer,
    Label,
    Shelf,
    file_story,
    fill_shelves,
    give_addresses,
    kind_of,
    sort_cards,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """The drawers that a change opens, and what all shelves become by it."""

    cards: Mapping[Drawer, Sequence[Card]]
    """What is now in each drawer that was opened; nothing where it goes."""
    shelves: Mapping[Drawer, Sequence[Shelf]]
    """What these make, with addresses."""
    changed: frozenset[Drawer]
    """Those whose cards or labels are others than before; in the rest a story only changed."""
    labels: Mapping[Drawer, Sequence[Label]]
    """Of all drawers."""
    relabelled: bool
    """Whether any label is another than before."""
    led_elsewhere: frozenset[str]
    """The stories whose pages lead to a topic or person under another name or address."""
    people: Mapping[str, Mapping[str, str]]
    """By story and speaker, the address of the person's page, as far as drawers were opened."""


def file_change(change: Change, manifest: Manifest, config: Config) -> Filing:
    """Return what a change of stories does to the drawers."""
    known = find_labels(manifest)
    before, after = _refile(change, manifest, config)
    made = {d: fill_shelves(d, held) for d, held in after.items() if held and is_shelved(d)}
    labels = {d: held for d, held in known.items() if d not in after}
    labels |= {drawer: [shelf.label for shelf in held] for drawer, held in made.items()}
    if _names_of(labels) == _names_of(known):
        labels = {d: _copy_addresses(held, known[d]) for d, held in labels.items()}
    else:
        labels = give_addresses(labels)
        moved = [d for d in labels if d not in after and labels[d] != known[d]]
        opened = find_cards(manifest, moved)
        before, after = before | opened, after | opened
        made |= {drawer: fill_shelves(drawer, held) for drawer, held in opened.items()}
    shelves = {d: _label(held, labels[d]) for d, held in made.items()}
    changed = {d for d in after if after[d] != before.get(d) or labels.get(d) != known.get(d)}
    before = {drawer: cards for drawer, cards in before.items() if drawer in changed}
    return Filing(
        cards=after,
        shelves=shelves,
        changed=frozenset(changed),
        labels=labels,
        relabelled=labels != known,
        led_elsewhere=frozenset(_find_moved(before, shelves, known)),
        people=_find_people(shelves),
    )


def _refile(
    change: Change, manifest: Manifest, config: Config
) -> tuple[dict[Drawer, list[Card]], dict[Drawer, list[Card]]]:
    """Return the cards in the drawers that a change opens, before it and after."""
    added: dict[Drawer, list[Card]] = {}
    for brief in change.old.values():
        added |= {drawer: [] for drawer, _ in file_brief(brief, config)}
    for brief in change.new.values():
        for drawer, card in file_brief(brief, config):
            added.setdefault(drawer, []).append(card)
    before = find_cards(manifest, added)
    after = {
        drawer: sort_cards((*(c for c in before.get(drawer, ()) if c.slug not in change.old), *new))
        for drawer, new in added.items()
    }
    return before, after


def file_brief(brief: Brief, config: Config) -> Iterator[tuple[Drawer, Card]]:
    """Yield the cards of a story with the drawers that they belong into; a draft has none."""
    kinds = [MONTHS, *list_sections(config.pages)]
    if not brief.draft:
        yield from file_story(brief, language=config.site.language, shelves=kinds)


def open_shelves(
    drawers: Iterable[Drawer], filing: Filing, manifest: Manifest
) -> dict[Drawer, list[Shelf]]:
    """Return the shelves of drawers that the change did not open."""
    found = find_cards(manifest, (d for d in drawers if d not in filing.cards))
    return {d: _label(fill_shelves(d, cards), filing.labels[d]) for d, cards in found.items()}


def is_shelved(owner: str) -> bool:
    """Return whether an owner of files is a drawer that makes shelves."""
    return kind_of(owner) in SHELVES


def _names_of(labels: Mapping[Drawer, Sequence[Label]]) -> dict[Drawer, list[Label]]:
    """Return what addresses depend on."""
    return {
        d: [label._replace(stories=0, address="") for label in held] for d, held in labels.items()
    }


def _copy_addresses(labels: Sequence[Label], known: Sequence[Label]) -> list[Label]:
    pairs = zip(labels, known, strict=True)
    return [label._replace(address=before.address) for label, before in pairs]


def _label(shelves: Sequence[Shelf], labels: Sequence[Label]) -> list[Shelf]:
    pairs = zip(shelves, labels, strict=True)
    return [replace(shelf, label=label) for shelf, label in pairs]


def _find_moved(
    before: Mapping[Drawer, Sequence[Card]],
    shelves: Mapping[Drawer, Sequence[Shelf]],
    known: Mapping[Drawer, Sequence[Label]],
) -> Iterator[str]:
    """Yield the stories that lead to another page, or by another name, than before."""
    for drawer, cards in before.items():
        kind, now = kind_of(drawer), shelves.get(drawer, ())
        if kind == TOPICS and now and now[0].label[0::4] != known[drawer][0][0::4]:
            yield from (card.slug for card in cards)
        elif kind == PEOPLE:
            old = _label(fill_shelves(drawer, cards), known[drawer])
            yield from (slug for slug, *_ in _pages_of(old) ^ _pages_of(now))


def _pages_of(persons: Iterable[Shelf]) -> set[tuple[str, str, str]]:
    return {
        (slug, name, person.label.address) for person in persons for slug, name in person.speakers
    }


def _find_people(shelves: Mapping[Drawer, Sequence[Shelf]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for drawer, persons in shelves.items():
        for slug, speaker, address in _pages_of(persons) if kind_of(drawer) == PEOPLE else ():
            found[slug][speaker] = address
    return found
