"""Lays out the site: which pages there are, at which address, from which template."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from digest.body import render_body
from digest.charts import draw_bars
from digest.language import load_prose
from digest.markdown import escape_markdown
from digest.models import Site
from digest.pages.front import order_front
from digest.pages.lists import split_list
from digest.pages.views import Link, Place, view_teaser
from digest.say import say, say_count, say_month
from digest.shelves import FEED, Shelf, Shelves, address_of

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


def plan_pages(
    shelves: Shelves,
    *,
    site: Site,
    per_page: int,
    searchable: bool = False,
    editions: bool = False,
) -> Iterator[Page]:
    """Yield all pages of the site but those of stories."""
    front = order_front(shelves.stories[:per_page])
    yield Page(template="index.html", address="", entries=tuple(story.slug for story in front))
    yield from _archive(shelves, site.language, per_page)
    yield from _shelves("topics", shelves.topics, site, per_page)
    yield from _shelves("people", shelves.people, site, per_page)
    yield from _shelves("sources", shelves.sources, site, per_page)
    yield from _single_pages(shelves, site, searchable=searchable, editions=editions)


def list_addresses(places: Mapping[str, Place], pages: Sequence[Page]) -> list[str]:
    """Return the addresses of all pages that a search engine should know."""
    others = [page.address for page in pages[1:] if page.address != NOT_FOUND]
    return [pages[0].address, *map(address_of, places), *others]


def _archive(shelves: Shelves, language: str, per_page: int) -> Iterator[Page]:
    months = [(_name_month(shelf, language), shelf) for shelf in shelves.months]
    dated = [(name, shelf) for name, shelf in months if shelf.name]
    chart, span = Markup(), ""
    if len(dated) > 1:
        chart = draw_bars(_count_months([shelf for _, shelf in dated]))
        span = say(language, "coverage_between", first=dated[-1][0], last=dated[0][0])
    links = [_link(shelf, language, name=name) for name, shelf in months]
    values = {"title": say(language, "archive"), "links": links, "chart": chart, "span": span}
    yield Page(template="shelves.html", address="archive/", values=values)
    for name, shelf in months:
        chart = draw_bars(_count_days(shelf)) if shelf.name else Markup()
        yield from _list("list.html", shelf, per_page, title=name, chart=chart)


def _count_months(newest_first: Sequence[Shelf]) -> list[int]:
    """Return how many stories each month has, from the first to the last, empty ones too."""
    counts = {_number_month(shelf): len(shelf.stories) for shelf in newest_first}
    return [counts.get(number, 0) for number in range(min(counts), max(counts) + 1)]


def _count_days(month: Shelf) -> list[int]:
    """Return how many stories each day of a month has."""
    year, number = map(int, month.name.split("-"))
    counts = Counter(story.published.day for story in month.stories if story.published)
    return [counts[day] for day in range(1, monthrange(year, number)[1] + 1)]


def _number_month(shelf: Shelf) -> int:
    year, month = map(int, shelf.name.split("-"))
    return 12 * year + month


def _name_month(shelf: Shelf, language: str) -> str:
    if not shelf.name:
        return say(language, "undated_stories")
    return say_month(language, date.fromisoformat(f"{shelf.name}-01"))


def _shelves(name: str, shelves: Sequence[Shelf], site: Site, per_page: int) -> Iterator[Page]:
    """Yield the list of all topics, people or sources, and the pages of each."""
    language = site.language
    links = [_link(shelf, language) for shelf in shelves]
    values = {"title": say(language, name), "links": links, "chart": Markup(), "span": ""}
    yield Page(template="shelves.html", address=f"{name}/", values=values)
    template = "person.html" if name == "people" else "list.html"
    for shelf in shelves:
        own = say(language, "feed_of", title=site.title, name=shelf.name)
        feed = Link(name=own, address=shelf.address + FEED)
        yield from _list(template, shelf, per_page, title=shelf.name, role=shelf.role, feed=feed)


def _list(template: str, shelf: Shelf, per_page: int, **values: Any) -> Iterator[Page]:
    defaults = {"role": None, "chart": Markup()}
    for part in split_list(shelf.stories, address=shelf.address, per_page=per_page):
        yield Page(
            template=template,
            address=part.address,
            values={**defaults, **values, "newer": part.newer, "older": part.older},
            entries=tuple(story.slug for story in part.items),
            person=shelf.address if shelf.speakers else None,
        )


def _link(shelf: Shelf, language: str, *, name: str | None = None) -> Link:
    count = say_count(language, "stories", len(shelf.stories))
    return Link(name=name or shelf.name, address=shelf.address, count=count, role=shelf.role)


def _single_pages(
    shelves: Shelves, site: Site, *, searchable: bool, editions: bool
) -> Iterator[Page]:
    language = site.language
    corrected = [view_teaser(s, language=language) for s in shelves.stories if s.corrections]
    corrected.sort(key=lambda story: (story.corrections[0].iso, story.address), reverse=True)
    feed = Link(name=say(language, "corrections"), address=f"corrections/{FEED}")
    values: dict[str, Any] = {"stories": corrected, "feed": feed}
    yield Page(template="corrections.html", address="corrections/", values=values)
    prose = load_prose(language, "about").replace("{title}", escape_markdown(site.title))
    values = {"prose": Markup(render_body(prose))}
    yield Page(template="about.html", address="about/", values=values)
    feeds = [_link(shelf, language) for shelf in shelves.with_feeds()]
    values = {"feeds": feeds, "editions": editions}
    yield Page(template="feeds.html", address="feeds/", values=values)
    if searchable:
        yield Page(template="search.html", address="search/")
    # A missing page is shown at any depth, so its links cannot be relative.
    yield Page(template="404.html", address=NOT_FOUND, root=urlsplit(site.base_url).path)
