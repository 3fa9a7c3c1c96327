"""Writes the feed for programs that prefer JSON, and the list of all feeds for feed readers."""

import json
from collections.abc import Iterable
from typing import Any

from digest.feeds.items import ICON, Channel, Item, clean
from digest.models import Site

VERSION = "https://jsonfeed.org/version/1.1"


def write_json(
    channel: Channel, items: Iterable[Item], *, site: Site, address: str, hub: str | None = None
) -> bytes:
    """Return a JSON Feed 1.1 (jsonfeed.org/version/1.1); `address` is that of the feed itself."""
    feed = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.url,
        "feed_url": address,
        "description": channel.description,
        "icon": site.base_url + ICON,
        "language": site.language,
        "authors": [{"name": clean(site.author)}] if site.author else None,
        "hubs": [{"type": "WebSub", "url": hub}] if hub else None,
        "items": [_describe(item) for item in items],
    }
    return json.dumps(_known(feed), ensure_ascii=False, indent=1).encode() + b"\n"


def _describe(item: Item) -> dict[str, Any]:
    described = {
        "id": item.guid,
        "url": item.url,
        "title": item.title,
        "summary": item.lead,
        "content_html": item.html,
        "date_published": item.published.isoformat() if item.published else None,
        "date_modified": item.updated.isoformat() if item.updated else None,
        "authors": [{"name": name} for name in item.authors] or None,
        "tags": list(item.tags) or None,
    }
    return _known(described)


def _known(described: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in described.items() if value is not None}


def write_opml(feeds: Iterable[tuple[str, str, str]], *, title: str) -> bytes:
    """Return OPML 2.0 (opml.org/spec2.opml) of feeds: name, address of the feed, of its page."""
    from lxml import etree  # which most changes do without

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(title)
    body = etree.SubElement(root, "body")
    for name, address, page in feeds:
        outline = etree.SubElement(body, "outline", type="rss", text=clean(name))
        outline.set("xmlUrl", address)
        outline.set("htmlUrl", page)
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
