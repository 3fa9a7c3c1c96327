"""Weighs the words of each text, so that texts can be compared whatever their length."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from math import log, sqrt

from digest.models import Article
from digest.words import split_words

Vector = dict[str, float]
"""Words and their weights; the squares of the weights add up to 1."""

TITLE_COUNT = 2  # a headline says what the text is about
# News tells the event first, and what led to it further down: with 100 words stories are
# told apart as well as with all, and a short report compares with a long one.
FIRST_WORDS = 100


def weigh_articles(articles: Sequence[Article]) -> list[Vector]:
    """Return a vector for each article: what its headline and its first words say.

    The weight of a word is the square root of its share in the TF-IDF (Spärck Jones 1972) of
    all words, so the product of two vectors is the Bhattacharyya coefficient of two texts
    (Bhattacharyya 1943): 1 for equal texts, 0 for those that share no word.
    """
    counts = [_count_words(article) for article in articles]
    spread = Counter(word for count in counts for word in count)
    rarity = {word: log(1 + len(articles) / many) for word, many in spread.items()}
    return [_weigh(count, rarity) for count in counts]


def _count_words(article: Article) -> Counter[str]:
    language = article.facts.language
    counts = Counter(islice(split_words(article.text, language=language), FIRST_WORDS))
    for word in split_words(article.facts.title or "", language=language):
        counts[word] += TITLE_COUNT
    return counts


def _weigh(counts: Counter[str], rarity: dict[str, float]) -> Vector:
    shares = {word: many * rarity[word] for word, many in counts.items()}
    total = sum(shares.values())
    return {word: sqrt(share / total) for word, share in shares.items()}
