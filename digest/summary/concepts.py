"""Weighs what a story speaks of: what its headlines and the openings of its articles say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp

from digest.models import Article
from digest.summary.candidates import Candidate, Concept, find_candidates, find_concepts
from digest.text import find_copies

# Measured with tests/quality/measure_summaries.py; the figures change little around these.
DEPTH = 4.0  # sentences: what is told that much later counts a third (1/e) as much
LEAST = 0.1  # what counts what is told further down
HEADLINE = 4.0  # a headline counts like four first sentences


@lru_cache(maxsize=1)  # a story asks twice in a row: for its summary, and for its key quotes
def weigh_story(
    articles: tuple[Article, ...], most: int | None
) -> tuple[Sequence[Candidate], Mapping[Concept, float]]:
    """Return the sentences that may be taken, and how much what they speak of counts.

    Unless `most` is `None`, these are the first so many of each article.
    """
    candidates = find_candidates(articles, most=most)
    return candidates, weigh_concepts(articles, candidates)


def weigh_concepts(
    articles: Sequence[Article], candidates: Sequence[Candidate]
) -> Mapping[Concept, float]:
    """Return how much each word and each two words in a row count: the sum over the articles.

    What several articles tell counts more (Gillick and Favre 2009), and so does what each of
    them tells first. Copies of one text count once.
    """
    origins = find_copies([article.text for article in articles])
    weights: dict[Concept, float] = defaultdict(float)
    for number, article in enumerate(articles):
        if origins[number] == number:
            mine = [c for c in candidates if c.article == number]
            for concept, weight in _weigh_article(article, mine).items():
                weights[concept] += weight
    return weights


def _weigh_article(article: Article, candidates: Sequence[Candidate]) -> dict[Concept, float]:
    headline = find_concepts(article.facts.title or "", article.facts.language)
    weights = dict.fromkeys(headline, HEADLINE)
    for candidate in candidates:
        weight = LEAST + exp(-candidate.place / DEPTH)
        for concept in candidate.concepts:
            weights.setdefault(concept, weight)
    return weights
