"""Finds the stories that a reader of one story may want next: the same people and places."""

from collections.abc import Sequence
from math import inf

from digest.models import Cluster
from digest.stories.pairs import find_pairs
from digest.stories.vectors import Spread, Vector, weigh_articles

LIMIT = 3
# Half of the likeness that makes one story of two undated articles.
THRESHOLD = 0.035


def relate_clusters(
    clusters: Sequence[Cluster],
    *,
    spread: Spread | None = None,
    limit: int = LIMIT,
    threshold: float = THRESHOLD,
) -> list[tuple[int, ...]]:
    """Return, for each cluster, the numbers of at most `limit` related ones, the most alike first.

    Time plays no part: what happened to the same people a year later is related. `spread` tells
    how rare words are where these are but a few of all stories.
    """
    vectors = _weigh_clusters(clusters, spread)
    likeness: list[dict[int, float]] = [{} for _ in clusters]
    for b, row in enumerate(find_pairs(vectors, [inf] * len(vectors), window=0)):
        for a, similarity in row.items():
            if similarity >= threshold:
                likeness[a][b] = likeness[b][a] = similarity
    return [tuple(sorted(row, key=lambda i: (-row[i], i))[:limit]) for row in likeness]


def _weigh_clusters(clusters: Sequence[Cluster], spread: Spread | None) -> list[Vector]:
    articles = [article for cluster in clusters for article in cluster.articles]
    vectors = iter(weigh_articles(articles, spread=spread))
    return [_mean([next(vectors) for _ in cluster.articles]) for cluster in clusters]


def _mean(vectors: Sequence[Vector]) -> Vector:
    total: Vector = {}
    for vector in vectors:
        for word, weight in vector.items():
            total[word] = total.get(word, 0.0) + weight
    length = sum(weight * weight for weight in total.values()) ** 0.5 or 1.0
    return {word: weight / length for word, weight in total.items()}
