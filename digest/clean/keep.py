"""Decides which lines are the article: runs of likely lines, without the unlikely ones in them."""

from collections.abc import Sequence

# All five were set together, by cross-validation by site on 234 scraped English articles in three
# kinds of scrape (see tests/quality/train_clean.py).
HIGHEST, LOWEST = 3.0, -1.5  # log-odds: no single line decides alone, and a doubt weighs half
LONGEST = 60  # words; and a line counts as the square root of its words
KEPT = -0.4  # log-odds: a line inside the article stays if it is at least this likely
UNLIKELY = -1.0  # log-odds: what an extractor chose by the markup stays unless it is less likely
SECOND = 0.15  # a further run counts if it weighs this share of the first


def keep_lines(
    scores: Sequence[float], words: Sequence[int], certain: Sequence[object]
) -> list[bool]:
    """Return which lines are part of the article.

    Told by their log-odds, by their lengths in words, and by what is certainly no part of it.
    """
    scores = [LOWEST if sure else score for score, sure in zip(scores, certain, strict=True)]
    gains = [
        max(LOWEST, min(HIGHEST, score)) * max(1, min(LONGEST, size)) ** 0.5
        for score, size in zip(scores, words, strict=True)
    ]
    inside = {i for run in find_runs(gains) for i in run}
    return [i in inside and score >= KEPT for i, score in enumerate(scores)]


def keep_extracted(scores: Sequence[float], certain: Sequence[object]) -> list[bool]:
    """Return which lines stay of a text that was extracted from a page by its markup."""
    return [score >= UNLIKELY and not sure for score, sure in zip(scores, certain, strict=True)]


def find_runs(gains: Sequence[float]) -> list[range]:
    """Return the run of lines with the highest sum, and others that weigh something beside it."""
    first = _best_run(gains, range(len(gains)))
    least = SECOND * sum(gains[i] for i in first)
    runs, open_ends = [], [range(len(gains))]
    while open_ends:
        end = open_ends.pop()
        run = _best_run(gains, end)
        if run and sum(gains[i] for i in run) >= least:
            runs.append(run)
            open_ends += [range(end.start, run.start), range(run.stop, end.stop)]
    return runs


def _best_run(gains: Sequence[float], within: range) -> range:
    """Return the run with the highest sum (Kadane), empty if no sum is positive."""
    best, total, start, found = 0.0, 0.0, within.start, range(0)
    for i in within:
        if total <= 0:
            total, start = 0.0, i
        total += gains[i]
        if total > best:
            best, found = total, range(start, i + 1)
    return found
