"""What templates see: values that are ready to be shown, so that templates need no logic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from markupsafe import Markup

from digest.body import Links, render_body, show_quote
from digest.briefs import Brief, make_brief
from digest.charts import draw_timeline
from digest.dates import format_moment
from digest.models import Moment, Quote, Story, StoryFile
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
class Teaser:
    """A story as other pages name it."""

    title: str
    address: str
    published: str | None
    """ISO 8601, for machines."""
    day: str | None
    """For people."""
    count: str
    """ "1 article", "3 outlets", or "5 outlets, 1 origin" where some print the same."""
    outlets: str
    """ "The Canal Post, Reuters"; empty where no article names its publisher."""
    corrections: tuple[CorrectionView, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a story stands in the site: all that its page shows besides its own words."""

    people: Mapping[str, str]
    """The address of the page of each speaker, by the name that the story uses."""
    topics: tuple[Link, ...]
    related: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView(Teaser):
    """A story as lists and its own page show it."""

    updated: str | None
    """For people, where the story went on after its first day."""
    lead: str
    lead_language: str | None
    """Where it is not that of the site."""
    minutes: str
    quotes: tuple[QuoteView, ...]
    people: tuple[Link, ...]
    topics: tuple[Link, ...]
    body: Markup
    timeline: Markup
    """Empty unless the articles are of several days."""
    span: str
    """What the timeline shows, in words."""
    edited: bool


def find_places(shelves: Shelves, *, language: str) -> dict[str, Place]:
    """Return the place of each story, by its slug, in the order of the stories."""
    people = _addresses_of_speakers(shelves.people)
    topics = {tag.name.casefold(): _link(tag) for tag in shelves.topics}
    teasers = {story.slug: view_teaser(story, language=language) for story in shelves.stories}
    return {
        story.slug: Place(
            people=people.get(story.slug, {}),
            topics=tuple(topics[tag.casefold()] for tag in story.tags),
            related=tuple(teasers[slug] for slug in story.related if slug in teasers),
        )
        for story in shelves.stories
    }


def view_teaser(story: Brief, *, language: str) -> Teaser:
    """Return a story as other pages name it."""
    return Teaser(
        title=story.title,
        address=address_of(story.slug),
        published=format_moment(story.published) if story.published else None,
        day=say_day(language, story.published) if story.published else None,
        count=_say_sources(story, language),
        outlets=", ".join(story.sources),
        corrections=_view_corrections(story, language),
    )


def view_story(file: StoryFile, place: Place, links: Links, *, language: str) -> StoryView:
    """Return what templates see of a story; `links` as `find_links` finds them."""
    story = file.story
    teaser = view_teaser(make_brief(file), language=language)
    days = sorted({_day(article.published) for article in story.articles if article.published})
    lead = story.summary[0].text if story.summary else ""
    return StoryView(
        title=teaser.title,
        address=teaser.address,
        published=teaser.published,
        day=teaser.day,
        updated=_say_updated(story, language),
        count=teaser.count,
        outlets=teaser.outlets,
        lead=lead,
        lead_language=links.languages.get(lead),
        minutes=say_minutes(language, file.body),
        quotes=tuple(_view_quote(quote, place.people, links, language) for quote in story.quotes),
        people=tuple(Link(name=name, address=address) for name, address in place.people.items()),
        topics=place.topics,
        corrections=teaser.corrections,
        body=_view_body(file, place.people, links),
        timeline=draw_timeline(days) if len(days) > 1 else Markup(),
        span=_say_span(days, language),
        edited=file.edited,
    )


def _addresses_of_speakers(people: Sequence[Shelf]) -> dict[str, dict[str, str]]:
    """Return, by story and speaker, the address of the person's page."""
    addresses: dict[str, dict[str, str]] = {}
    for person in people:
        for slug, speaker in person.speakers:
            addresses.setdefault(slug, {})[speaker] = person.address
    return addresses


def _view_body(file: StoryFile, people: Mapping[str, str], links: Links) -> Markup:
    """Return the body as HTML, seen from the story's page."""
    pages = {speaker: f"../../{address}" for speaker, address in people.items()}
    # markdown-it leaves no HTML of others through.
    return Markup(render_body(file.body, replace(links, people=pages)))


def _say_sources(story: Brief, language: str) -> str:
    """Return how many outlets report, and how many wrote it: "3 outlets, 2 origins"."""
    articles, outlets, origins, _ = story.counts
    if articles == 1 or outlets == 1:
        return say_count(language, "articles", articles)
    said = [say_count(language, "outlets", outlets)]
    if origins < outlets:
        said.append(say_count(language, "origins", origins))
    return ", ".join(said)


def _say_updated(story: Story, language: str) -> str | None:
    """Return when the story went on, unless that was on its first day."""
    if not story.published or not story.updated or _day(story.updated) <= _day(story.published):
        return None
    return say(language, "updated", day=say_day(language, story.updated))


def _view_corrections(story: Brief, language: str) -> tuple[CorrectionView, ...]:
    """Return the corrections of a story, the newest first."""
    newest_first = sorted(story.corrections, key=lambda c: (_day(c[0]), c[1]), reverse=True)
    return tuple(
        CorrectionView(day=say_day(language, moment), iso=format_moment(moment), text=text)
        for moment, text in newest_first
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
