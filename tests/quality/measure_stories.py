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
from dataclasses import dataclass
from pathlib import Path

from digest.dates import parse_moment
from digest.models import Article, Facts
from digest.outlines import outline_article
from digest.stories import Cluster, Outline, cluster_articles
from digest.stories.clusters import THRESHOLD
from digest.stories.outline import Load
from digest.stories.vectors import list_words


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles as they are compared, and the event of each by its path."""

    outlines: list[Outline]
    load: Load
    events: dict[str, str]


def read_corpus(path: Path) -> Corpus:
    """Return the articles of a file."""
    outlines: list[Outline] = []
    words: dict[str, str] = {}
    events: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        facts = Facts(title=record["title"] or None, published=parse_moment(record["date"]))
        text = record["text"] or record["title"]
        article = Article(path=f"{number:06}", facts=facts, text=text)
        outlines.append(outline_article(article))
        words[article.path] = list_words(article)
        events[article.path] = record["story"]
    return Corpus(outlines, lambda paths: [words[path] for path in paths], events)


def b_cubed(clusters: Sequence[Cluster], events: Mapping[str, str]) -> float:
    """Return the B-cubed F1 of the clusters: each article weighs the same."""
    sizes = Counter(events.values())
    precision = recall = 0.0
    for cluster in clusters:
        shared = Counter(events[outline.path] for outline in cluster.outlines)
        precision += sum(many * many / len(cluster.outlines) for many in shared.values())
        recall += sum(many * many / sizes[event] for event, many in shared.items())
    return 2 * precision * recall / (precision + recall) / len(events)


def main() -> None:
    """Print a line for each threshold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--threshold", action="append", type=float)
    options = parser.parse_args()
    sets = [read_corpus(path) for path in options.files]
    for threshold in options.threshold or [THRESHOLD]:
        start = time.process_time()
        scores = [
            b_cubed(cluster_articles(c.outlines, c.load, threshold=threshold), c.events)
            for c in sets
        ]
        mean = sum(scores) / len(scores)
        figures = " ".join(f"{score:.3f}" for score in scores)
        print(f"{threshold}: mean {mean:.4f} of {figures}, {time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main()
