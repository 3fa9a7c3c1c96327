"""Finds the people of a story: who speaks in it, and who is much written about."""

from collections import Counter
from collections.abc import Sequence

from digest.models import Article
from digest.names import find_names

LIMIT = 8
QUOTED = 3  # a quote counts like so many mentions
MENTIONS = 3  # fewer are in passing
SHARE = 0.25  # of the articles have to name somebody who does not speak


def find_people(articles: Sequence[Article], *, limit: int = LIMIT) -> tuple[str, ...]:
    """Return at most `limit` people, those who are quoted and written about most first.

    Speakers are named as their quotes name them; others by their full name.
    """
    quotes = Counter(q.speaker for article in articles for q in article.quotes if q.speaker)
    language = articles[0].facts.language if articles else None
    names = find_names([article.text for article in articles], language=language).people
    worth = Counter({name: QUOTED * many + names[name] for name, many in quotes.items()})
    for name, many in names.items():
        inside = sum(name in article.text for article in articles)
        if many >= MENTIONS and inside >= SHARE * len(articles) and not _is_known(name, quotes):
            worth[name] = many
    return tuple(sorted(worth, key=lambda name: (-worth[name], name))[:limit])


def _is_known(name: str, speakers: Counter[str]) -> bool:
    """Tell whether a speaker is called that, or has that name and a further one."""
    return any(name.split()[-1] == speaker.split()[-1] for speaker in speakers)
