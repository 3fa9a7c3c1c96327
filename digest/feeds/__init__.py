"""Renders the feeds: the newest stories as RSS, Atom and JSON, of all and of each shelf."""

from digest.feeds.all import Feed, list_feeds, plan_feeds, write_feed
from digest.feeds.items import make_item, pack_item
from digest.feeds.xml import write_rss_item

__all__ = [
    "Feed",
    "list_feeds",
    "make_item",
    "pack_item",
    "plan_feeds",
    "write_feed",
    "write_rss_item",
]
