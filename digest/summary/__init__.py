"""Tells a story in the sentences and quotes of its articles, word for word."""

from digest.summary.quotes import choose_quotes
from digest.summary.sentences import choose_lead, summarize_articles

__all__ = ["choose_lead", "choose_quotes", "summarize_articles"]
