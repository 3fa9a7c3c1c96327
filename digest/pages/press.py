"""Prints pages: what all of them share is set up once, what lists show is printed once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup

from digest.language import load_texts
from digest.markdown import escape_markdown
from digest.models import File, PageOptions, Site
from digest.pages.render import ROOT, fill, render
from digest.pages.site import Page, list_sections
from digest.pages.views import Link, Place, StoryView, Telling, view_story
from digest.say import say, tell_direction
from digest.shelves import FEED, MONTHS

EVERYTHING = PageOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """The templates, and what each of them sees."""

    templates: jinja2.Environment
    common: Mapping[str, Any]
    site: Site
    options: PageOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What other pages show of a story, as HTML with `ROOT` in it."""

    entry: str
    said: Mapping[str, str]
    """What each person says in it, by the address of the person."""


def set_up_press(
    templates: jinja2.Environment,
    *,
    site: Site,
    options: PageOptions = EVERYTHING,
    searchable: bool = False,
) -> Press:
    """Return what is needed to print pages."""
    common = {
        "site": site,
        "t": load_texts(site.language, "pages"),
        "direction": tell_direction(site.language),
        "sections": list(_sections(site.language, options, searchable=searchable)),
        "as_text": options.text,
        "feed": Link(name=site.title, address=FEED),
    }
    return Press(templates=templates, common=common, site=site, options=options)


def print_story(press: Press, telling: Telling, place: Place) -> tuple[list[File], Pieces]:
    """Return the page of a story with its text for programs, and what other pages show of it.

    Raises `TemplateError` with the template and its line.
    """
    view = view_story(telling, place, language=press.site.language)
    values = {
        **press.common,
        "story": view,
        "related": place.related,
        "machine": Markup(telling.machine),
    }
    page = render(press.templates, "story.html", address=view.address, values=values)
    files = [page]
    if press.options.text:
        text = f"# {escape_markdown(view.title)}\n\n{telling.body}"
        files.append(File(path=f"{view.address}index.md", data=text.encode()))
    return files, _print_pieces(press, view)


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


def _sections(language: str, options: PageOptions, *, searchable: bool) -> Iterator[Link]:
    """Yield the pages that every page leads to."""
    kinds = [MONTHS, *list_sections(options)]
    names = [*kinds, *(["search"] if searchable else []), "about"]
    for name in names:
        yield Link(name=say(language, name), address=f"{name}/")
