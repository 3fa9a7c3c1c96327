"""Decides which lines are the article: runs of likely lines, without the unlikely ones in them."""

from collections.abc import Sequence
from math import sqrt

from digest.clean.looks import Text
from digest.clean.names import says_title
from digest.models import Reason

# All were set together, by cross-validation by site on 234 scraped English articles in three
# kinds of scrape: python tests/quality/train_clean.py FOLDER --check
HIGHEST, LOWEST = 3.0, -2.0  # log-odds: no single line decides alone, and a doubt weighs less
LONGEST = 60  # words; and a line counts as the square root of its words
INSIDE: tuple[Reason, ...] = ("caption", "advertisement", "teaser")
FOREIGN_INSIDE, FOREIGN = -0.5, -8.0  # what such lines weigh, which stand in articles, and others
KEPT = -0.7  # log-odds: a line inside the article stays if it is at least this likely
FIRST = 2.0  # log-odds of the first paragraph, at least, where it is known for certain
LONGEST_HEADLINE = 30  # words
LISTED = 0.3  # log-odds of a list that a sentence announces
ANNOUNCING, FEWEST_ITEMS = 4, 2  # words of that sentence, and items of the list
BULLETS = "-•*–·▪●"
SECOND = 0.5  # a further run counts if it weighs this share of the first


def keep_lines(
    scores: Sequence[float],
    words: Sequence[int],
    certain: Sequence[Reason | None],
    *,
    dateline: int | None = None,
) -> list[bool]:
    """Return which lines are part of the article.

    Told by their log-odds, by their lengths in words, and by why some certainly are no part of it.
    If one is known to start with a `dateline`, it is the first.
    """
    if dateline is not None:
        first, rest = max(FIRST, scores[dateline]), dateline + 1
        scores, certain = [first, *scores[rest:]], [None, *certain[rest:]]
        return [False] * dateline + keep_lines(scores, words[dateline:], certain)
    gains = [
        _weigh_foreign(reason) if reason else _weigh(score, size)
        for score, size, reason in zip(scores, words, certain, strict=True)
    ]
    inside = {i for run in find_runs(gains) for i in run}
    return [
        i in inside and score >= KEPT and not sure
        for i, (score, sure) in enumerate(zip(scores, certain, strict=True))
    ]


def _weigh(score: float, size: int) -> float:
    return max(LOWEST, min(HIGHEST, score)) * sqrt(max(1, min(LONGEST, size)))


def _weigh_foreign(reason: Reason) -> float:
    return FOREIGN_INSIDE if reason in INSIDE else FOREIGN


def favour_lists(text: Text, scores: Sequence[float]) -> list[float]:
    """Return the scores, with lists raised that a sentence of the article announces by a colon.

    Menus and teasers have headings, but no heading is a sentence.
    """
    raised = list(scores)
    texts = [line.text for line in text.lines]
    for i, line in enumerate(texts):
        if line[-1] == ":" and len(text.words[i]) >= ANNOUNCING and not text.cues[i]:
            end = _end_of_list(texts, i + 1)
            if end - i > FEWEST_ITEMS:
                raised[i:end] = [max(LISTED, score) for score in raised[i:end]]
    return raised


def favour_opening(text: Text, scores: Sequence[float]) -> list[float]:
    """Return the scores, with the first line raised if it is a paragraph, too long for a headline.

    The model has seen none: scrapers put the headline first.
    """
    raised = list(scores)
    if text.prose[0] and len(text.words[0]) > LONGEST_HEADLINE:
        raised[0] = max(FIRST, raised[0])
    return raised


def _end_of_list(texts: Sequence[str], start: int) -> int:
    end = start
    while end < len(texts) and (texts[end][0] in BULLETS or texts[end][-1] == ";"):
        end += 1
    return end + (start < end < len(texts) and texts[end - 1][-1] == ";")


def keep_extracted(
    text: Text, certain: Sequence[Reason | None], *, title: str | None
) -> list[bool]:
    """Return which lines stay of a text that was extracted from a page by its markup.

    The markup tells more than the model: on pages of sites that it was not trained on, the model
    would raise the loss from 2.3 % to 3.0 % for half a percent less leakage.
    """
    return [
        not reason and not (title and says_title(line.text, title))
        for line, reason in zip(text.lines, certain, strict=True)
    ]


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
