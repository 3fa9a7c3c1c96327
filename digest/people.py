"""Finds the people of a story: who speaks in it, and who is much written about."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from digest.language import load_words
from digest.models import Article
from digest.names import find_names

LIMIT = 8
QUOTED = 3  # a quote counts like so many mentions
MENTIONS = 3  # fewer are in passing
SHARE = 0.25  # of the articles have to name somebody who does not speak


def find_people(articles: Sequence[Article], *, limit: int = LIMIT) -> tuple[str, ...]:
    """Return at most `limit` people, those who are quoted and written about most first.

    Speakers are named as their quotes name them; others by their full name. A ministry, a
    newspaper or "officials" may speak, but they are nobody.
    """
    language = articles[0].facts.language if articles else None
    found = find_names([article.text for article in articles], language=language)
    names, bodies = found.people, _bodies(language)
    quotes = Counter(
        quote.speaker
        for article in articles
        for quote in article.quotes
        if quote.speaker
        and _is_person(quote.speaker, bodies)
        and (" " in quote.speaker or quote.role or quote.speaker in found.surnames)
    )
    worth = Counter({name: QUOTED * many + names[name] for name, many in quotes.items()})
    for name, many in names.items():
        inside = sum(name in article.text for article in articles)
        if many >= MENTIONS and inside >= SHARE * len(articles) and not _is_known(name, quotes):
            worth[name] = many
    return tuple(sorted(worth, key=lambda name: (-worth[name], name))[:limit])


def _is_person(name: str, bodies: frozenset[str]) -> bool:
    """Tell whether it is a name, and none of an outlet, a ministry or the like."""
    parts = name.split()
    return (
        parts[0][0].isupper()
        and bodies.isdisjoint(part.lower() for part in parts)
        and name.lower() not in bodies
    )


@cache
def _bodies(language: str | None) -> frozenset[str]:
    """Return, in lower case, the names of outlets, and the words that are in names of bodies."""
    words = load_words(language, "speakers")["organisation_names"]
    return frozenset(w.lower() for w in (*words, *load_words(language, "quotes")["outlets"]))


def _is_known(name: str, speakers: Counter[str]) -> bool:
    """Tell whether a speaker is called that, or has that name and a further one."""
    return any(name.split()[-1] == speaker.split()[-1] for speaker in speakers)
