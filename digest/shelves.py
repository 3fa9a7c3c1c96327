"""Puts stories on shelves, by month, topic, person and source, each with its address.

A story is filed in drawers: a card in the drawer of its month, of each of its topics, of each
surname that speaks in it. What is in a drawer says alone which shelves are made of it, so that a
new story has only the drawers opened that it is filed in. Addresses alone are given out to all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from operator import itemgetter
from typing import Any, NamedTuple

from digest.briefs import Brief
from digest.dates import format_moment, moment_key
from digest.identities import Mention, find_mentions, find_persons
from digest.models import Moment
from digest.text import slugify

FEED = "feed.xml"  # its name in the folder of each shelf, and at the root for all stories
NAMELESS = "story"  # what slugify makes of a name that has no letter from A to Z

MONTHS, TOPICS, PEOPLE, SOURCES = "archive", "topics", "people", "sources"
RELATED = "related"
"""No shelf: the drawer of a story holds the cards of those that name it as related."""
SHELVES = (MONTHS, TOPICS, PEOPLE, SOURCES)

UNDATED = 1 << 60  # more microseconds than any day has between it and the last one of the calendar
LAST = datetime(9999, 12, 31, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Drawer = str
"""The kind of its shelves, and the name that its cards have in common: `topics/floods`."""


class Card(NamedTuple):
    """What a drawer holds of a story; cards stand as stories do, the newest first."""

    order: int
    """Sorts by date: the newest first, the undated last."""
    slug: str
    changed: str | None
    """The latest of its dates, as ISO 8601."""
    note: Any
    """The day of a month, how a topic or source is spelled, who speaks and as whom."""


class Label(NamedTuple):
    """A shelf as other pages name it."""

    name: str
    stories: int
    """How many it holds."""
    role: str | None = None
    """Of a person."""
    first: tuple[int, str, int] = (0, "", 0)
    """When a person spoke first, as it sorts."""
    address: str = ""
    """Below the site's root: `topics/floods/`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Stories that have something in common, the newest first."""

    label: Label
    cards: tuple[Card, ...]
    speakers: tuple[tuple[str, str], ...] = ()
    """Of a person: the slug of each story with the name that it uses."""


def rank(moment: Moment | None) -> int:
    """Return a number that sorts the newest first and the undated last."""
    return (LAST - moment_key(moment)[1]) // MICROSECOND if moment else UNDATED


def file_story(
    brief: Brief, *, language: str = "en", shelves: Iterable[str] = SHELVES
) -> Iterator[tuple[Drawer, Card]]:
    """Yield the cards of a story with the drawers that they belong into."""
    order, day = rank(brief.published), brief.published
    changed = format_moment(brief.changed) if brief.changed else None
    for kind in shelves:
        notes: Iterable[tuple[str, Any]]
        if kind == MONTHS:
            notes = [(f"{day.year:04}-{day.month:02}", day.day) if day else ("", 0)]
        elif kind == PEOPLE:
            notes = find_mentions(brief, language)
        else:
            notes = _spell(brief.tags if kind == TOPICS else brief.sources)
        for name, note in notes:
            yield f"{kind}/{name}", Card(order, brief.slug, changed, note)
    for slug in brief.related:
        yield f"{RELATED}/{slug}", Card(order, brief.slug, None, None)


def _spell(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Return names as they are compared, each with its spelling: case makes no other name."""
    found: dict[str, str] = {}
    for name in names:
        form = name.casefold()
        found[form] = min(name, found.get(form, name))
    return found.items()


def kind_of(drawer: Drawer) -> str:
    """Return what shelves a drawer makes."""
    return drawer.partition("/")[0]


def fill_shelves(drawer: Drawer, cards: Sequence[Card]) -> list[Shelf]:
    """Return the shelves that the cards of a drawer, in their order, make without addresses."""
    kind, _, name = drawer.partition("/")
    if kind == PEOPLE:
        return list(_people(cards))
    if kind != MONTHS:
        name = min(card.note for card in cards)
    return [Shelf(label=Label(name, len(cards)), cards=tuple(cards))]


def sort_cards(cards: Iterable[Card]) -> list[Card]:
    """Return cards in the order of a shelf; those of one story as they stand in it."""
    return sorted(cards, key=itemgetter(0, 1))


def _people(cards: Sequence[Card]) -> Iterator[Shelf]:
    by_slug = {card.slug: card for card in cards}
    mentions = (Mention(-card.order, card.slug, *card.note) for card in cards)
    for person in find_persons(mentions):
        # A story may name one person in two ways.
        held = sorted({slug for slug, _ in person.mentions}, key=lambda s: by_slug[s][:2])
        label = Label(person.name, len(held), person.role, person.first)
        shelved = tuple(by_slug[slug] for slug in held)
        yield Shelf(label=label, cards=shelved, speakers=person.mentions)


def give_addresses(labels: Mapping[Drawer, Sequence[Label]]) -> dict[Drawer, list[Label]]:
    """Return all labels with their addresses: of several with one name, the first has it alone.

    That is the first in the order of names, but of persons whoever spoke first.
    """
    found = {drawer: list(held) for drawer, held in labels.items()}
    taken: set[str] = set()
    for _, drawer, number in sorted(
        (label.first, drawer, number)
        for drawer, held in labels.items()
        for number, label in enumerate(held)
    ):
        kind, _, month = drawer.partition("/")
        label = found[drawer][number]
        if kind == MONTHS:
            address = f"{kind}/{month.replace('-', '/') or 'undated'}/"
        else:
            address = f"{kind}/{_slug(label.name, kind, taken, label.role)}/"
        found[drawer][number] = label._replace(address=address)
    return found


def _slug(name: str, kind: str, taken: set[str], role: str | None = None) -> str:
    """Return a part of an address that no other name has: with the role, else with a number."""
    base = slugify(name)
    if base == NAMELESS:
        base = "-".join(f"{ord(character):x}" for character in name[:12])
    with_role = [slugify(f"{name} {role}")] if role else []
    numbered = (f"{base}-{number}" for number in count(2))
    slug = next(s for s in chain([base], with_role, numbered) if f"{kind}/{s}" not in taken)
    taken.add(f"{kind}/{slug}")
    return slug


def sort_labels(labels: Mapping[Drawer, Sequence[Label]], kind: str) -> list[Label]:
    """Return the labels of one kind as a list shows them: by name, but the newest month first."""
    chosen = [label for drawer, held in labels.items() if kind_of(drawer) == kind for label in held]
    if kind == MONTHS:
        return sorted(chosen, key=lambda label: label.name, reverse=True)
    return sorted(chosen, key=lambda label: (label.name.casefold(), label.address))


def address_of(slug: str) -> str:
    """Return the address of a story's page below the site's root."""
    return f"stories/{slug}/"
