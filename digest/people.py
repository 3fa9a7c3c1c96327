"""Finds the people of a story: who speaks in it, and who is much written about."""

from collections import Counter
from collections.abc import Sequence

from digest.models import Article

LIMIT = 8


def find_people(articles: Sequence[Article], *, limit: int = LIMIT) -> tuple[str, ...]:
    """Return at most `limit` full names, those who are quoted most first."""
    counts = Counter(q.speaker for article in articles for q in article.quotes if q.speaker)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name))[:limit])
