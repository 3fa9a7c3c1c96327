"""The world outside: whether what pages lead to is still there."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

from digest.check.content import Content
from digest.check.findings import WARNING, Finding
from digest.check.site import SITE, BuiltSite
from digest.errors import WebError
from digest.fetch.hosts import do_by_host
from digest.web import Client

RULE = "link-dead"
REMEDY = "open it and look; correct the url of the article, or leave it out"

# Many a publisher refuses programs what it shows to people: that tells nothing of the page.
REFUSED = (401, 402, 403, 405, 406, 429, 451, 999)
ENOUGH = 50_000_000  # bytes; a larger page is there, which is all that matters

Ask: TypeAlias = Callable[[str], str | None]
"""Tells what is wrong with an address, or nothing. Takes its time between two of one host."""


def ask_with(client: Client, url: str) -> str | None:
    """Return what a reader who opens an address would meet instead of the page, if anything."""
    try:
        status = client.get(url, size=ENOUGH).status
    except WebError as error:
        return error.problem
    return f"answers {status}" if status >= 400 and status not in REFUSED else None


def check_outside(content: Content, site: BuiltSite, ask: Ask) -> Iterator[Finding]:
    """Yield links to other sites that lead nowhere, each at the article or page that has it."""
    places = _find_places(content, site)
    hosts = content.config.fetch.hosts
    for url, problem in do_by_host(partial(_test, ask), places, url_of=str, hosts=hosts):
        if problem:
            path, line = places[url]
            yield Finding(
                path=path,
                line=line,
                level=WARNING,
                rule=RULE,
                problem=f"{url}: {problem}",
                remedy=REMEDY,
            )


def _test(ask: Ask, url: str) -> tuple[str, str | None]:
    return url, ask(url)


def _find_places(content: Content, site: BuiltSite) -> Mapping[str, tuple[str, int | None]]:
    """Return each address once, with the file in which it can be corrected."""
    places: dict[str, tuple[str, int | None]] = {}
    for article in content.articles:
        if article.facts.url:
            places.setdefault(article.facts.url.partition("#")[0], (article.path, None))
    for link, place in site.links.items():
        if not link.inside:
            places.setdefault(link.target, (f"{SITE}/{place.path}", place.line))
    return places
