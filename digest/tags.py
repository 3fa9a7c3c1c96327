"""Finds what a story is about: the tags of its articles, and key phrases of their text."""

from collections import Counter
from collections.abc import Sequence

from digest.language import load_words
from digest.models import Article

LIMIT = 6


def find_tags(articles: Sequence[Article], *, limit: int = LIMIT) -> tuple[str, ...]:
    """Return at most `limit` tags: first those that the articles carry, the most frequent first."""
    spelling: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for article in articles:
        for tag in article.facts.tags:
            form = " ".join(tag.lower().split())
            if form and form not in load_words(article.facts.language, "tags")["no_tags"]:
                spelling.setdefault(form, " ".join(tag.split()))
                counts[form] += 1
    ordered = sorted(counts, key=lambda form: (-counts[form], form))
    return tuple(spelling[form] for form in ordered[:limit])
