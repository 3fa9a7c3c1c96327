"""Weighs the words of each text, so that texts can be compared: TF-IDF vectors of length 1."""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from digest.models import Article
from digest.words import split_words

Vector = dict[str, float]
"""Words and their weights; the squares of the weights add up to 1."""

NAME_WEIGHT = 1.5  # names and numbers tell one event from another of its kind
TITLE_COUNT = 2  # a headline says what the text is about
LONGEST = 80  # words kept of one text, the weightiest: the tail costs time and tells nothing


def weigh_articles(articles: Sequence[Article]) -> list[Vector]:
    """Return a vector for each article: what its headline and its text say."""
    counts = [_count_words(article) for article in articles]
    spread = Counter(word for count in counts for word in count)
    return [_weigh(count, spread, len(articles)) for count in counts]


def _count_words(article: Article) -> dict[str, float]:
    counts: dict[str, float] = {}
    parts = ((article.facts.title or "", TITLE_COUNT), (article.text, 1))
    for text, times in parts:
        for word in split_words(text, language=article.facts.language):
            weight = NAME_WEIGHT if word.name or word.number else 1.0
            counts[word.form] = counts.get(word.form, 0.0) + times * weight
    return counts


def _weigh(counts: dict[str, float], spread: Counter[str], total: int) -> Vector:
    weights = {w: (1 + log(1 + n)) * log(1 + total / spread[w]) for w, n in counts.items()}
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:LONGEST]
    length = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {word: weight / length for word, weight in kept}
