"""Finds texts that are copies of one another: an agency's report, printed by several outlets."""

import re
from collections.abc import Sequence
from itertools import islice

# Runs of words that two texts share only if one was copied from the other, or both from a third
# (shingles: Broder 1997). A quote that two reporters heard is shared too, so half has to be.
RUN = 6
SHARED = 0.5
WORD = re.compile(r"\w+")


def find_copies(texts: Sequence[str]) -> list[int]:
    """Return for each text the number of the first one that it has the same origin as.

    A text that is no copy has its own number. Half of the shorter text has to be in the other.
    """
    if len(texts) < 2:
        return list(range(len(texts)))
    runs = [_runs_of(text) for text in texts]
    holders: dict[tuple[str, ...], list[int]] = {}
    origins: list[int] = []
    for number, mine in enumerate(runs):
        shared: dict[int, int] = {}
        for run in mine:
            for other in holders.setdefault(run, []):
                shared[other] = shared.get(other, 0) + 1
            holders[run].append(number)
        alike = (o for o, n in shared.items() if n >= SHARED * min(len(mine), len(runs[o])))
        origins.append(min((origins[other] for other in alike), default=number))
    return origins


def _runs_of(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return set(zip(*(islice(words, start, None) for start in range(RUN)), strict=False))
