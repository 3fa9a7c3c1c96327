"""Prints pages: what all of them share is set up once, what lists show is printed once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import jinja2
from markupsafe import Markup

from digest.language import load_texts
from digest.markdown import escape_markdown
from digest.models import File, PageOptions, Site
from digest.pages.render import ROOT, fill, find_root, render
from digest.pages.site import Page, list_sections
from digest.pages.views import Link, Place, StoryView, Teaser, Telling, view_story
from digest.say import say, tell_direction
from digest.shelves import FEED, MONTHS

EVERYTHING = PageOptions()
KNOWN_STORIES = 5_000  # half a kilobyte each


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """The templates, and what each of them sees."""

    templates: jinja2.Environment
    common: Mapping[str, Any]
    site: Site
    options: PageOptions
    frames: dict[tuple[str, str], dict[str, Markup]] = field(default_factory=dict)
    """What stands above and below of pages, by the way to the front page and by section."""


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
    common: dict[str, Any] = {
        "site": site,
        "t": SimpleNamespace(
            **load_texts(site.language, "pages")
        ),  # Jinja asks for attributes first
        "direction": tell_direction(site.language),
        "sections": list(_sections(site.language, options, searchable=searchable)),
        "as_text": options.text,
        "feed": Link(name=site.title, address=FEED),
    }
    common["meta"] = partial(_print_meta, templates, common, {})
    return Press(templates=templates, common=common, site=site, options=options)


def _print_meta(
    templates: jinja2.Environment,
    common: Mapping[str, Any],
    known: dict[tuple[str | None, ...], Markup],
    story: Teaser,
    *more: str | None,
) -> Markup:
    """Return the line of a story's date and outlets; many pages show that of one story."""
    if len(known) > KNOWN_STORIES:
        known.clear()
    key = (story.address, *more)
    if key not in known:
        values = {**common, "story": story, "more": more}
        known[key] = Markup(fill(templates, "_meta.html", values).strip())
    return known[key]


def print_story(press: Press, telling: Telling, place: Place) -> tuple[list[File], Pieces]:
    """Return the page of a story with its text for programs, and what other pages show of it.

    Raises `TemplateError` with the template and its line.
    """
    view = view_story(telling, place, language=press.site.language)
    values = {
        "story": view,
        "related": [Teaser(*row) for row in place.related],
        "machine": Markup(telling.machine),
    }
    page = _print(press, "story.html", view.address, values)
    files = [page]
    if press.options.text:
        text = f"# {escape_markdown(view.title)}\n\n{telling.text}"
        files.append(File(path=f"{view.address}index.md", data=text.encode()))
    return files, _print_pieces(press, view)


def print_page(press: Press, page: Page, entries: Sequence[str] = ()) -> File:
    """Return a page with these pieces in it; raise `TemplateError` with template and line."""
    values = dict(page.values)
    if page.entries is not None:
        values["entries"] = [Markup(entry) for entry in entries]
    return _print(press, page.template, page.address, values, root=page.root)


def _print(
    press: Press, template: str, address: str, values: Mapping[str, Any], *, root: str | None = None
) -> File:
    root = root or find_root(address)
    frame = _frame(press, root, address)
    return render(
        press.templates,
        template,
        address=address,
        values={**press.common, **frame, **values},
        root=root,
    )


def _frame(press: Press, root: str, address: str) -> dict[str, Markup]:
    """Return what stands above and below of a page: the same for all at one depth."""
    section = address if any(address == s.address for s in press.common["sections"]) else ""
    if (root, section) not in press.frames:
        values = {**press.common, "root": root, "address": section}
        press.frames[root, section] = {
            name: Markup(fill(press.templates, f"_{name}.html", values).strip())
            for name in ("masthead", "footer")
        }
    return press.frames[root, section]


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
