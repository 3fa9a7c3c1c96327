"""Finds what a few new texts may be grouped with, in one pass over an archive of any size."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from math import inf, log
from typing import NamedTuple

from digest.stories.outline import Load
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


def count_spread(paths: Sequence[str], load: Load) -> Spread:
    """Return in how many articles each word is, told by a sample of them from first to last."""
    sample = paths[:: -(-len(paths) // SAMPLE)] if paths else paths
    counts = Counter(chain.from_iterable(words.split() for words in load(sample)))
    return Spread(len(sample), counts)


def find_candidates(
    days: Mapping[str, float], new: Iterable[float], window_days: float
) -> list[str]:
    """Return the texts whose day is within a window of that of a new one, or is not told."""
    wanted = sorted(new)
    return [name for name, day in days.items() if _is_within(day, wanted, window_days)]


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
    found: list[list[tuple[float, int]]] = [[] for _ in new]
    for number, text in enumerate(archive):
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


def _is_within(day: float, wanted: Sequence[float], window_days: float) -> bool:
    if not wanted or day == inf or wanted[-1] == inf:
        return bool(wanted)
    place = bisect_left(wanted, day - window_days)
    return place < len(wanted) and wanted[place] <= day + window_days


def _gap(day: float, other: float) -> float:
    """Return the days between two texts; none where one is not told."""
    return abs(day - other) if day < inf and other < inf else 0.0
