"""The room of one page: where it leads, and what would hurt its readers."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from lxml import html

from digest.check.findings import ERROR, WARNING, Hit, Rule, apply
from digest.check.links import Link, Seen, address_of, read_link

LEADING = ("href", "src", "action", "poster", "data")  # attributes that hold an address
LOADING = ("script", "img", "iframe", "source", "video", "audio", "track", "embed", "object")
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
RUNNING = ("javascript", "vbscript", "data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address on a page."""

    href: str
    line: int | None
    loaded: bool
    """The browser asks for it by itself."""
    link: Link | None
    """Where it leads, if that is a file or page."""
    malformed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What matters of a page."""

    path: str
    addresses: tuple[Address, ...]
    anchors: tuple[tuple[str, int | None], ...]
    """Each `id` and its line."""


def check_page(path: str, data: bytes, *, base_url: str) -> Seen:
    """Return what is seen on a page."""
    page = read_page(path, data, base_url=base_url)
    links: dict[tuple[str, str], Link] = {}
    for link in (address.link for address in page.addresses if address.link):
        links.setdefault((link.target, link.fragment), link)
    return Seen(
        path=path,
        anchors=tuple(dict.fromkeys(anchor for anchor, _ in page.anchors)),
        links=tuple(links.values()),
        findings=tuple(apply(RULES, page)),
    )


def read_page(path: str, data: bytes, *, base_url: str) -> Page:
    """Return what matters of a page; one that is empty has nothing."""
    # lxml refuses a page without any element.
    root = html.document_fromstring(b"<html>" + data, parser=html.HTMLParser(encoding="utf-8"))
    read = partial(read_link, address=address_of(path), base_url=base_url)
    elements = list(root.iter("*"))
    anchors: Any = ((element.get("id"), element.sourceline) for element in elements)
    return Page(
        path=path,
        addresses=tuple(found for element in elements for found in _addresses(element, read)),
        anchors=tuple((anchor, line) for anchor, line in anchors if anchor),
    )


def _addresses(element: Any, read: Callable[..., Link | None]) -> Iterator[Address]:
    for href in filter(None, map(element.get, LEADING)):
        link, malformed = None, False
        try:
            link = read(href, line=element.sourceline)
        except ValueError:
            malformed = True
        yield Address(
            href=href,
            line=element.sourceline,
            loaded=_is_loaded(element),
            link=link,
            malformed=malformed,
        )


def _is_loaded(element: html.HtmlElement) -> bool:
    if element.tag == "link":
        return not LOADED_LINKS.isdisjoint((element.get("rel") or "").lower().split())
    return element.tag in LOADING


def find_same_ids(page: Page) -> Iterator[Hit]:
    """Yield names that two parts of a page have: a link leads to the first only."""
    counts = Counter(anchor for anchor, _ in page.anchors)
    seen: set[str] = set()
    for anchor, line in page.anchors:
        if counts[anchor] > 1 and anchor in seen:
            yield Hit(page.path, f"the id {anchor!r} is there {counts[anchor]} times", line)
            counts[anchor] = 0
        seen.add(anchor)


def find_loads(page: Page) -> Iterator[Hit]:
    """Yield what a page loads from others, who then know its readers."""
    for address in page.addresses:
        if address.loaded and address.link and not address.link.inside:
            yield Hit(page.path, f"it loads {address.link.target}", address.line)


def find_running(page: Page) -> Iterator[Hit]:
    """Yield links that run what they hold."""
    for address in page.addresses:
        scheme = address.href.strip().partition(":")[0].lower()
        if scheme in RUNNING and not address.loaded:
            yield Hit(page.path, f"a link holds a program: {address.href[:40]!r}", address.line)


def find_broken(page: Page) -> Iterator[Hit]:
    """Yield links whose address is none."""
    for address in page.addresses:
        if address.malformed:
            yield Hit(page.path, f"{address.href[:80]!r} is no address", address.line)


RULES = (
    Rule("id-twice", ERROR, find_same_ids, "correct the template"),
    Rule("loads-from-others", WARNING, find_loads, "put it into templates/static/"),
    Rule("link-runs", ERROR, find_running, "correct the template or the story"),
    Rule("link-malformed", ERROR, find_broken, "correct the template or the story"),
)
