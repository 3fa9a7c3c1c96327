"""Measures summaries by ROUGE-1 and ROUGE-2, beside the first sentences of the articles.

Usage: python tests/quality/measure_summaries.py (--sentences N | --words N) FILE.jsonl …

Each line of a file is a story: {"documents": [{"title", "text"}, …], "references": ["…", …] or
"reference": "…"}. CNN/Daily Mail, NeuS (AllSides) and Multi-News can be brought into that form.
Of several references the nearest counts. Words are compared in lower case, without stemming, so
figures are about a point below those of ROUGE (Lin 2004) with stemming.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from digest.models import Article, Facts
from digest.summary import summarize_articles
from digest.text import split_sentences

Summarize = Callable[[Sequence[Article]], list[str]]


def read_story(record: dict[str, Any]) -> tuple[list[Article], list[str]]:
    """Return the articles of a story, and the summaries that people wrote."""
    articles = [
        Article(
            path=f"{number:03}",
            facts=Facts(title=document.get("title") or None),
            text="\n\n".join(line.strip() for line in document["text"].split("\n") if line.strip()),
        )
        for number, document in enumerate(record["documents"])
    ]
    return articles, record.get("references") or [record["reference"]]


def first_sentences(articles: Sequence[Article], sentences: int, words: int | None) -> list[str]:
    """Return the sentences in their order, until there are enough."""
    chosen: list[str] = []
    for sentence in (s for article in articles for s in split_sentences(article.text)):
        if (sum(len(s.split()) for s in chosen) >= words) if words else len(chosen) >= sentences:
            break
        chosen.append(sentence.text)
    return chosen


def rouge(reference: str, summary: str) -> tuple[float, float]:
    """Return ROUGE-1 and ROUGE-2 F1."""
    mine, theirs = (re.findall(r"[a-z0-9]+", text.lower()) for text in (summary, reference))
    return _f1(Counter(theirs), Counter(mine)), _f1(
        Counter(pairwise(theirs)), Counter(pairwise(mine))
    )


def _f1(reference: Counter[Any], summary: Counter[Any]) -> float:
    return 2 * (reference & summary).total() / max(1, reference.total() + summary.total())


def measure(path: Path, summarize: Summarize, words: int | None) -> tuple[float, float]:
    """Return the mean ROUGE-1 and ROUGE-2 of a file, in percent."""
    scores: list[tuple[float, float]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        articles, references = read_story(json.loads(line))
        summary = " ".join(" ".join(summarize(articles)).split()[:words])
        scores.append(max((rouge(r, summary) for r in references), key=sum))
    first, second = (100 * sum(column) / len(scores) for column in zip(*scores, strict=True))
    return first, second


def main() -> None:
    """Print two lines for each file: the first sentences, and ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sentences", type=int, default=3)
    parser.add_argument("--words", type=int)
    options = parser.parse_args()

    def lead(articles: Sequence[Article]) -> list[str]:
        return first_sentences(articles, options.sentences, options.words)

    def ours(articles: Sequence[Article]) -> list[str]:
        summary = summarize_articles(articles, sentences=options.sentences, words=options.words)
        return [sentence.text for sentence in summary]

    for path in options.files:
        for name, summarize in (("first", lead), ("ours", ours)):
            one, two = measure(path, summarize, options.words)
            print(f"{path.name}: {name}: ROUGE-1 {one:.2f}, ROUGE-2 {two:.2f}")


if __name__ == "__main__":
    main()
