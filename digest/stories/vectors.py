"""Weighs the words of each text, so that texts can be compared whatever their length."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log, sqrt

from digest.models import Article
from digest.words import WORD, find_form

Counts = dict[str, float]
Vector = dict[str, float]
"""Words and their weights; the squares of the weights add up to 1."""

TITLE_COUNT = 2  # a headline says what the text is about
# News tells the event first, and what led to it further down: with 100 words stories are
# told apart as well as with all, and a short report compares with a long one.
FIRST_WORDS = 100
# Names and numbers tell one event from another of its kind. Mean B-cubed is .917 at 1 and at 2,
# .920 at 1.5 (tests/quality/measure_stories.py).
NAME_COUNT = 1.5


@dataclass(frozen=True, slots=True)
class Spread:
    """In how many of so many articles each word is."""

    articles: int
    words: Mapping[str, int]


def weigh_articles(articles: Sequence[Article], *, spread: Spread | None = None) -> list[Vector]:
    """Return a vector for each article: what its headline and its first words say.

    The weight of a word is the square root of its share in the TF-IDF (Spärck Jones 1972) of
    all words, so the product of two vectors is the Bhattacharyya coefficient of two texts
    (Bhattacharyya 1943): 1 for equal texts, 0 for those that share no word. How rare a word is
    tells the `spread` among all articles, where these are but a few of them.
    """
    counts = [_count_words(article) for article in articles]
    own = Counter(word for count in counts for word in count)
    total, known = (spread.articles, spread.words) if spread else (len(articles), own)
    rarity = {word: log(1 + total / known.get(word, many)) for word, many in own.items()}
    return [_weigh(count, rarity) for count in counts]


def list_words(article: Article) -> list[str]:
    """Return the words by which an article is compared, each once, in the order of the alphabet."""
    return sorted(_count_words(article))


def _count_words(article: Article) -> Counts:
    language = article.facts.language
    counts: Counts = defaultdict(float)
    for form, word in islice(_words(article.text, language), FIRST_WORDS):
        counts[form] += NAME_COUNT if word[0].isupper() or word[0].isdigit() else 1
    for form, _ in _words(article.facts.title or "", language):
        counts[form] += TITLE_COUNT
    return counts


def _words(text: str, language: str | None) -> Iterator[tuple[str, str]]:
    """Yield the words that carry meaning: the form in which they are compared, and the word."""
    for match in WORD.finditer(text):
        if form := find_form(match[0], language):
            yield form, match[0]


def _weigh(counts: Counts, rarity: dict[str, float]) -> Vector:
    shares = {word: many * rarity[word] for word, many in counts.items()}
    total = sum(shares.values())
    return {word: sqrt(share / total) for word, share in shares.items()}
