"""Renders the feeds: the newest stories as RSS, Atom and JSON, of all and of each shelf."""

from digest.feeds.all import render_feeds

__all__ = ["render_feeds"]
