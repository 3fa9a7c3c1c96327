"""Puts stories on shelves: by month, by topic, by person and by source, each with its address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from digest.briefs import Brief
from digest.dates import moment_key
from digest.identities import find_persons
from digest.text import slugify

FEED = "feed.xml"  # its name in the folder of each shelf, and at the root for all stories
NAMELESS = "story"  # what slugify makes of a name that has no letter from A to Z


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Stories that have something in common, the newest first."""

    name: str
    address: str
    """Below the site's root: `topics/floods/`."""
    stories: tuple[Brief, ...]
    role: str | None = None
    """Of a person."""
    speakers: tuple[tuple[str, str], ...] = ()
    """Of a person: the slug of each story with the name that it uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """All stories of the site and all their shelves."""

    stories: tuple[Brief, ...]
    """The newest first, the undated last; equals in the order of their slugs."""
    months: tuple[Shelf, ...]
    topics: tuple[Shelf, ...]
    people: tuple[Shelf, ...]
    sources: tuple[Shelf, ...]

    def with_feeds(self) -> Iterator[Shelf]:
        """Yield every shelf that has a feed of its own."""
        yield from (*self.topics, *self.people, *self.sources)


def fill_shelves(briefs: Iterable[Brief], *, language: str = "en") -> Shelves:
    """Return stories in their order and on their shelves; those are sorted by name."""
    stories = sort_stories(briefs)
    topics = ((tag, story) for story in stories for tag in story.tags)
    sources = ((source, story) for story in stories for source in story.sources)
    return Shelves(
        stories=tuple(stories),
        months=tuple(_months(stories)),
        topics=tuple(_shelves(topics, "topics")),
        people=tuple(_people(stories, language)),
        sources=tuple(_shelves(sources, "sources")),
    )


def sort_stories(briefs: Iterable[Brief]) -> list[Brief]:
    """Return the newest first and the undated last; equals in the order of their slugs."""
    by_slug = sorted(briefs, key=lambda story: story.slug)
    return sorted(by_slug, key=lambda story: moment_key(story.published), reverse=True)


def address_of(slug: str) -> str:
    """Return the address of a story's page below the site's root."""
    return f"stories/{slug}/"


def _months(stories: Sequence[Brief]) -> Iterator[Shelf]:
    """Yield the newest month first; what is undated comes last."""
    by_month: dict[str, list[Brief]] = defaultdict(list)
    for story in stories:
        day = story.published
        by_month[f"{day.year:04}-{day.month:02}" if day else ""].append(story)
    for month, held in by_month.items():
        address = f"archive/{month.replace('-', '/') or 'undated'}/"
        yield Shelf(name=month, address=address, stories=tuple(held))


def _shelves(named: Iterable[tuple[str, Brief]], folder: str) -> Iterator[Shelf]:
    """Yield a shelf for each name; names that differ in case only are one."""
    spelling: dict[str, str] = {}
    by_name: dict[str, dict[str, Brief]] = defaultdict(dict)
    for name, story in named:
        form = name.casefold()
        if name != spelling.get(form):
            spelling[form] = min(name, spelling.get(form, name))
        by_name[form].setdefault(story.slug, story)
    taken: set[str] = set()
    for form in sorted(by_name):
        slug = _slug(spelling[form], taken)
        held = tuple(by_name[form].values())
        yield Shelf(name=spelling[form], address=f"{folder}/{slug}/", stories=held)


def _people(stories: Sequence[Brief], language: str) -> Iterator[Shelf]:
    """Yield a shelf for each person; of several with one name, the first known has it alone."""
    by_slug = {story.slug: story for story in stories}
    taken: set[str] = set()
    oldest_first = list(reversed(stories))
    shelves = [
        Shelf(
            name=person.name,
            address=f"people/{_slug(person.name, taken, person.role)}/",
            # A story may name one person in two ways.
            stories=tuple(
                by_slug[s] for s in dict.fromkeys(s for s, _ in reversed(person.mentions))
            ),
            role=person.role,
            speakers=person.mentions,
        )
        for person in find_persons(oldest_first, language=language)
    ]
    yield from sorted(shelves, key=lambda shelf: (shelf.name.casefold(), shelf.address))


def _slug(name: str, taken: set[str], role: str | None = None) -> str:
    """Return a part of an address that no other name has: with the role, else with a number."""
    base = slugify(name)
    if base == NAMELESS:
        base = "-".join(f"{ord(character):x}" for character in name[:12])
    with_role = [slugify(f"{name} {role}")] if role else []
    numbered = (f"{base}-{number}" for number in count(2))
    slug = next(slug for slug in chain([base], with_role, numbered) if slug not in taken)
    taken.add(slug)
    return slug
