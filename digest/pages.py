"""Renders the site's pages: story files and templates become HTML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import jinja2
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from markupsafe import Markup

from digest.dates import format_moment, moment_key
from digest.errors import TemplateError
from digest.markdown import render_markdown
from digest.models import File, Moment, Quote, Site, Story, StoryFile

FALLBACK_LOCALE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story as templates see it."""

    title: str
    address: str
    """Below the site's root: `stories/SLUG/`."""
    published: str | None
    """ISO 8601, for machines."""
    day: str | None
    """For people, in the site's language."""
    sources: tuple[str, ...]
    articles: int
    lead: str
    quote: Quote | None
    """The leading quote."""
    people: tuple[str, ...]
    tags: tuple[str, ...]
    body: Markup
    edited: bool


def address_of(slug: str) -> str:
    """Return the address of a story's page below the site's root."""
    return f"stories/{slug}/"


def sort_stories(story_files: Iterable[StoryFile]) -> list[StoryFile]:
    """Return the newest first and the undated last; equals in the order of their slugs."""
    by_slug = sorted(story_files, key=lambda file: file.story.slug)
    return sorted(by_slug, key=lambda file: moment_key(file.story.published), reverse=True)


def render_pages(
    story_files: Iterable[StoryFile], *, site: Site, templates: jinja2.Environment
) -> Iterator[File]:
    """Yield all pages of the site. Raises `TemplateError` with the template and its line."""
    files = sort_stories(story_files)
    views = {file.story.slug: _view(file, site.language) for file in files}
    every = {"site": site, "stories": list(views.values())}
    yield _render(templates, "index.html", "index.html", every)
    yield _render(templates, "about.html", "about/index.html", every)
    # A missing page is shown at any depth, so its links cannot be relative.
    root = urlsplit(site.base_url).path
    yield _render(templates, "404.html", "404.html", every, root=root)
    for file in files:
        one = {"site": site, "story": views[file.story.slug], "related": _related(file, views)}
        path = f"{address_of(file.story.slug)}index.html"
        yield _render(templates, "story.html", path, one)


def _related(file: StoryFile, views: dict[str, StoryView]) -> list[StoryView]:
    return [views[slug] for slug in file.story.related if slug in views]


def _view(file: StoryFile, language: str) -> StoryView:
    story = file.story
    return StoryView(
        title=story.title,
        address=address_of(story.slug),
        published=format_moment(story.published) if story.published else None,
        day=format_day(story.published, language=language) if story.published else None,
        sources=_sources(story),
        articles=len(story.articles),
        lead=story.summary[0].text if story.summary else "",
        quote=story.quotes[0] if story.quotes else None,
        people=story.people,
        tags=story.tags,
        # Rendered by markdown-it with raw HTML turned off.
        body=Markup(render_markdown(file.body)),
        edited=file.edited,
    )


def _sources(story: Story) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.source for a in story.articles if a.source))


def format_day(moment: Moment, *, language: str) -> str:
    """Return a day as people write it in a language: "22 November 2026"."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(FALLBACK_LOCALE)
    return str(format_date(moment, format="long", locale=locale))


def _render(
    templates: jinja2.Environment,
    name: str,
    path: str,
    values: dict[str, Any],
    *,
    root: str | None = None,
) -> File:
    """Return one page; `root` leads from it to the front page (`../../`, or `./`)."""
    depth = len(PurePosixPath(path).parts) - 1
    root = root or "../" * depth or "./"
    folder = path.removesuffix("index.html")
    try:
        text = templates.get_template(name).render(**values, root=root, address=folder)
    except jinja2.TemplateSyntaxError as error:
        place = f"templates/{error.name}:{error.lineno}"
        raise TemplateError(place, str(error.message), "correct the template") from error
    except jinja2.TemplateNotFound as error:
        place = _place(error.__traceback__, name)
        problem = f"there is no template {error.name!r}"
        raise TemplateError(place, problem, "correct the name, or add the file") from error
    except jinja2.TemplateError as error:
        place = _place(error.__traceback__, name)
        raise TemplateError(place, str(error.message), "correct the template") from error
    return File(path=path, data=text.encode())


def _place(traceback: TracebackType | None, name: str) -> str:
    """Return the template and line in which rendering failed: the innermost frame of a template."""
    place = f"templates/{name}"
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if "templates/" in file:
            place = f"templates/{file.rpartition('templates/')[2]}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
