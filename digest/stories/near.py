"""Finds what a few new texts may be grouped with, in one pass over an archive of any size."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from math import inf, log
from typing import NamedTuple

from digest.stories.vectors import Spread

# Groups are told apart by likeness among the nearest 60 (digest/stories/crowds.py): with so many,
# little is decided otherwise than if all were there.
LIMIT = 100
# Words of a new text that are looked up, the rarest first: the others are in texts on anything.
RAREST = 60


# A word is as rare among so many texts as among all, nearly: a thousandth of them is two.
SAMPLE = 2000


class Text(NamedTuple):
    """What is compared of a text."""

    day: float
    """Days since 1970; infinite where it is not told."""
    words: str
    """Each once, with blanks between them."""


def count_spread(texts: Sequence[Text]) -> Spread:
    """Return in how many texts each word is, told by a sample of them from first to last."""
    sample = texts[:: -(-len(texts) // SAMPLE)] if texts else texts
    counts = Counter(chain.from_iterable(text.words.split() for text in sample))
    return Spread(len(sample), counts)


def find_near(
    new: Sequence[Text],
    archive: Iterable[Text],
    *,
    spread: Spread,
    window_days: float = inf,
    limit: int = LIMIT,
) -> list[list[int]]:
    """Return for each new text the numbers of the texts in the archive that are most like it.

    The nearest comes first. Two dated texts that are more days apart are not compared. Likeness
    is the sum of the rarity of the words that both have, less for each day between them.
    """
    holders = _index(new, spread)
    wanted = frozenset(holders)
    days = sorted({text.day for text in new})
    found: list[list[tuple[float, int]]] = [[] for _ in new]
    for number, text in enumerate(archive):
        if all(_gap(day, text.day) > window_days for day in days):
            continue
        alike: dict[int, float] = {}
        for word in sorted(wanted.intersection(text.words.split())):
            for holder, rarity in holders[word].items():
                alike[holder] = alike.get(holder, 0.0) + rarity
        for holder, likeness in alike.items():
            gap = _gap(new[holder].day, text.day)
            if gap <= window_days:
                found[holder].append((-likeness / (1 + gap), number))
    return [[number for _, number in nsmallest(limit, row)] for row in found]


def _index(new: Sequence[Text], spread: Spread) -> Mapping[str, Mapping[int, float]]:
    """Return by word the new texts that have it among their rarest, and how rare it is."""
    holders: dict[str, dict[int, float]] = {}
    for number, text in enumerate(new):
        words = text.words.split()
        for word in nsmallest(RAREST, words, key=lambda word: (spread.words.get(word, 0), word)):
            rarity = log(1 + spread.articles / spread.words.get(word, 1))
            holders.setdefault(word, {})[number] = rarity
    return holders


def _gap(day: float, other: float) -> float:
    """Return the days between two texts; none where one is not told."""
    return abs(day - other) if day < inf and other < inf else 0.0
