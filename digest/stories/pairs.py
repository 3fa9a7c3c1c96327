"""Finds the texts that are alike, through an index from words to texts, never pair by pair."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from math import floor, inf
from operator import mul

from digest.stories.vectors import Vector

Row = dict[int, float]
"""Texts that are like one, with the likeness (0 to 1)."""
Pairs = list[Row]
"""For each text the ones before it that are like it."""

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
    """Texts that a new one is compared with, and which of them have a word.

    They come in the order of their numbers, and leave in it.
    """

    def __init__(self) -> None:
        self.vectors: dict[int, Vector] = {}
        self._rows: dict[str, tuple[list[int], list[float]]] = {}

    def look_up(self, vector: Vector) -> tuple[Row, list[str]]:
        """Return the likeness to the texts, and the words too wide to look up."""
        rows = self._rows
        found = sorted([(len(rows[word][0]), word) for word in vector if word in rows])
        alike: Row = defaultdict(float)
        left = MOST_COUNTED
        for place, (many, word) in enumerate(found):
            left -= many
            if left < 0:
                return alike, [word for _, word in found[place:]]
            weight = vector[word]
            for number, other in zip(*rows[word], strict=True):
                alike[number] += weight * other
        return alike, []

    def add(self, number: int, vector: Vector) -> None:
        """Remember the next text."""
        self.vectors[number] = vector
        for word, weight in vector.items():
            numbers, weights = self._rows.setdefault(word, ([], []))
            numbers.append(number)
            weights.append(weight)

    def forget(self, number: int) -> None:
        """Forget the first text."""
        for word in self.vectors.pop(number):
            numbers, weights = self._rows[word]
            del numbers[0], weights[0]
            if not numbers:
                del self._rows[word]


def find_rows(
    vectors: Iterable[Vector], days: Sequence[float], *, window: float, first: int = 0
) -> Iterator[Row]:
    """Yield for each text, from number `first` on, the ones before it that are like it.

    Texts far apart in time are less alike; of two dated texts, only those at most `window` days
    apart are compared, and no more than these are held. The dated texts come first, in the order
    of their days; then those without a day, which is written as infinity. From `first` on, there
    may be but one kind.
    """
    index, held = Index(), 0
    for number, vector in enumerate(vectors):
        if number >= first:
            for gone in range(held, held := find_oldest(number, days, window)):
                index.forget(gone)
            yield _compare(number, vector, index, days)
        index.add(number, vector)


def find_oldest(number: int, days: Sequence[float], window: float) -> int:
    """Return the first text that a text is compared with."""
    day = days[number]
    return bisect_left(days, day - window, hi=number) if day < inf else 0


def _compare(number: int, vector: Vector, index: Index, days: Sequence[float]) -> Row:
    alike, wide = index.look_up(vector)
    weights, vectors = [vector[word] for word in wide], index.vectors
    day, near = days[number], {}
    least = FAINTEST * PART / (UNKNOWN_GAP if day == inf else 1.0)
    for other, likeness in alike.items():
        if likeness >= least:
            likeness += sum(map(mul, weights, map(vectors[other].get, wide, repeat(0.0))))
            likeness *= _nearness(day - days[other])
            if likeness >= FAINTEST:
                near[other] = likeness
    return near


def _nearness(gap: float) -> float:
    return 1 / (1 + floor(gap)) if gap < inf else UNKNOWN_GAP
