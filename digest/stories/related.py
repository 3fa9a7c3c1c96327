"""Finds the stories that a reader of one story may want next: the same people and places."""

from collections.abc import Iterator, Sequence
from itertools import islice
from math import inf

from digest.stories.outline import Load
from digest.stories.parts import Compare, compare_here, find_pairs
from digest.stories.vectors import Spread, rate_words

LIMIT = 3
# Half of the likeness that makes one story of two undated articles.
THRESHOLD = 0.035


def relate_stories(
    stories: Sequence[Sequence[str]],
    load: Load,
    *,
    spread: Spread | None = None,
    limit: int = LIMIT,
    threshold: float = THRESHOLD,
    compare: Compare = compare_here,
) -> list[tuple[int, ...]]:
    """Return, for each story, the numbers of at most `limit` related ones, the most alike first.

    A story is the paths of its articles. Time plays no part: what happened to the same people a
    year later is related. `spread` tells how rare words are where these are but a few of all.
    """
    rarity = rate_words(load(_paths_of(stories)), spread=spread)
    pairs = find_pairs(
        lambda start, end: _load_together(stories[start:end], load),
        [inf] * len(stories),
        rarity,
        compare=compare,
    )
    likeness: list[dict[int, float]] = [{} for _ in stories]
    for b, row in enumerate(pairs):
        for a, similarity in row.items():
            if similarity >= threshold:
                likeness[a][b] = likeness[b][a] = similarity
    return [tuple(sorted(row, key=lambda i: (-row[i], i))[:limit]) for row in likeness]


def _load_together(stories: Sequence[Sequence[str]], load: Load) -> Iterator[tuple[str, ...]]:
    words = iter(load(_paths_of(stories)))
    return (tuple(islice(words, len(story))) for story in stories)


def _paths_of(stories: Sequence[Sequence[str]]) -> list[str]:
    return [path for story in stories for path in story]
