"""Reads the feeds of others and adds what is new in them."""

from digest.fetch.run import FetchReport, fetch_articles
from digest.fetch.setup import open_client, open_collection

__all__ = ["FetchReport", "fetch_articles", "open_client", "open_collection"]
