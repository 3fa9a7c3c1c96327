"""Finds the texts that are alike, through an index from words to texts, never pair by pair."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import repeat
from math import floor, inf
from operator import mul

from digest.stories.vectors import Vector

Pairs = list[dict[int, float]]
"""For each text the ones before it that are like it, with the likeness (0 to 1)."""

# Words are looked up the rarest first, until so many texts that have them were counted: so time
# grows with the texts, not with their square. The wider words of a text bring nobody together
# by themselves; they count between texts that share a rarer one.
# Mean B-cubed is .916 with 1000, .910 with 500, .906 with 300 (tests/quality/measure_stories.py).
MOST_COUNTED = 1000
# A fainter likeness counts as none: a quarter of what joins two texts. Mean B-cubed is .916, with
# .045 it is .913 and with .055 .906 (tests/quality/measure_stories.py).
FAINTEST = 0.035
PART = 0.5  # of the faintest likeness: what the rarer words have to show
# Most reports on an event come out within a day: half of the likeness a day later, a third
# after two days. A gap that is not told counts like one of two or three days.
UNKNOWN_GAP = 0.32


class Index:
    """Which texts have a word, in the order of their numbers, and its weight there."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[list[int], list[float]]] = {}

    def look_up(self, vector: Vector, oldest: int) -> tuple[dict[int, float], list[str]]:
        """Return the likeness to texts from `oldest` on, and the words too wide to look up."""
        found = sorted(
            (len(row[0]) - start, word, start)
            for word in vector
            if (row := self._rows.get(word)) and (start := bisect_left(row[0], oldest)) >= 0
        )
        alike: dict[int, float] = defaultdict(float)
        left = MOST_COUNTED
        for place, (many, word, start) in enumerate(found):
            left -= many
            if left < 0:
                return alike, [word for _, word, _ in found[place:]]
            numbers, weights = self._rows[word]
            weight = vector[word]
            for number, other in zip(numbers[start:], weights[start:], strict=True):
                alike[number] += weight * other
        return alike, []

    def add(self, number: int, vector: Vector) -> None:
        """Remember the words of the next text."""
        for word, weight in vector.items():
            numbers, weights = self._rows.setdefault(word, ([], []))
            numbers.append(number)
            weights.append(weight)


def find_pairs(vectors: Sequence[Vector], days: Sequence[float], *, window: float) -> Pairs:
    """Return which texts are alike, those far apart in time less so.

    Of two dated texts, only those at most `window` days apart are compared. The dated texts come
    first, in the order of their days; then those without a day, which is written as infinity.
    """
    index = Index()
    pairs: Pairs = []
    for number, vector in enumerate(vectors):
        day = days[number]
        oldest = bisect_left(days, day - window, hi=number) if day < inf else 0
        alike, wide = index.look_up(vector, oldest)
        pairs.append(_compare(number, alike, wide, vectors, days))
        index.add(number, vector)
    return pairs


def _compare(
    number: int,
    alike: dict[int, float],
    wide: Sequence[str],
    vectors: Sequence[Vector],
    days: Sequence[float],
) -> dict[int, float]:
    weights = [vectors[number][word] for word in wide]
    near: dict[int, float] = {}
    nearest = UNKNOWN_GAP if days[number] == inf else 1.0
    for other, likeness in alike.items():
        if likeness * nearest < FAINTEST * PART:
            continue
        nearness = _nearness(days[number] - days[other])
        likeness += sum(map(mul, weights, map(vectors[other].get, wide, repeat(0.0))))
        if likeness * nearness >= FAINTEST:
            near[other] = likeness * nearness
    return near


def _nearness(gap: float) -> float:
    return 1 / (1 + floor(gap)) if gap < inf else UNKNOWN_GAP
