"""Cuts the comparing of texts into parts that overlap in time, to be done anywhere in any order.

A part holds the texts that are compared and those of the window before them. What is found in the
parts, put together in their order, is what one pass over all texts finds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import TypeAlias

from digest.stories.pairs import Pairs, Row, find_oldest, find_rows
from digest.stories.vectors import weigh_together

# Texts that are compared in a part, at least: half a second of work for a megabyte of words.
LEAST = 1000
# A part has at least so many texts of its own for each that it shares with those before it.
OWN_SHARE = 0.5

Unit: TypeAlias = tuple[str, ...]
"""The words of what is compared as one text: an article, or all articles of a story."""
Units: TypeAlias = Callable[[int, int], Iterable[Unit]]
"""Yields the units from one number to another, as often as they are asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the texts, in the order of their days."""

    units: tuple[Unit, ...]
    days: tuple[float, ...]
    rarity: Mapping[str, float]
    """Of their words."""
    first: int
    """Where those begin that are compared; the others are only compared with."""
    offset: int
    """Texts before this part."""
    window: float


Compare: TypeAlias = Callable[[Iterable[Part]], Iterable[Pairs]]
"""Compares the texts of each part (see `compare_part`), here or elsewhere."""


def find_pairs(
    units: Units,
    days: Sequence[float],
    rarity: Mapping[str, float],
    *,
    window: float = inf,
    compare: Compare,
) -> Pairs:
    """Return which texts are alike (see `find_rows`)."""
    found = compare(cut_parts(units, days, rarity, window=window))
    return [row for rows in found for row in rows]


def compare_here(parts: Iterable[Part]) -> Iterator[Pairs]:
    """Compare the texts of each part in this process."""
    return map(compare_part, parts)


def compare_part(part: Part) -> Pairs:
    """Return for each text of a part what it is like, by their numbers among all texts."""
    vectors = (weigh_together(unit, part.rarity) for unit in part.units)
    rows = find_rows(vectors, part.days, window=part.window, first=part.first)
    return [_shift(row, part.offset) for row in rows]


def cut_parts(
    units: Units,
    days: Sequence[float],
    rarity: Mapping[str, float],
    *,
    window: float = inf,
) -> Iterator[Part]:
    """Yield the parts; no more than one of them is held."""
    for oldest, start, end in _find_bounds(days, window):
        held, own = tuple(units(oldest, end)), rarity
        if len(held) < len(days):
            words = {word for unit in held for text in unit for word in text.split()}
            own = {word: rarity[word] for word in words}
        yield Part(held, tuple(days[oldest:end]), own, start - oldest, oldest, window)


def _find_bounds(days: Sequence[float], window: float) -> Iterator[tuple[int, int, int]]:
    """Yield for each part the first text that it holds, the first that it compares, and its end."""
    dated = next((number for number, day in enumerate(days) if day == inf), len(days))
    start = 0
    while start < len(days):
        oldest = find_oldest(start, days, window)
        most = len(days) if start >= dated else dated
        end = min(most, start + max(LEAST, int(OWN_SHARE * (start - oldest))))
        yield oldest, start, end
        start = end


def _shift(row: Row, offset: int) -> Row:
    return {number + offset: likeness for number, likeness in row.items()} if offset else row
