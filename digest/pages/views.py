"""What templates see: values that are ready to be shown, so that templates need no logic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from markupsafe import Markup

from digest.body import Links, render_body, show_quote
from digest.charts import draw_timeline
from digest.dates import format_moment
from digest.models import Moment, Quote, Story, StoryFile
from digest.references import find_links
from digest.say import say, say_count, say_day, say_minutes
from digest.shelves import Shelf, Shelves, address_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name that leads somewhere below the site's root."""

    name: str
    address: str
    count: str = ""
    """How much is there: "3 stories"."""
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A quote with who said it."""

    words: str
    """With marks around each segment."""
    language: str | None
    """Where it is not that of the site."""
    speaker: str
    role: str | None
    via: str | None
    """ "via Reuters"."""
    person: str | None
    """The address of the speaker's page."""
    cite: str | None
    """The address of the article at these words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What was put right, when, and in which story."""

    day: str
    iso: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story as lists and its own page show it."""

    title: str
    address: str
    published: str | None
    """ISO 8601, for machines."""
    day: str | None
    """For people."""
    updated: str | None
    """For people, where the story went on after its first day."""
    count: str
    """ "1 article", "3 outlets", or "5 outlets, 1 origin" where some print the same."""
    outlets: str
    """ "The Canal Post, Reuters"; empty where no article names its publisher."""
    lead: str
    lead_language: str | None
    """Where it is not that of the site."""
    minutes: str
    quotes: tuple[QuoteView, ...]
    people: tuple[Link, ...]
    topics: tuple[Link, ...]
    corrections: tuple[CorrectionView, ...]
    body: Markup
    timeline: Markup
    """Empty unless the articles are of several days."""
    span: str
    """What the timeline shows, in words."""
    edited: bool
    related: tuple[str, ...]
    """Slugs."""


def view_stories(shelves: Shelves, *, language: str) -> dict[str, StoryView]:
    """Return what templates see of each story, by its slug, in the order of the stories."""
    people = _addresses_of_speakers(shelves.people)
    topics = {tag.name.casefold(): tag for tag in shelves.topics}
    return {
        file.story.slug: _view_story(file, people.get(file.story.slug, {}), topics, language)
        for file in shelves.stories
    }


def _addresses_of_speakers(people: Sequence[Shelf]) -> dict[str, dict[str, str]]:
    """Return, by story and speaker, the address of the person's page."""
    addresses: dict[str, dict[str, str]] = {}
    for person in people:
        for slug, speaker in person.speakers:
            addresses.setdefault(slug, {})[speaker] = person.address
    return addresses


def _view_story(
    file: StoryFile, people: Mapping[str, str], topics: Mapping[str, Shelf], language: str
) -> StoryView:
    story = file.story
    links = find_links(story, language=language, label=say(language, "original"))
    days = sorted({_day(article.published) for article in story.articles if article.published})
    lead = story.summary[0].text if story.summary else ""
    return StoryView(
        title=story.title,
        address=address_of(story),
        published=format_moment(story.published) if story.published else None,
        day=say_day(language, story.published) if story.published else None,
        updated=_say_updated(story, language),
        count=_say_sources(story, language),
        outlets=", ".join(dict.fromkeys(a.source for a in story.articles if a.source)),
        lead=lead,
        lead_language=links.languages.get(lead),
        minutes=say_minutes(language, file.body),
        quotes=tuple(_view_quote(quote, people, links, language) for quote in story.quotes),
        people=tuple(Link(name=name, address=address) for name, address in people.items()),
        topics=tuple(_link(topics[tag.casefold()]) for tag in story.tags),
        corrections=_view_corrections(story, language),
        body=_view_body(file, people, links),
        timeline=draw_timeline(days) if len(days) > 1 else Markup(),
        span=_say_span(days, language),
        edited=file.edited,
        related=story.related,
    )


def _view_body(file: StoryFile, people: Mapping[str, str], links: Links) -> Markup:
    """Return the body as HTML, seen from the story's page."""
    pages = {speaker: f"../../{address}" for speaker, address in people.items()}
    # markdown-it leaves no HTML of others through.
    return Markup(render_body(file.body, replace(links, people=pages)))


def _say_sources(story: Story, language: str) -> str:
    """Return how many outlets report, and how many wrote it: "3 outlets, 2 origins"."""
    outlets = len({article.source or article.path for article in story.articles})
    origins = sum(article.copy_of is None for article in story.articles)
    if len(story.articles) == 1 or outlets == 1:
        return say_count(language, "articles", len(story.articles))
    said = [say_count(language, "outlets", outlets)]
    if origins < outlets:
        said.append(say_count(language, "origins", origins))
    return ", ".join(said)


def _say_updated(story: Story, language: str) -> str | None:
    """Return when the story went on, unless that was on its first day."""
    if not story.published or not story.updated or _day(story.updated) <= _day(story.published):
        return None
    return say(language, "updated", day=say_day(language, story.updated))


def _view_corrections(story: Story, language: str) -> tuple[CorrectionView, ...]:
    """Return the corrections of a story, the newest first."""
    newest_first = sorted(story.corrections, key=lambda c: (_day(c.date), c.text), reverse=True)
    return tuple(
        CorrectionView(day=say_day(language, c.date), iso=format_moment(c.date), text=c.text)
        for c in newest_first
    )


def _view_quote(quote: Quote, people: Mapping[str, str], links: Links, language: str) -> QuoteView:
    words = show_quote(segment.text for segment in quote.segments)
    return QuoteView(
        words=words,
        language=links.languages.get(words),
        speaker=quote.speaker or say(language, "nobody"),
        role=quote.role,
        via=say(language, "via", outlet=quote.via) if quote.via else None,
        person=people.get(quote.speaker or ""),
        cite=links.passages.get(words),
    )


def _link(shelf: Shelf) -> Link:
    return Link(name=shelf.name, address=shelf.address)


def _say_span(days: Sequence[date], language: str) -> str:
    if len(days) < 2:
        return ""
    first, last = say_day(language, days[0]), say_day(language, days[-1])
    return say(language, "coverage_between", first=first, last=last)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
