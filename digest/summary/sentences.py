"""Chooses the sentences that tell a story in a row."""

from collections.abc import Sequence

from digest.models import Article, Sentence
from digest.text import split_sentences
from digest.words import split_words

SENTENCES = 3
SAME = 0.5  # share of the shorter sentence's words that the other has too: it says the same again
SHORTEST = 5  # words


def summarize_articles(
    articles: Sequence[Article], *, sentences: int = SENTENCES, words: int | None = None
) -> tuple[Sentence, ...]:
    """Return verbatim sentences that tell the story, in reading order.

    With `words`, whole sentences are added until that many words are reached; otherwise there
    are `sentences` of them, or fewer where the articles have no more to tell.
    """
    chosen: list[Sentence] = []
    for sentence in _candidates(articles):
        if _full(chosen, sentences, words):
            break
        if not any(_says_again(sentence, other) for other in chosen):
            chosen.append(sentence)
    return tuple(chosen)


def choose_lead(summary: Sequence[Sentence]) -> Sentence | None:
    """Return the one sentence that stands for the story in lists and feeds."""
    return summary[0] if summary else None


def _candidates(articles: Sequence[Article]) -> list[Sentence]:
    rows = [
        [
            Sentence(article=article.path, text=span.text, start=span.start, end=span.end)
            for span in split_sentences(article.text)
            if len(span.text.split()) >= SHORTEST
        ]
        for article in articles
    ]
    return [row[i] for i in range(max(map(len, rows), default=0)) for row in rows if i < len(row)]


def _full(chosen: Sequence[Sentence], sentences: int, words: int | None) -> bool:
    if words is None:
        return len(chosen) >= sentences
    return sum(len(sentence.text.split()) for sentence in chosen) >= words


def _says_again(sentence: Sentence, other: Sentence) -> bool:
    first = set(split_words(sentence.text))
    second = set(split_words(other.text))
    return len(first & second) > SAME * max(1, min(len(first), len(second)))
