"""Weighs the words of each text, so that texts can be compared whatever their length."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log, sqrt
from sys import intern

from digest.models import Article
from digest.words import WORD, find_form

Vector = dict[str, float]
"""Words and their weights; the squares of the weights add up to 1."""

# News tells the event first, and what led to it further down: with 100 words stories are
# told apart as well as with all, and a short report compares with a long one.
FIRST_WORDS = 100
# Names and numbers tell one event from another of its kind. Mean B-cubed is .917 where they count
# as much as other words or twice as much, .920 in between (tests/quality/measure_stories.py).
COUNT = 2
NAME_COUNT = 3
TITLE_COUNT = 4  # a headline says what the text is about


@dataclass(frozen=True, slots=True)
class Spread:
    """In how many of so many articles each word is."""

    articles: int
    words: Mapping[str, int]


def list_words(article: Article) -> str:
    """Return the words by which an article is compared: of its headline and the first of its text.

    Each stands there once, with blanks between them. A line holds those that count as much as its
    number says (from 0), in the order of the alphabet.
    """
    counts = _count_words(article)
    lines: dict[int, list[str]] = {}
    for word in sorted(counts):
        lines.setdefault(counts[word], []).append(word)
    return "\n".join(" ".join(lines.get(n, ())) for n in range(max(lines, default=-1) + 1))


def rate_words(texts: Iterable[str], *, spread: Spread | None = None) -> dict[str, float]:
    """Return how rare each word is (the IDF of Spärck Jones 1972); `texts` are of `list_words`.

    That is told by the `spread` among all articles, where these are but a few of them.
    """
    own: Counter[str] = Counter()
    many = 0
    for words in texts:
        own.update(words.split())
        many += 1
    total, known = (spread.articles, spread.words) if spread else (many, own)
    rate = cache(lambda number: log(1 + total / number))  # many words are in as many texts
    return {word: rate(known.get(word, number)) for word, number in own.items()}


def weigh_words(words: str, rarity: Mapping[str, float]) -> Vector:
    """Return the vector of a text.

    The weight of a word is the square root of its share in the TF-IDF of all words, so the
    product of two vectors is the Bhattacharyya coefficient of two texts (Bhattacharyya 1943): 1
    for equal texts, 0 for those that share no word.
    """
    # One object for a word wherever it occurs: to look it up takes half the time then.
    lines = ((many, map(intern, line.split())) for many, line in enumerate(words.split("\n")))
    shares = {word: many * rarity[word] for many, line in lines for word in line}
    total = sum(shares.values()) or 1.0
    return {word: sqrt(share / total) for word, share in shares.items()}


def weigh_together(texts: Sequence[str], rarity: Mapping[str, float]) -> Vector:
    """Return the mean of the vectors of several texts, scaled to the length of one."""
    if len(texts) == 1:
        return weigh_words(texts[0], rarity)
    total = add_up(weigh_words(words, rarity) for words in texts)
    length = sqrt(sum(weight * weight for weight in total.values())) or 1.0
    return {word: weight / length for word, weight in total.items()}


def add_up(vectors: Iterable[Vector]) -> Vector:
    """Return the sum of vectors."""
    total: Vector = defaultdict(float)
    for vector in vectors:
        for word, weight in vector.items():
            total[word] += weight
    return total


def _count_words(article: Article) -> dict[str, int]:
    language = article.facts.language
    counts: dict[str, int] = defaultdict(int)
    for form, word in islice(_words(article.text, language), FIRST_WORDS):
        counts[form] += NAME_COUNT if word[0].isupper() or word[0].isdigit() else COUNT
    for form, _ in _words(article.facts.title or "", language):
        counts[form] += TITLE_COUNT
    return counts


def _words(text: str, language: str | None) -> Iterator[tuple[str, str]]:
    """Yield the words that carry meaning: the form in which they are compared, and the word."""
    for match in WORD.finditer(text):
        if form := find_form(match[0], language):
            yield form, match[0]
