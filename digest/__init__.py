"""Turns scraped news articles into a static news digest in which every word is verbatim."""

__version__ = "0.1.0"
