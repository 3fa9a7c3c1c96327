"""Lays out the site: which pages there are, at which address, from which template."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from digest.body import render_body
from digest.charts import draw_bars
from digest.language import load_prose, load_texts
from digest.markdown import escape_markdown
from digest.models import File, Site, StoryFile
from digest.pages.front import order_front
from digest.pages.lists import split_list
from digest.pages.machine import describe_story, write_robots, write_sitemap
from digest.pages.render import render
from digest.pages.views import Link, QuoteView, StoryView, view_stories
from digest.say import say, say_count, say_month, tell_direction
from digest.shelves import FEED, Shelf, Shelves

Page = Callable[..., File]
Views = Mapping[str, StoryView]

NOT_FOUND = "404.html"


def render_pages(
    shelves: Shelves,
    *,
    site: Site,
    templates: jinja2.Environment,
    per_page: int,
    searchable: bool = False,
    editions: bool = False,
) -> Iterator[File]:
    """Yield all pages of the site. Raises `TemplateError` with the template and its line."""
    views = view_stories(shelves, language=site.language)
    common = {
        "site": site,
        "t": load_texts(site.language, "pages"),
        "direction": tell_direction(site.language),
        "sections": list(_sections(site.language, searchable=searchable)),
        "feed": Link(name=site.title, address=FEED),
    }
    page = partial(_page, templates, common)
    pages = [
        page(
            "index.html",
            "",
            stories=[views[f.story.slug] for f in order_front(shelves.stories[:per_page])],
        ),
        *_stories(page, shelves, views, site),
        *_archive(page, shelves, views, site.language, per_page),
        *_shelves(page, "topics", shelves.topics, views, site, per_page),
        *_shelves(page, "people", shelves.people, views, site, per_page),
        *_shelves(page, "sources", shelves.sources, views, site, per_page),
        *_single_pages(page, shelves, views, site, searchable=searchable, editions=editions),
    ]
    yield from pages
    yield from _markdown(shelves.stories)
    yield write_sitemap(_addresses(pages), base_url=site.base_url)
    yield write_robots(base_url=site.base_url)


def _page(
    templates: jinja2.Environment,
    common: Mapping[str, Any],
    template: str,
    address: str,
    root: str | None = None,
    **values: Any,
) -> File:
    return render(templates, template, address=address, values={**common, **values}, root=root)


def _sections(language: str, *, searchable: bool) -> Iterator[Link]:
    """Yield the pages that every page leads to."""
    names = ["archive", "topics", "people", "sources", *(["search"] if searchable else []), "about"]
    for name in names:
        yield Link(name=say(language, name), address=f"{name}/")


def _stories(page: Page, shelves: Shelves, views: Views, site: Site) -> Iterator[File]:
    for file in shelves.stories:
        view = views[file.story.slug]
        yield page(
            "story.html",
            view.address,
            story=view,
            related=[views[slug] for slug in view.related if slug in views],
            machine=describe_story(file.story, site=site),
        )


def _markdown(stories: Iterable[StoryFile]) -> Iterator[File]:
    """Yield the text of each story for programs, and people, that prefer it to HTML."""
    for file in stories:
        text = f"# {escape_markdown(file.story.title)}\n\n{file.body}"
        yield File(path=f"stories/{file.story.slug}/index.md", data=text.encode())


def _archive(
    page: Page, shelves: Shelves, views: Views, language: str, per_page: int
) -> Iterator[File]:
    months = [(_name_month(shelf, language), shelf) for shelf in shelves.months]
    dated = [(name, shelf) for name, shelf in months if shelf.name]
    chart, span = Markup(), ""
    if len(dated) > 1:
        chart = draw_bars(_count_months([shelf for _, shelf in dated]))
        span = say(language, "coverage_between", first=dated[-1][0], last=dated[0][0])
    yield page(
        "shelves.html",
        "archive/",
        title=say(language, "archive"),
        links=[_link(shelf, language, name=name) for name, shelf in months],
        chart=chart,
        span=span,
    )
    for name, shelf in months:
        chart = draw_bars(_count_days(shelf)) if shelf.name else Markup()
        yield from _list(page, "list.html", shelf, views, per_page, title=name, chart=chart)


def _count_months(newest_first: Sequence[Shelf]) -> list[int]:
    """Return how many stories each month has, from the first to the last, empty ones too."""
    counts = {_number_month(shelf): len(shelf.stories) for shelf in newest_first}
    return [counts.get(number, 0) for number in range(min(counts), max(counts) + 1)]


def _count_days(month: Shelf) -> list[int]:
    """Return how many stories each day of a month has."""
    year, number = map(int, month.name.split("-"))
    counts = Counter(file.story.published.day for file in month.stories if file.story.published)
    return [counts[day] for day in range(1, monthrange(year, number)[1] + 1)]


def _number_month(shelf: Shelf) -> int:
    year, month = map(int, shelf.name.split("-"))
    return 12 * year + month


def _name_month(shelf: Shelf, language: str) -> str:
    if not shelf.name:
        return say(language, "undated_stories")
    return say_month(language, date.fromisoformat(f"{shelf.name}-01"))


def _shelves(
    page: Page,
    name: str,
    shelves: Sequence[Shelf],
    views: Views,
    site: Site,
    per_page: int,
) -> Iterator[File]:
    """Yield the list of all topics, people or sources, and the pages of each."""
    language = site.language
    links = [_link(shelf, language) for shelf in shelves]
    given = {"title": say(language, name), "links": links, "chart": Markup(), "span": ""}
    yield page("shelves.html", f"{name}/", **given)
    for shelf in shelves:
        own = say(language, "feed_of", title=site.title, name=shelf.name)
        yield from _list(
            page,
            "person.html" if name == "people" else "list.html",
            shelf,
            views,
            per_page,
            title=shelf.name,
            role=shelf.role,
            said=_said(shelf, views),
            feed=Link(name=own, address=shelf.address + FEED),
        )


def _said(shelf: Shelf, views: Views) -> dict[str, list[QuoteView]]:
    """Return what a person said, by the address of the story."""
    return {
        views[slug].address: [q for q in views[slug].quotes if q.person == shelf.address]
        for slug, _ in shelf.speakers
    }


def _list(
    page: Page, template: str, shelf: Shelf, views: Views, per_page: int, **values: Any
) -> Iterator[File]:
    for part in split_list(shelf.stories, address=shelf.address, per_page=per_page):
        stories = [views[file.story.slug] for file in part.items]
        given = {"role": None, "said": {}, "chart": Markup(), **values}
        yield page(
            template, part.address, stories=stories, newer=part.newer, older=part.older, **given
        )


def _link(shelf: Shelf, language: str, *, name: str | None = None) -> Link:
    count = say_count(language, "stories", len(shelf.stories))
    return Link(name=name or shelf.name, address=shelf.address, count=count, role=shelf.role)


def _single_pages(
    page: Page,
    shelves: Shelves,
    views: Views,
    site: Site,
    *,
    searchable: bool,
    editions: bool,
) -> Iterator[File]:
    corrected = [view for view in views.values() if view.corrections]
    corrected.sort(key=lambda view: (view.corrections[0].iso, view.address), reverse=True)
    feed = Link(name=say(site.language, "corrections"), address=f"corrections/{FEED}")
    yield page("corrections.html", "corrections/", stories=corrected, feed=feed)
    prose = load_prose(site.language, "about").replace("{title}", escape_markdown(site.title))
    yield page("about.html", "about/", prose=Markup(render_body(prose)))
    feeds = [_link(shelf, site.language) for shelf in shelves.with_feeds()]
    yield page("feeds.html", "feeds/", feeds=feeds, editions=editions)
    if searchable:
        yield page("search.html", "search/")
    # A missing page is shown at any depth, so its links cannot be relative.
    yield page("404.html", NOT_FOUND, root=urlsplit(site.base_url).path)


def _addresses(pages: Iterable[File]) -> Iterator[str]:
    """Yield the addresses of pages that a search engine should know."""
    yield from (file.path.removesuffix("index.html") for file in pages if file.path != NOT_FOUND)
