"""Reads the facts that a saved page declares: JSON-LD, OpenGraph, meta elements, time, headings."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from digest.clean.headlines import strip_site
from digest.clean.names import LONGEST, letters_of
from digest.dates import parse_moment
from digest.facts import merge_facts
from digest.models import Facts, Moment

# https://schema.org/Article and what is derived from it; and what publishers use in its place.
ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Review|Report|BlogPost|Recipe)$", re.IGNORECASE)
WEB_PAGE = "WebPage"

# The names of meta elements (name, property or itemprop), the most reliable first.
TITLE = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
AUTHOR = (
    *("author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator"),
    *("article:author", "og:article:author", "byl", "creator", "dcterms.creator", "twitter:data1"),
)
SOURCE = ("og:site_name", "publisher", "application-name", "al:ios:app_name")
PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date"),
    *("sailthru.date", "pubdate", "publishdate", "publish-date", "dc.date", "dc.date.issued"),
    *(
        "dcterms.created",
        "article.published",
        "date",
        "og:published_time",
        "cxenseparse:recs:publishtime",
    ),
)
UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "dcterms.modified",
)
URL = ("og:url",)
TAGS = ("article:tag",)

# What stands where a name should: addresses, accounts, roles, places in the newsroom.
NO_NAME = re.compile(r"https?:|www\.|@|\.com\b|^(?:admin|editor|staff|by|null|none|unknown)$", re.I)
BY = re.compile(r"^(?:by|von)\b[:\s]+", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s*(?:;|\||\band\b|\bund\b|&)\s*|,\s+(?!Jr|Sr|M\.?D|Ph\.?D|I{2,3}\b)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST_NAMES = 12
MOST_TAGS = 12


def read_page_facts(page: HtmlElement) -> Facts:
    """Return what the page declares about its article; where places disagree, the surer one."""
    metas = _read_metas(page)
    told, declared = _from_json(page), _from_metas(page, metas)
    facts = merge_facts(told, declared, _from_elements(page))
    people = tuple(name for name in facts.author if name not in (told.source, declared.source))
    return replace(facts, author=people)


def _read_metas(page: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        value = _tidy(meta.get("content"))
        for key in ("property", "name", "itemprop"):
            name = (meta.get(key) or "").lower()
            if name and value:
                metas.setdefault(name, []).append(value)
    return metas


def _tidy(text: object) -> str:
    return " ".join(unescape(text).split()) if isinstance(text, str) else ""


def _from_metas(page: HtmlElement, metas: dict[str, list[str]]) -> Facts:
    values = {name: values[0] for name, values in metas.items()}
    source = _first(values, SOURCE)
    title = _shared_title(page, values)
    return Facts(
        title=strip_site(title, source) if title else None,
        author=next((names for name in AUTHOR if (names := read_names(metas.get(name, [])))), ()),
        source=source,
        url=_first(values, URL),
        published=_first_moment(values, PUBLISHED),
        updated=_first_moment(values, UPDATED),
        language=_language(page.get("lang") or values.get("og:locale")),
        tags=tuple(dict.fromkeys(metas.get("article:tag", [])))[:MOST_TAGS],
    )


def _shared_title(page: HtmlElement, values: dict[str, str]) -> str | None:
    """Return the title that a page shares: of several wordings the one that a heading shows."""
    titles = [values[name] for name in TITLE if values.get(name)]
    if len({*titles}) < 2:
        return titles[0] if titles else None
    shown = {letters_of(h.text_content()) for h in page.iter("h1", "h2", "h3")}
    return next((title for title in titles if letters_of(title) in shown), titles[0])


def _first(values: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((values[name] for name in names if values.get(name)), None)


def _first_moment(values: dict[str, str], names: tuple[str, ...]) -> Moment | None:
    return next((m for name in names if (m := read_moment(values.get(name)))), None)


def read_moment(text: object) -> Moment | None:
    """Return the moment that a declared value states, `None` for what is not ISO 8601."""
    tidy = _tidy(text)
    return parse_moment(tidy) or (
        parse_moment(tidy[:10]) if re.match(r"\d{4}-\d\d-\d\d", tidy) else None
    )


def _language(tag: str | None) -> str | None:
    """Return a language as BCP 47 spells it: `en_US` is `en-US`."""
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?\b", tag or "")
    if not match:
        return None
    return match[1].lower() + (f"-{match[2].upper()}" if match[2] else "")


def read_names(values: list[str]) -> tuple[str, ...]:
    """Return the names of people that declared values list, without "By" and addresses."""
    parts = [part for value in values for part in BETWEEN_NAMES.split(BY.sub("", _tidy(value)))]
    names = [re.split(r" [-–(]", part.strip(" ,"))[0] for part in parts]
    people = (n for n in names if n[:1].isalpha() and len(n) < LONGEST and not NO_NAME.search(n))
    return tuple(dict.fromkeys(people))[:MOST_NAMES]


def _from_json(page: HtmlElement) -> Facts:
    items = [item for block in _json_blocks(page) for item in _walk(block)]
    articles = [item for item in items if _is_type(item, ARTICLE_TYPES.search)]
    people = {item["@id"]: item for item in items if isinstance(item.get("@id"), str)}
    pages = [item for item in items if _is_type(item, lambda kind: kind == WEB_PAGE)]
    return merge_facts(*(_from_item(item, people) for item in [*articles, *pages[:1]]))


def _json_blocks(page: HtmlElement) -> Iterator[Any]:
    for script in page.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json") and script.text:
            try:
                yield json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue


def _walk(block: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a block: itself, those of a list or a @graph, and a page's main one."""
    waiting = [block]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item
        elif isinstance(item, dict):
            yield item
            waiting[:0] = [item[key] for key in ("@graph", "mainEntity") if key in item]


def _is_type(item: dict[str, Any], test: Callable[[str], object]) -> bool:
    kinds = item.get("@type")
    return any(
        test(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(kind, str)
    )


def _from_item(item: dict[str, Any], known: dict[str, dict[str, Any]]) -> Facts:
    publisher = _named(item.get("publisher"), known)
    return Facts(
        title=strip_site(_tidy(item.get("headline"))) or None,
        author=read_names(_named(item.get("author") or item.get("creator"), known)),
        source=publisher[0] if publisher else None,
        url=item["url"] if isinstance(item.get("url"), str) else None,
        published=read_moment(item.get("datePublished")),
        updated=read_moment(item.get("dateModified")),
        language=_language(item["inLanguage"]) if isinstance(item.get("inLanguage"), str) else None,
    )


def _named(value: Any, known: dict[str, dict[str, Any]]) -> list[str]:
    """Return the names of people or organisations, given as text, objects or references."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = one.get("name") or known.get(str(one.get("@id")), {}).get("name")
        found += [_tidy(name) for name in (one if isinstance(one, list) else [one])]
    return [name for name in found if name]


def _from_elements(page: HtmlElement) -> Facts:
    """Return what the visible page tells: its only first-level heading, and the times in it."""
    headings = [_tidy(h.text_content()) for h in page.iter("h1")]
    window = _tidy(page.findtext(".//title"))
    title = next((h for h in headings if h and letters_of(h) in letters_of(window)), None)
    times = [time for time in page.iter("time") if time.get("datetime")]
    marked = [time for time in times if time.get("itemprop") == "datePublished"] or times
    return Facts(
        title=title or (headings[0] if len(headings) == 1 else None) or strip_site(window) or None,
        published=read_moment(marked[0].get("datetime")) if marked else None,
    )
