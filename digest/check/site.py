"""The room of the built site: what leads nowhere, what is old, what was left behind."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from lxml import etree

from digest.check.content import Content
from digest.check.feeds import check_feed, parse_xml, read_feed
from digest.check.findings import ERROR, WARNING, Finding, Hit, Rule
from digest.check.links import Link, Seen, find_target, read_link
from digest.check.pages import check_page
from digest.console import number
from digest.errors import ConfigError
from digest.parallel import Map
from digest.shelves import FEED

SITE = "site"
STORIES = "stories/"
FOREIGN = "pagefind"  # the folder of the search index: its pages are no pages
TO_THE_TOP = ("", "top")  # fragments that every page has (WHATWG HTML, 7.4.6.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a link is: the first file that has it, and how many more do."""

    path: str
    line: int | None
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """What lies in the site's folder."""

    content: Content
    base_url: str
    """The address that it was built for."""
    files: frozenset[str] = frozenset()
    """Their paths below the folder; not those of the search index, nor hidden ones."""
    anchors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By the path of a page."""
    links: Mapping[Link, Place] = field(default_factory=dict)
    """Each without its line, which is in its place."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The Markdown of the stories as it was when the site was built, by slug."""


def read_site(root: Path, content: Content, map_: Map = map) -> tuple[BuiltSite, list[Finding]]:
    """Return what lies in the site's folder, and what is wrong with single files."""
    files = sorted(_list_files(root / SITE))
    base_url = _find_address(root / SITE) or content.config.site.base_url
    look = partial(look_at, root=root / SITE, base_url=base_url)
    anchors: dict[str, tuple[str, ...]] = {}
    links: dict[Link, Place] = {}
    findings: list[Finding] = []
    for seen in map_(look, [path for path in files if _has_links(path)]):
        # Pages have most of their names in common: kept once, they take a tenth of the memory.
        anchors[seen.path] = tuple(map(sys.intern, seen.anchors))
        findings += (replace(found, path=f"{SITE}/{found.path}") for found in seen.findings)
        _add_links(seen, links)
    site = BuiltSite(
        content=content,
        base_url=base_url,
        files=frozenset(files),
        anchors=anchors,
        links=links,
        texts=dict(_read_texts(root / SITE, files)),
    )
    return site, findings


def _read_texts(site: Path, files: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in files:
        if path.startswith(STORIES) and path.endswith("/index.md"):
            with suppress(OSError):  # gone meanwhile
                text = (site / path).read_text(encoding="utf-8", errors="replace")
                yield path.split("/")[1], text


def _find_address(site: Path) -> str | None:
    """Return the address that a site was built for, as its feed tells it."""
    try:
        feed = read_feed(FEED, (site / FEED).read_bytes(), base_url="")
    except OSError:
        return None
    return feed.own.removesuffix(FEED) if feed and feed.own and feed.own.endswith(FEED) else None


def look_at(path: str, *, root: Path, base_url: str) -> Seen:
    """Return what is seen in one file of the site; nothing if it is gone meanwhile."""
    try:
        data = (root / path).read_bytes()
    except OSError:
        return Seen(path=path)
    if path.endswith(".html"):
        return check_page(path, data, base_url=base_url)
    return check_feed(path, data, base_url=base_url) or _check_list(path, data, base_url=base_url)


def find_unbuilt(site: BuiltSite) -> Iterator[Hit]:
    """Yield the folder if there is no site in it."""
    if "index.html" not in site.files:
        yield Hit(SITE, "there is no site yet")


def find_moved(site: BuiltSite) -> Iterator[Hit]:
    """Yield a site that was built for another address than that of the options."""
    wanted = site.content.config.site.base_url
    unknown = any(isinstance(error, ConfigError) for error in site.content.errors)
    if site.base_url != wanted and not unknown:
        yield Hit(SITE, f"it was built for {site.base_url}, not for {wanted}")


def find_broken_links(site: BuiltSite) -> Iterator[Hit]:
    """Yield links to pages and files that are not there."""
    for link, place in site.links.items():
        if link.inside and find_target(link.target, site.files) is None:
            yield _hit(place, f"there is nothing at {link.target or '/'}")


def find_broken_fragments(site: BuiltSite) -> Iterator[Hit]:
    """Yield links to parts of pages that are not there."""
    for link, place in site.links.items():
        if link.inside and link.fragment.lower() not in TO_THE_TOP:
            page = find_target(link.target, site.files)
            if page and link.fragment not in site.anchors.get(page, (link.fragment,)):
                yield _hit(place, f"there is no #{link.fragment} at {link.target or '/'}")


def find_old(site: BuiltSite) -> Iterator[Hit]:
    """Yield stories that the site does not show as they are now."""
    if "index.html" not in site.files:
        return
    shown = {file.story.slug: file for file in site.content.stories if not file.draft}
    for slug, file in shown.items():
        text = site.texts.get(slug)
        if text is None:
            yield Hit(file.path, "the site does not show it")
        elif file.body not in text or file.story.title not in text:
            yield Hit(file.path, "the site shows it as it was before")


def find_withdrawn(site: BuiltSite) -> Iterator[Hit]:
    """Yield stories that the site shows though they are drafts, or gone."""
    drafts = {file.story.slug for file in site.content.stories if file.draft}
    known = {file.story.slug for file in site.content.stories}
    for slug in sorted(site.texts):
        if slug in drafts or slug not in known:
            what = "is a draft" if slug in drafts else "is gone"
            yield Hit(f"{SITE}/{STORIES}{slug}/index.html", f"the site shows it, but it {what}")


def find_leftovers(site: BuiltSite) -> Iterator[Hit]:
    """Yield what an interrupted run has left behind."""
    for path in (*site.content.files, *(f"{SITE}/{file}" for file in sorted(site.files))):
        if path.endswith(".unfinished"):
            yield Hit(path, "an interrupted run has left it behind")


BUILD = "run digest build"

RULES = (
    Rule("site-unbuilt", WARNING, find_unbuilt, BUILD),
    Rule("site-moved", WARNING, find_moved, BUILD),
    Rule("site-old", WARNING, find_old, BUILD),
    Rule("story-withdrawn", ERROR, find_withdrawn, BUILD),
    Rule("link-broken", ERROR, find_broken_links, "correct the template or the story"),
    Rule("fragment-broken", ERROR, find_broken_fragments, "correct the template or the story"),
    Rule("leftover", WARNING, find_leftovers, "delete it"),
)


def _list_files(folder: Path) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(parent).relative_to(folder)
        if below.parts[:1] != (FOREIGN,):
            yield from ((below / name).as_posix() for name in files if not name.startswith("."))


def _has_links(path: str) -> bool:
    return path.endswith((".html", ".xml", ".opml", ".json"))


def _check_list(path: str, data: bytes, *, base_url: str) -> Seen:
    """Return what a sitemap or an OPML file leads to."""
    try:
        root = parse_xml(data)
    except etree.XMLSyntaxError:
        return Seen(path=path)
    listed = [(e.text or "", e.sourceline) for e in root.iterfind("{*}url/{*}loc")]
    for outline in root.iterfind("body//outline"):
        listed += [(outline.get(n, ""), outline.sourceline) for n in ("xmlUrl", "htmlUrl")]
    links = (read_link(u, address="", base_url=base_url, line=line) for u, line in listed if u)
    return Seen(path=path, links=tuple(link for link in links if link))


def _add_links(seen: Seen, links: dict[Link, Place]) -> None:
    """Count the links of a file under the first place that has them."""
    for link in seen.links:
        bare = Link(link.target, link.fragment, None, link.inside)
        first = links.get(bare)
        if first is None:
            links[bare] = Place(path=seen.path, line=link.line)
        elif first.path != seen.path:
            links[bare] = Place(path=first.path, line=first.line, more=first.more + 1)


def _hit(place: Place, problem: str) -> Hit:
    more = f", as in {number(place.more, 'further file')}" if place.more else ""
    return Hit(f"{SITE}/{place.path}", problem + more, place.line)
