"""Prints pages: what all of them share is set up once, what lists show is printed once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup

from digest.body import Links
from digest.language import load_texts
from digest.markdown import escape_markdown
from digest.models import File, Site, StoryFile
from digest.pages.machine import describe_story
from digest.pages.render import ROOT, fill, render
from digest.pages.site import Page
from digest.pages.views import Link, Place, StoryView, view_story
from digest.say import say, tell_direction
from digest.shelves import FEED, address_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """The templates, and what each of them sees."""

    templates: jinja2.Environment
    common: Mapping[str, Any]
    site: Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What other pages show of a story, as HTML with `ROOT` in it."""

    entry: str
    said: Mapping[str, str]
    """What each person says in it, by the address of the person."""


def set_up_press(templates: jinja2.Environment, *, site: Site, searchable: bool = False) -> Press:
    """Return what is needed to print pages."""
    common = {
        "site": site,
        "t": load_texts(site.language, "pages"),
        "direction": tell_direction(site.language),
        "sections": list(_sections(site.language, searchable=searchable)),
        "feed": Link(name=site.title, address=FEED),
    }
    return Press(templates=templates, common=common, site=site)


def print_story(
    press: Press, file: StoryFile, place: Place, links: Links
) -> tuple[list[File], Pieces]:
    """Return the page of a story with its text for programs, and what other pages show of it.

    Raises `TemplateError` with the template and its line.
    """
    view = view_story(file, place, links, language=press.site.language)
    values = {
        **press.common,
        "story": view,
        "related": place.related,
        "machine": describe_story(file.story, site=press.site),
    }
    page = render(press.templates, "story.html", address=view.address, values=values)
    # For programs, and people, that prefer it to HTML.
    text = f"# {escape_markdown(file.story.title)}\n\n{file.body}"
    markdown = File(path=f"{address_of(file.story.slug)}index.md", data=text.encode())
    return [page, markdown], _print_pieces(press, view)


def print_page(press: Press, page: Page, entries: Sequence[str] = ()) -> File:
    """Return a page with these pieces in it; raise `TemplateError` with template and line."""
    values = {**press.common, **page.values}
    if page.entries is not None:
        values["entries"] = [Markup(entry) for entry in entries]
    return render(
        press.templates, page.template, address=page.address, values=values, root=page.root
    )


def _print_pieces(press: Press, view: StoryView) -> Pieces:
    values = {**press.common, "root": ROOT, "story": view}
    said = {}
    for address in dict.fromkeys(link.address for link in view.people):
        quotes = [quote for quote in view.quotes if quote.person == address]
        said[address] = fill(press.templates, "_said.html", {**values, "quotes": quotes})
    return Pieces(entry=fill(press.templates, "_entry.html", values), said=said)


def _sections(language: str, *, searchable: bool) -> Iterator[Link]:
    """Yield the pages that every page leads to."""
    names = ["archive", "topics", "people", "sources", *(["search"] if searchable else []), "about"]
    for name in names:
        yield Link(name=say(language, name), address=f"{name}/")
