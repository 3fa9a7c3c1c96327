"""Renders the feeds: the newest stories as RSS, Atom and JSON, of all and of each shelf."""

from digest.feeds.all import (
    Feed,
    list_feeds,
    plan_correction_feed,
    plan_edition_feed,
    plan_feeds,
    plan_shelf_feed,
    write_feed,
)
from digest.feeds.items import Item, make_item, pack_item
from digest.feeds.rss import write_rss_item

__all__ = [
    "Feed",
    "Item",
    "list_feeds",
    "make_item",
    "pack_item",
    "plan_correction_feed",
    "plan_edition_feed",
    "plan_feeds",
    "plan_shelf_feed",
    "write_feed",
    "write_rss_item",
]
