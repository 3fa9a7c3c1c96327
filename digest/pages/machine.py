"""Writes what machines read: structured data, the map of all pages, the rules for robots."""

import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any
from urllib.parse import quote

from lxml import etree
from markupsafe import Markup

from digest.dates import format_moment
from digest.models import ArticleRef, File, Quote, Site, Story
from digest.shelves import address_of

NAMESPACES: Any = {None: "http://www.sitemaps.org/schemas/sitemap/0.9"}


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
        "abstract": " ".join(sentence.text for sentence in story.summary),
        "keywords": list(story.tags),
        "publisher": {
            "@type": "Organization",
            "name": site.author or site.title,
            "url": site.base_url,
        },
        "license": site.license,
        "isBasedOn": [_describe_article(article) for article in story.articles],
        "hasPart": [_describe_quote(quote) for quote in story.quotes],
    }
    return _json(_without_empty(description))


def _describe_article(article: ArticleRef) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": article.url,
        "author": [{"@type": "Person", "name": name} for name in article.author],
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
        "datePublished": format_moment(article.published) if article.published else None,
    }


def _describe_quote(said: Quote) -> dict[str, Any]:
    words = " … ".join(segment.text for segment in said.segments)
    speaker = {"@type": "Person", "name": said.speaker, "jobTitle": said.role}
    return {
        "@type": "Quotation",
        "text": words,
        "spokenByCharacter": speaker if said.speaker else None,
    }


def _without_empty(value: Any) -> Any:
    """Return a description without what is not known."""
    if isinstance(value, dict):
        return {
            key: _without_empty(item) for key, item in value.items() if item not in (None, [], "")
        }
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def _json(value: Any) -> Markup:
    """Return JSON that cannot end the script element it stands in (WHATWG HTML, 4.12.1.3)."""
    text = _indent(value, "\n")
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _indent(value: Any, line: str) -> str:
    """Return what `json.dumps(…, indent=1)` does, which has no quick way for indented text."""
    inner = line + " "
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict) and value:
        items = [f"{encode_basestring(key)}: {_indent(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(items)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join([_indent(item, inner) for item in value])}{line}]"
    return json.dumps(value)


def write_sitemap(addresses: Iterable[str], *, base_url: str) -> File:
    """Return sitemap.xml (sitemaps.org) of pages, given by their addresses below the root.

    It tells no dates: those of a story are in its page, and lists change as their stories do.
    """
    root = etree.Element("urlset", nsmap=NAMESPACES)
    for address in addresses:
        etree.SubElement(etree.SubElement(root, "url"), "loc").text = base_url + quote(address)
    data = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return File(path="sitemap.xml", data=data)


def write_robots(*, base_url: str) -> File:
    """Return robots.txt (RFC 9309): everybody may read everything."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n"
    return File(path="robots.txt", data=text.encode())
