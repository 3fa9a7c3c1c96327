"""Finds the texts that have telling words in common, through an index from words to texts."""

from collections import defaultdict
from collections.abc import Sequence

from digest.stories.vectors import Vector

Pairs = list[dict[int, float]]
"""For each text the later ones that are like it, with the similarity (a cosine)."""

# A word in more texts than this is not looked up: it says little, and costs the square of time.
WIDEST = 500
FAINTEST = 0.05  # a fainter likeness counts as none


def find_pairs(vectors: Sequence[Vector], days: Sequence[int | None], *, window: int) -> Pairs:
    """Return which texts are alike; two dated ones only if `window` days or fewer lie between."""
    index: dict[str, list[int]] = defaultdict(list)
    pairs: Pairs = []
    for number, vector in enumerate(vectors):
        alike: dict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            for other in index[word]:
                alike[other] += weight * vectors[other][word]
            if len(index[word]) < WIDEST:
                index[word].append(number)
        near = {o: s for o, s in alike.items() if s >= FAINTEST and _near(days, o, number, window)}
        pairs.append(near)
    return pairs


def _near(days: Sequence[int | None], a: int, b: int, window: int) -> bool:
    first, second = days[a], days[b]
    return first is None or second is None or abs(first - second) <= window
