"""Finds what a source changed in an article that was published, and says it as a correction."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from digest.dates import moment_key
from digest.models import Article, Change, Correction, Quote
from digest.say import say, say_count
from digest.text import split_sentences

MOST_QUOTES = 3  # a correction names no more: it is to be read, and the versions are kept
FEWEST_WORDS = 4  # fewer are in a text by chance, and their loss says nothing


def find_changes(versions: Sequence[Article]) -> tuple[Change, ...]:
    """Return what each version, the oldest first, says no more that the one before it said.

    An article that only grew went on, and was not changed. Nor can anything be said of one of
    which nobody knows when it came in.
    """
    return tuple(
        change for before, after in pairwise(versions) for change in _compare(before, after)
    )


def _compare(before: Article, after: Article) -> Iterator[Change]:
    old, new = _sentences(before), _sentences(after)
    gone = [sentence for sentence in old if sentence not in new]
    date = after.facts.fetched or after.facts.updated
    if gone and date:
        quotes = tuple(q for q in before.quotes if _is_gone(q, after.text))
        came = sum(sentence not in old for sentence in new)
        yield Change(date=date, gone=len(gone), new=came, quotes=quotes)


def _sentences(article: Article) -> dict[str, None]:
    """Return the sentences in their order, each once; line breaks make no other sentence of one."""
    return {" ".join(span.text.split()): None for span in split_sentences(article.text)}


def _is_gone(quote: Quote, text: str) -> bool:
    words = " ".join(segment.text for segment in quote.segments)
    said = any(segment.text in text for segment in quote.segments)
    return not said and len(words.split()) >= FEWEST_WORDS


def tell_corrections(articles: Sequence[Article], *, language: str) -> tuple[Correction, ...]:
    """Return the changes of a story's articles as its readers are told them, the oldest first."""
    told = [
        Correction(date=change.date, text=_tell(article, change, language))
        for article in articles
        for change in article.changes
    ]
    return tuple(sorted(told, key=lambda c: (moment_key(c.date), c.text)))


def _tell(article: Article, change: Change, language: str) -> str:
    source = article.facts.source or article.facts.title or article.path
    gone, new = say_count(language, "gone", change.gone), say_count(language, "new", change.new)
    said = [say(language, "changed", source=source, gone=gone, new=new)]
    with_speaker_first = sorted(change.quotes, key=lambda quote: quote.speaker is None)
    said += [_tell_quote(quote, language) for quote in with_speaker_first[:MOST_QUOTES]]
    return " ".join(said)


def _tell_quote(quote: Quote, language: str) -> str:
    words = " … ".join(segment.text for segment in quote.segments)
    if quote.speaker is None:
        return say(language, "no_longer", words=words)
    return say(language, "no_longer_by", words=words, speaker=quote.speaker)
