"""What templates see: values that are ready to be shown, so that templates need no logic.

A story is told once, when it is read, and viewed where it stands, when all others are read too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from digest.body import Links, escape_marks, render_body, show_quote
from digest.briefs import Brief, brief_to_row, row_to_brief
from digest.charts import draw_timeline
from digest.dates import format_moment
from digest.models import Moment, Quote, Site, Story, StoryFile
from digest.pages.machine import describe_story
from digest.say import say, say_count, say_day, say_minutes
from digest.shelves import address_of

HOLE = "\0{}"
"""Stands for an address in HTML: neither way to render a body lets this character through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name that leads somewhere below the site's root."""

    name: str
    address: str
    count: str = ""
    """How much is there: "3 stories"."""
    role: str | None = None


class QuoteView(NamedTuple):
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


class CorrectionView(NamedTuple):
    """What was put right, when, and in which story."""

    day: str
    iso: str
    text: str


@dataclass(frozen=True, slots=True)
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


class Place(NamedTuple):
    """Where a story stands in the site: all that its page shows besides its own words.

    Plain values, because ten thousand of them travel from one process to others.
    """

    people: dict[str, str]
    """The address of the page of each speaker, by the name that the story uses."""
    topics: list[tuple[str, str]]
    """Each with its address."""
    related: list[tuple[Any, ...]]
    """Stories as `tell_teaser` tells them."""


class Telling(NamedTuple):
    """What a story tells wherever it stands in the site, as values that JSON can hold."""

    brief: list[Any]
    """As `brief_to_row` writes it."""
    updated: str | None
    """For people, where the story went on after its first day."""
    lead: str
    quotes: list[list[Any]]
    """As `QuoteView` has them; speakers by their names, if they have any."""
    lead_language: str | None
    minutes: str
    text: str
    """Markdown; empty where pages of text are not wanted."""
    body: str
    """HTML, with a `HOLE` for the page of each speaker."""
    timeline: str
    span: str
    machine: str
    """The story as JSON-LD."""


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


def tell_teaser(story: Brief, *, language: str) -> tuple[Any, ...]:
    """Return a story as other pages name it: the values of a `Teaser`."""
    return (
        story.title,
        address_of(story.slug),
        format_moment(story.published) if story.published else None,
        say_day(language, story.published) if story.published else None,
        _say_sources(story, language),
        ", ".join(story.sources),
        _view_corrections(story, language),
    )


def view_teaser(story: Brief, *, language: str) -> Teaser:
    """Return a story as other pages name it."""
    return Teaser(*tell_teaser(story, language=language))


def tell_story(
    file: StoryFile, brief: Brief, links: Links, *, site: Site, text: bool = True
) -> Telling:
    """Return what a story tells; `links` as `find_links` finds them, `text` if it is wanted."""
    story, language = file.story, site.language
    days = sorted({_day(article.published) for article in story.articles if article.published})
    lead = story.summary[0].text if story.summary else ""
    return Telling(
        brief=brief_to_row(brief),
        updated=_say_updated(story, language),
        lead=lead,
        lead_language=links.languages.get(lead),
        minutes=say_minutes(language, file.body),
        quotes=[_tell_quote(quote, links, language) for quote in story.quotes],
        text=file.body if text else "",
        body=_tell_body(file.body, brief, links),
        timeline=draw_timeline(days) if len(days) > 1 else "",
        span=_say_span(days, language),
        machine=describe_story(story, site=site),
    )


def view_story(telling: Telling, place: Place, *, language: str) -> StoryView:
    """Return what templates see of a story that stands there."""
    brief = row_to_brief(telling.brief)
    teaser = view_teaser(brief, language=language)
    nobody = say(language, "nobody")
    return StoryView(
        title=teaser.title,
        address=teaser.address,
        published=teaser.published,
        day=teaser.day,
        updated=telling.updated,
        count=teaser.count,
        outlets=teaser.outlets,
        lead=telling.lead,
        lead_language=telling.lead_language,
        minutes=telling.minutes,
        quotes=tuple(_view_quote(QuoteView(*row), place, nobody) for row in telling.quotes),
        people=tuple(Link(name=name, address=address) for name, address in place.people.items()),
        topics=tuple(Link(name=name, address=address) for name, address in place.topics),
        corrections=teaser.corrections,
        body=_view_body(telling.body, brief, place.people),
        timeline=Markup(telling.timeline),
        span=telling.span,
        edited=brief.edited,
    )


def _tell_body(body: str, brief: Brief, links: Links) -> str:
    """Return the body as HTML; the pages of speakers are known when all stories are read."""
    holes = {name: HOLE.format(number) for number, (name, _) in enumerate(brief.speakers)}
    return render_body(body, replace(links, people=holes))  # leaves no HTML of others through


def _view_body(body: str, brief: Brief, people: Mapping[str, str]) -> Markup:
    """Return the body as HTML, seen from the story's page."""
    for number, (name, _) in enumerate(brief.speakers):
        words, page = escape_marks(name), people.get(name)
        link = f'<a href="../../{page}">{words}</a>' if page else words
        body = body.replace(f'<a href="{HOLE.format(number)}">{words}</a>', link)
    return Markup(body)


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


def _tell_quote(quote: Quote, links: Links, language: str) -> list[Any]:
    words = show_quote(segment.text for segment in quote.segments)
    via = say(language, "via", outlet=quote.via) if quote.via else None
    foreign, cite = links.languages.get(words), links.passages.get(words)
    return [words, foreign, quote.speaker, quote.role, via, None, cite]


def _view_quote(quote: QuoteView, place: Place, nobody: str) -> QuoteView:
    person = place.people.get(quote.speaker)
    return quote._replace(person=person, speaker=quote.speaker or nobody)


def _say_span(days: Sequence[date], language: str) -> str:
    if len(days) < 2:
        return ""
    first, last = say_day(language, days[0]), say_day(language, days[-1])
    return say(language, "coverage_between", first=first, last=last)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
