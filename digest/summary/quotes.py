"""Chooses the key quotes of a story: substantial, attributed, varied, not said already."""

from collections import Counter
from collections.abc import Sequence

from digest.models import Article, Quote, Sentence

LIMIT = 6
PER_ARTICLE = 3
FEWEST_WORDS, MOST_WORDS = 6, 70
PER_SPEAKER = 2


def choose_quotes(
    articles: Sequence[Article],
    summary: Sequence[Sentence],
    *,
    limit: int = LIMIT,
    per_article: int = PER_ARTICLE,
) -> tuple[Quote, ...]:
    """Return at most `limit` key quotes, and at most `per_article` of each article."""
    chosen: list[Quote] = []
    from_article: Counter[str] = Counter()
    from_speaker: Counter[str | None] = Counter()
    for quote in (quote for article in articles for quote in article.quotes):
        if len(chosen) == limit or not _readable(quote) or _said(quote, summary):
            continue
        if from_article[quote.article] < per_article and from_speaker[quote.speaker] < PER_SPEAKER:
            chosen.append(quote)
            from_article[quote.article] += 1
            from_speaker[quote.speaker] += 1
    return tuple(chosen)


def _readable(quote: Quote) -> bool:
    words = sum(len(segment.text.split()) for segment in quote.segments)
    attributed = quote.speaker is not None
    return attributed and not quote.partial and FEWEST_WORDS <= words <= MOST_WORDS


def _said(quote: Quote, summary: Sequence[Sentence]) -> bool:
    return any(
        sentence.article == quote.article
        and segment.start < sentence.end
        and sentence.start < segment.end
        for sentence in summary
        for segment in quote.segments
    )
