"""Measures how well articles are grouped by event.

Usage: python tests/quality/measure_stories.py FILE.jsonl …

Each line of a file is an article: {"title", "text", "date" (or ""), "story" (the event it is
about)}. For AllSides 2021, NeuS, ECB+, BASIL and the UCI News Aggregator (2014) such files can
be made from what their authors publish. Prints B-cubed F1 (Bagga and Baldwin 1998) for each
file and the mean, once for each threshold asked for with --threshold.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from digest.dates import parse_moment
from digest.models import Article, Cluster, Facts
from digest.stories import cluster_articles
from digest.stories.clusters import THRESHOLD


def read_articles(path: Path) -> tuple[list[Article], dict[str, str]]:
    """Return the articles of a file, and the event of each by its path."""
    articles: list[Article] = []
    events: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        facts = Facts(title=record["title"] or None, published=parse_moment(record["date"]))
        text = record["text"] or record["title"]
        articles.append(Article(path=f"{number:06}", facts=facts, text=text))
        events[f"{number:06}"] = record["story"]
    return articles, events


def b_cubed(clusters: Sequence[Cluster], events: Mapping[str, str]) -> float:
    """Return the B-cubed F1 of the clusters: each article weighs the same."""
    sizes = Counter(events.values())
    precision = recall = 0.0
    for cluster in clusters:
        shared = Counter(events[article.path] for article in cluster.articles)
        precision += sum(many * many / len(cluster.articles) for many in shared.values())
        recall += sum(many * many / sizes[event] for event, many in shared.items())
    return 2 * precision * recall / (precision + recall) / len(events)


def main() -> None:
    """Print a line for each threshold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--threshold", action="append", type=float)
    options = parser.parse_args()
    sets = [read_articles(path) for path in options.files]
    for threshold in options.threshold or [THRESHOLD]:
        start = time.process_time()
        scores = [
            b_cubed(cluster_articles(articles, threshold=threshold), events)
            for articles, events in sets
        ]
        mean = sum(scores) / len(scores)
        figures = " ".join(f"{score:.3f}" for score in scores)
        print(f"{threshold}: mean {mean:.4f} of {figures}, {time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main()
