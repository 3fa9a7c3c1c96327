"""Finds what a story is about: the tags of its articles, and the names that are its topics."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from digest.language import load_words
from digest.models import Article
from digest.names import find_names
from digest.words import split_words

LIMIT = 6
MENTIONS = 3  # of a name, in an article of the usual length; fewer are in passing
SHARE = 0.5  # of the articles have to have a name or a headline with it


def find_tags(articles: Sequence[Article], *, limit: int = LIMIT) -> tuple[str, ...]:
    """Return at most `limit` tags: those that the articles carry, then names that they repeat.

    One tag is one topic, however it is spelt; people, publishers and days are none.
    """
    tags: dict[tuple[str, ...], str] = {}
    for tag in (*_own_tags(articles), *_names(articles)):
        if key := tuple(split_words(tag)):
            tags.setdefault(key, tag)
    return tuple(tags.values())[:limit]


def _own_tags(articles: Sequence[Article]) -> list[str]:
    """Return the tags of the articles, those that most of them carry first."""
    spelling: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for article in articles:
        ignored = load_words(article.facts.language, "tags")["no_tags"]
        for tag in (" ".join(tag.split()) for tag in article.facts.tags):
            if tag and tag.lower() not in ignored:
                spelling.setdefault(tag.lower(), tag)
                counts[tag.lower()] += 1
    return [spelling[form] for form in sorted(counts, key=lambda form: (-counts[form], form))]


def _names(articles: Sequence[Article]) -> list[str]:
    """Return the names that are repeated in the articles and told in half of them, most first."""
    language = articles[0].facts.language if articles else None
    texts = [article.text for article in articles]
    headlines = [article.facts.title or "" for article in articles]
    ignored = {*load_words(language, "tags")["no_tags"], *_publishers(articles, language)}
    counts = find_names(texts, language=language).others
    found = {
        name: many * (1 + sum(name in headline for headline in headlines) / len(headlines))
        for name, many in counts.items()
        if name.lower() not in ignored
        and many >= MENTIONS
        and sum(name in text for text in texts) >= SHARE * len(texts)
    }
    return sorted(found, key=lambda name: (-found[name], name))


def _publishers(articles: Iterable[Article], language: str | None) -> Iterator[str]:
    for outlet in load_words(language, "quotes")["outlets"]:
        yield outlet.lower()
    for article in articles:
        yield (article.facts.source or "").lower()
        for quote in article.quotes:
            yield (quote.via or "").lower()
