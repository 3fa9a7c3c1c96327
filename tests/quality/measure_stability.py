"""Measures how much the stories depend on the order in which articles come.

Usage: python tests/quality/measure_stability.py [--batches N] FILE.jsonl …

The files are those of measure_stories.py. Prints the B-cubed F1 between the stories that all
articles make at once and those that N batches make, each batch joining the stories of the ones
before it: in the order of publication (of the file, where no date is told), and in random order.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from measure_stories import b_cubed, read_corpus

from digest.stories import Cluster, Outline, cluster_articles
from digest.stories.outline import Load

SEED = 7


def grow(batches: Iterable[Sequence[Outline]], load: Load) -> list[Cluster]:
    """Return the stories after the last batch; an article stays in the story that it came to."""
    belongs: dict[str, str] = {}
    known: list[Outline] = []
    clusters: list[Cluster] = []
    for batch in batches:
        known += batch
        clusters = cluster_articles(known, load, belongs=belongs)
        for cluster in clusters:
            name = cluster.slug or cluster.outlines[0].path
            belongs |= {outline.path: name for outline in cluster.outlines}
    return clusters


def compare(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> float:
    """Return how far two groupings agree, from 0 to 1."""
    names = {o.path: str(n) for n, cluster in enumerate(others) for o in cluster.outlines}
    return b_cubed(clusters, names)


def cut(articles: Sequence[Outline], batches: int) -> list[Sequence[Outline]]:
    """Return the articles in so many parts of about the same size."""
    size = -(-len(articles) // batches)
    return [articles[start : start + size] for start in range(0, len(articles), size)]


def main() -> None:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--batches", type=int, default=10)
    options = parser.parse_args()
    for path in options.files:
        corpus = read_corpus(path)
        at_once = cluster_articles(corpus.outlines, corpus.load)
        by_day = sorted(corpus.outlines, key=lambda outline: str(outline.published))
        shuffled = random.Random(SEED).sample(corpus.outlines, len(corpus.outlines))
        print(f"{path.name}: at once {b_cubed(at_once, corpus.events):.3f}", end="")
        for name, order in (("by day", by_day), ("shuffled", shuffled)):
            grown = grow(cut(order, options.batches), corpus.load)
            right = b_cubed(grown, corpus.events)
            print(f"; {name} {right:.3f}, agrees {compare(grown, at_once):.3f}", end="")
        print()


if __name__ == "__main__":
    main()
