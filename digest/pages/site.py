"""Lays out the site: which pages there are, at which address, from which template."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from digest.body import render_body
from digest.briefs import Brief
from digest.charts import draw_bars
from digest.language import load_prose
from digest.markdown import escape_markdown
from digest.models import PageOptions, Site
from digest.pages.front import order_front
from digest.pages.lists import split_list
from digest.pages.views import Link, view_teaser
from digest.say import say, say_count, say_month
from digest.shelves import FEED, MONTHS, PEOPLE, SOURCES, TOPICS, Label, Shelf

NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that is still to be rendered, besides those of stories."""

    template: str
    address: str
    """Below the site's root."""
    values: Mapping[str, Any] = field(default_factory=dict)
    entries: tuple[str, ...] | None = None
    """The slugs of the stories that it shows, as an entry each, where it is a list."""
    person: str | None = None
    """The address of the person whose quotes the entries are, where that is all they are."""
    root: str | None = None
    """The way to the front page, where it is not the same from wherever the page is shown."""


def plan_shelf(shelf: Shelf, *, site: Site, options: PageOptions, feed: bool) -> Iterator[Page]:
    """Yield the pages of a shelf; `feed` tells whether it has a feed of its own."""
    label, kind = shelf.label, shelf.label.address.partition("/")[0]
    values: dict[str, Any] = {"title": label.name, "role": label.role}
    chart = Markup()
    if kind == MONTHS:
        values["title"] = _name_month(label.name, site.language)
        chart = draw_bars(_count_days(shelf)) if label.name else chart
    elif feed:
        own = say(site.language, "feed_of", title=site.title, name=label.name)
        values["feed"] = Link(name=own, address=label.address + FEED)
    for part in split_list(shelf.cards, address=label.address, per_page=options.stories):
        yield Page(
            template="person.html" if kind == PEOPLE else "list.html",
            address=part.address,
            # The picture stands on the newest page alone: older ones stay when a story comes.
            values={
                **values,
                "chart": Markup() if part.newer is not None else chart,
                "newer": part.newer,
                "older": part.older,
            },
            entries=tuple(card.slug for card in part.items),
            person=label.address if shelf.speakers else None,
        )


def plan_front(newest: Sequence[Brief]) -> Page:
    """Return the front page, which shows the newest stories."""
    entries = tuple(story.slug for story in order_front(newest))
    return Page(template="index.html", address="", entries=entries)


def plan_indexes(
    labels: Mapping[str, Sequence[Label]], *, site: Site, options: PageOptions
) -> Iterator[Page]:
    """Yield the lists of all months, topics, people and sources; `labels` are theirs, by kind."""
    yield _archive(labels[MONTHS], site.language)
    for kind in list_sections(options):
        links = [_link(label, site.language) for label in labels[kind]]
        values = {"title": say(site.language, kind), "links": links, "chart": Markup(), "span": ""}
        yield Page(template="shelves.html", address=f"{kind}/", values=values)


def plan_single_pages(*, site: Site, searchable: bool = False) -> Iterator[Page]:
    """Yield the pages that depend on no story."""
    language = site.language
    prose = load_prose(language, "about").replace("{title}", escape_markdown(site.title))
    values = {"prose": Markup(render_body(prose))}
    yield Page(template="about.html", address="about/", values=values)
    if searchable:
        yield Page(template="search.html", address="search/")
    # A missing page is shown at any depth, so its links cannot be relative.
    yield Page(template="404.html", address=NOT_FOUND, root=urlsplit(site.base_url).path)


def plan_corrections(corrected: Iterable[Brief], *, site: Site) -> Page:
    """Return the page of all that was put right, the latest correction first."""
    stories = [view_teaser(story, language=site.language) for story in corrected]
    stories.sort(key=lambda story: (story.corrections[0].iso, story.address), reverse=True)
    feed = Link(name=say(site.language, "corrections"), address=f"corrections/{FEED}")
    values: dict[str, Any] = {"stories": stories, "feed": feed}
    return Page(template="corrections.html", address="corrections/", values=values)


def plan_feed_list(labels: Iterable[Label], *, site: Site, editions: bool) -> Page:
    """Return the page that lists all feeds; `labels` are those of the shelves that have one."""
    feeds = [_link(label, site.language) for label in labels]
    values = {"feeds": feeds, "editions": editions}
    return Page(template="feeds.html", address="feeds/", values=values)


def list_sections(options: PageOptions) -> list[str]:
    """Return the kinds of shelves that have pages, besides the months."""
    wanted = {TOPICS: True, PEOPLE: options.people, SOURCES: options.sources}
    return [kind for kind, is_wanted in wanted.items() if is_wanted]


def _archive(newest_first: Sequence[Label], language: str) -> Page:
    months = [(_name_month(label.name, language), label) for label in newest_first]
    dated = [(name, label) for name, label in months if label.name]
    chart, span = Markup(), ""
    if len(dated) > 1:
        chart = draw_bars(_count_months([label for _, label in dated]))
        span = say(language, "coverage_between", first=dated[-1][0], last=dated[0][0])
    links = [_link(label, language, name=name) for name, label in months]
    values = {"title": say(language, "archive"), "links": links, "chart": chart, "span": span}
    return Page(template="shelves.html", address="archive/", values=values)


def _count_months(newest_first: Sequence[Label]) -> list[int]:
    """Return how many stories each month has, from the first to the last, empty ones too."""
    counts = {_number_month(label): label.stories for label in newest_first}
    return [counts.get(number, 0) for number in range(min(counts), max(counts) + 1)]


def _count_days(month: Shelf) -> list[int]:
    """Return how many stories each day of a month has."""
    year, number = map(int, month.label.name.split("-"))
    counts = Counter(card.note for card in month.cards)
    return [counts[day] for day in range(1, monthrange(year, number)[1] + 1)]


def _number_month(label: Label) -> int:
    year, month = map(int, label.name.split("-"))
    return 12 * year + month


def _name_month(name: str, language: str) -> str:
    if not name:
        return say(language, "undated_stories")
    return say_month(language, date.fromisoformat(f"{name}-01"))


def _link(label: Label, language: str, *, name: str | None = None) -> Link:
    count = say_count(language, "stories", label.stories)
    return Link(name=name or label.name, address=label.address, count=count, role=label.role)
