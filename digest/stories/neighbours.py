"""Reads each text together with those most like it: two reports may meet only in a third."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt

from digest.stories.pairs import FAINTEST, Pairs

# Mean B-cubed is .897 without neighbours, .906 with these, each at its best threshold
# (tests/quality/measure_stories.py); with three neighbours, or at .2 of the weight, less.
NEIGHBOURS = 2
WEIGHT = 0.5
# An undated text that resembles fewer has not chosen its neighbours. A dated one has: there was
# no other in those days.
FEWEST = 3

Row = dict[int, float]
Share = tuple[int, float]


def add_neighbours(pairs: Pairs, own: Sequence[float]) -> Pairs:
    """Return which texts are alike when each is read together with its nearest neighbours.

    `own` is the likeness of each text to itself. The likeness of two texts becomes that of two
    mixtures (document expansion: Singhal and Pereira 1999), scaled as before.
    """
    rows = _mirror(pairs, own)
    mixtures = [list(_mix(number, rows[number])) for number in range(len(rows))]
    holders: list[list[Share]] = [[] for _ in rows]
    for number, mixture in enumerate(mixtures):
        for part, share in mixture:
            holders[part].append((number, share))
    scales: list[float] = []
    result: Pairs = []
    for number, mixture in enumerate(mixtures):
        alike = _compare(number, _add_rows(rows, mixture), holders)
        scales.append(sqrt(alike.pop(number) / own[number]))
        scaled = {b: likeness / (scales[number] * scales[b]) for b, likeness in alike.items()}
        result.append({b: likeness for b, likeness in scaled.items() if likeness >= FAINTEST})
    return result


def _mirror(pairs: Pairs, own: Sequence[float]) -> list[Row]:
    """Return for each text all that are like it, itself included."""
    rows: list[Row] = [{number: likeness} for number, likeness in enumerate(own)]
    for a, row in enumerate(pairs):
        for b, likeness in row.items():
            rows[a][b] = rows[b][a] = likeness
    return rows


def _mix(number: int, row: Row) -> Iterator[Share]:
    """Yield what a text is read with, and how much each counts: the text itself counts 1.

    Without a date, where there are few to choose from, being the nearest means nothing.
    """
    yield number, 1.0
    is_dated = row[number] == 1.0
    others = sorted((-likeness, other) for other, likeness in row.items() if other != number)
    if is_dated or len(others) >= FEWEST:
        for likeness, other in others[:NEIGHBOURS]:
            yield other, WEIGHT * -likeness / row[number]


def _add_rows(rows: Sequence[Row], mixture: Sequence[Share]) -> Row:
    total: Row = defaultdict(float)
    for part, share in mixture:
        for other, likeness in rows[part].items():
            total[other] += share * likeness
    return total


def _compare(number: int, row: Row, holders: Sequence[Sequence[Share]]) -> Row:
    """Return the likeness of a mixture to its own and to those of the texts before it."""
    alike: Row = defaultdict(float)
    for part, likeness in row.items():
        for holder, share in holders[part]:
            if holder <= number:
                alike[holder] += likeness * share
    return alike
