"""Finds what a story is about: the tags of its articles, and the names that are its topics."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from digest.language import load_words
from digest.models import Article
from digest.names import find_names
from digest.words import split_words

LIMIT = 6
MENTIONS = 3  # of a name, in an article of the usual length; fewer are in passing
SHARE = 0.5  # of the articles have to have a name or a headline with it
JOINED = 0.5  # of the mentions of two names stand in one, which they are then parts of


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
        ignored = _ignored(article.facts.language)
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
    peoples = {word.lower() for word in load_words(language, "speakers")["affiliations"]}
    ignored = _ignored(language) | set(_publishers(articles))
    counts = _join_bodies(find_names(texts, language=language).others, texts, language)
    found = {
        name: many * (1 + sum(name in headline for headline in headlines) / len(headlines))
        for name, many in counts.items()
        if many >= MENTIONS
        and name.lower() not in ignored
        and name.split()[-1].lower() not in peoples
        and name[1:2] != "-"  # R-Ky.
        and sum(name in text for text in texts) >= SHARE * len(texts)
    }
    return sorted(found, key=lambda name: (-found[name], name))


def _join_bodies(
    counts: Mapping[str, int], texts: Sequence[str], language: str | None
) -> dict[str, int]:
    """Return the names, two that are one body together: "Food and Drug Administration"."""
    bodies = frozenset(load_words(language, "speakers")["organisation_names"])
    joiner = f" {load_words(language, 'tags')['joiner'][0]} "
    joined = dict(counts)
    often = [name for name, many in counts.items() if many >= MENTIONS]
    for first, second, many in _find_pairs(often, texts, joiner):
        *rest, last = second.split()
        if " for " not in first and not (rest and last in bodies):
            continue  # two that act together: "Canada and Mexico"
        if many >= JOINED * max(counts[first], counts[second]):
            joined.pop(first, None)
            joined.pop(second, None)
            joined[first + joiner + second] = many
    return joined


def _find_pairs(
    names: Sequence[str], texts: Sequence[str], joiner: str
) -> list[tuple[str, str, int]]:
    """Return which two names stand with the joiner between them, and how often."""
    by_last, by_start = _index(names, slice(-1, None)), _index(names, slice(1))
    found: Counter[tuple[int, int]] = Counter()
    for before, behind in (pair for text in texts for pair in pairwise(text.split(joiner))):
        firsts = [n for n in by_last.get(before[-1:], ()) if before.endswith(names[n])]
        if firsts:
            seconds = [n for n in by_start.get(behind[:1], ()) if behind.startswith(names[n])]
            found.update((first, n) for first in firsts for n in seconds if first != n)
    return [(names[one], names[two], found[one, two]) for one, two in sorted(found)]


def _index(names: Sequence[str], part: slice) -> dict[str, list[int]]:
    """Return the numbers of the names by the letters in a part of them."""
    index: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        index.setdefault(name[part], []).append(number)
    return index


@cache
def _ignored(language: str | None) -> frozenset[str]:
    """Return, in lower case, what is no topic: sections, days, outlets."""
    days = load_words(language, "speakers")["calendar"]
    outlets = load_words(language, "quotes")["outlets"]
    no_tags = load_words(language, "tags")["no_tags"]
    return frozenset(word.lower() for word in (*no_tags, *days, *outlets))


def _publishers(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        yield (article.facts.source or "").lower()
        for quote in article.quotes:
            yield (quote.via or "").lower()
