"""Writes what machines read: structured data, the map of all pages, the rules for robots."""

import json
from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from digest.dates import format_moment
from digest.models import ArticleRef, File, Quote, Site, Story
from digest.shelves import address_of

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def describe_story(story: Story, *, site: Site) -> Markup:
    """Return a story as JSON-LD: a NewsArticle of schema.org, what it is based on, its quotes."""
    address = site.base_url + address_of(story.slug)
    description = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "headline": story.title,
        "inLanguage": site.language,
        "datePublished": format_moment(story.published) if story.published else None,
        "dateModified": format_moment(story.updated) if story.updated else None,
        "abstract": " ".join([sentence.text for sentence in story.summary]),
        "keywords": story.tags,
        "publisher": {
            "@type": "Organization",
            "name": site.author or site.title,
            "url": site.base_url,
        },
        "license": site.license,
        "isBasedOn": [_describe_article(article) for article in story.articles],
        "hasPart": [_describe_quote(quote) for quote in story.quotes],
    }
    return _json(_known(description))


def _describe_article(article: ArticleRef) -> dict[str, Any]:
    described = {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": article.url,
        "author": [{"@type": "Person", "name": name} for name in article.author],
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
        "datePublished": format_moment(article.published) if article.published else None,
    }
    return _known(described)


def _describe_quote(said: Quote) -> dict[str, Any]:
    words = " … ".join([segment.text for segment in said.segments])
    speaker = {"@type": "Person", "name": said.speaker, "jobTitle": said.role}
    described = {
        "@type": "Quotation",
        "text": words,
        "spokenByCharacter": _known(speaker) if said.speaker else None,
    }
    return _known(described)


def _known(described: dict[str, Any]) -> dict[str, Any]:
    """Return a description without what is not known."""
    return {key: value for key, value in described.items() if value}


def _json(value: Any) -> Markup:
    """Return JSON that cannot end the script element it stands in (WHATWG HTML, 4.12.1.3)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def write_sitemap(addresses: Iterable[str], *, base_url: str) -> File:
    """Return sitemap.xml (sitemaps.org) of pages, given by their addresses below the root.

    It tells no dates: those of a story are in its page, and lists change as their stories do.
    """
    start = f"<url><loc>{escape(base_url)}"
    # One call for all of them: most addresses need no quotes.
    found = quote("\n".join(sorted(addresses)), safe="/\n").split("\n")
    lines = "".join([f"{start}{address}</loc></url>\n" for address in found])
    text = f'{XML}<urlset xmlns="{SITEMAP}">\n{lines}</urlset>\n'
    return File(path="sitemap.xml", data=text.encode())


def write_robots(*, base_url: str) -> File:
    """Return robots.txt (RFC 9309): everybody may read everything."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n"
    return File(path="robots.txt", data=text.encode())
