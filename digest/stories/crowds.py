"""Tells events apart where many texts resemble each other: what is usual there proves nothing."""

from collections.abc import Sequence
from heapq import nlargest

from digest.stories.pairs import Pairs

# A dated text is compared with those of a few days. An undated one meets all that was ever
# written on its topic, so its likeness to strangers is measured and counted against it. Strangers
# are the 20th to 60th most alike: reports of the same event are seldom so many.
NEAREST, FARTHEST = 20, 60
# What the strangers' likeness is added to before its fourth root is taken, and the sum at which
# nothing changes. With one threshold for both, B-cubed of NeuS and ECB+ is .834 and .926, without
# all this .812 and .904. Strangers from the 15th or the 30th on, a ground of .035 or a root of .35
# leave both within .007 of that (tests/quality/measure_stories.py).
GROUND = 0.02
USUAL = 0.042
ROOT = 0.25


def thin_crowds(pairs: Pairs, undated: Sequence[bool]) -> Pairs:
    """Return the likeness of texts, less where undated ones have many that resemble them.

    That is the local scaling of Zelnik-Manor and Perona (2004), by the strangers of both texts.
    """
    if not any(undated):
        return pairs
    scales = [
        (USUAL / (GROUND + _strangeness(row))) ** ROOT if is_undated else 1.0
        for row, is_undated in zip(_all_likenesses(pairs), undated, strict=True)
    ]
    return [
        {b: likeness * scales[a] * scales[b] for b, likeness in row.items()}
        for a, row in enumerate(pairs)
    ]


def _all_likenesses(pairs: Pairs) -> list[list[float]]:
    """Return for each text how much it is like each other one."""
    rows = [list(row.values()) for row in pairs]
    for row in pairs:
        for b, likeness in row.items():
            rows[b].append(likeness)
    return rows


def _strangeness(likenesses: Sequence[float]) -> float:
    strangers = nlargest(FARTHEST, likenesses)[NEAREST:]
    return sum(strangers) / (FARTHEST - NEAREST)
