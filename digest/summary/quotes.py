"""Chooses the key quotes of a story: substantial, attributed, varied, not said already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum  # fsum: the order of a set does not matter

from digest.models import Article, Quote, Sentence
from digest.summary.candidates import find_concepts
from digest.summary.concepts import weigh_story

LIMIT = 6
PER_ARTICLE = 3
FEWEST_WORDS, MOST_WORDS = 8, 80  # fewer say little, more are not read
EASY_WORDS = 40  # up to so many are read at a glance
SAID = 0.45  # share of a quote's words that were read before: it is not read again
WORD = re.compile(r"\w+")
NAMELESS = 0.5  # what "a neighbour" says is worth, compared with somebody who has a name
AGAIN = 0.4  # what another quote of the same speaker is worth
DEPTH = 6.0  # quotes: one that comes that much later in its article is worth a third (1/e)


@dataclass(frozen=True, slots=True)
class Rated:
    """A quote that may be shown, and what it is worth."""

    quote: Quote
    article: int
    start: int
    words: frozenset[str]
    worth: float


def choose_quotes(
    articles: Sequence[Article],
    summary: Sequence[Sentence],
    *,
    limit: int = LIMIT,
    per_article: int = PER_ARTICLE,
) -> tuple[Quote, ...]:
    """Return at most `limit` key quotes, the best first, at most `per_article` of each article.

    Each has a speaker and stands by itself. What the summary or a better quote says already is
    not said again, wherever it was printed; a speaker who was heard waits for the others.
    """
    left = _rate_quotes(articles)
    read = [_words(sentence.text) for sentence in summary]
    chosen: list[Rated] = []
    while len(chosen) < limit:
        left = [r for r in left if not _was_read(r, read) and _has_room(r, chosen, per_article)]
        if not left:
            break
        best = max(left, key=lambda r: (_worth_now(r, chosen), -r.article, -r.start))
        chosen.append(best)
        read.append(best.words)
    return tuple(rated.quote for rated in chosen)


def _rate_quotes(articles: Sequence[Article]) -> list[Rated]:
    if not any(_is_shown(quote) for article in articles for quote in article.quotes):
        return []
    _, weights = weigh_story(tuple(articles), None)
    rated: list[Rated] = []
    for number, article in enumerate(articles):
        for place, quote in enumerate(quote for quote in article.quotes if _is_shown(quote)):
            text = _text(quote)
            told = fsum(
                weights.get(concept, 0.0) for concept in find_concepts(text, article.facts.language)
            )
            length = len(text.split())
            worth = (1 + told) / max(length, EASY_WORDS) * exp(-place / DEPTH)
            if quote.speaker and quote.speaker[0].islower():
                worth *= NAMELESS
            rated.append(Rated(quote, number, quote.segments[0].start, _words(text), worth))
    return rated


def _is_shown(quote: Quote) -> bool:
    text = _text(quote)
    if quote.partial or quote.speaker is None or text[:1].islower():
        return False
    return FEWEST_WORDS <= len(text.split()) <= MOST_WORDS


def _has_room(rated: Rated, chosen: Sequence[Rated], per_article: int) -> bool:
    return sum(other.article == rated.article for other in chosen) < per_article


def _was_read(rated: Rated, read: Sequence[frozenset[str]]) -> bool:
    return any(len(rated.words & words) >= SAID * len(rated.words) for words in read)


def _worth_now(rated: Rated, chosen: Sequence[Rated]) -> float:
    heard = sum(other.quote.speaker == rated.quote.speaker for other in chosen)
    return rated.worth * AGAIN**heard


def _text(quote: Quote) -> str:
    return " ".join(segment.text for segment in quote.segments)


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower()))
