"""Describes what stands around each line: what has begun above it, and what its neighbours are."""

from collections.abc import Sequence
from itertools import accumulate
from operator import sub, truediv

from digest.clean.looks import Columns, Text
from digest.models import Reason

# What announces that the article is over, and that something else begins.
ENDINGS = frozenset(
    f"{kind} {place}"
    for kind, places in {
        "teaser": ("line", "start"),
        "comments": ("line", "start", "end"),
        "bio": ("line", "within"),
        "copyright": ("start", "within"),
        "notice": ("start",),
        "promotion": ("line",),
        "share": ("line",),
        "navigation": ("start",),
    }.items()
    for place in places
)
KINDS = ("comments", "consent", "promotion", "share")
INSIDE: tuple[Reason, ...] = ("caption", "advertisement")  # stand in articles, and end none
BESIDE = ("words", "sentence end")
AROUND = {
    "5 before": ("words", "in headline"),
    "5 after": ("words", "sentence end", "strong cues", "digits", "sure"),
    "12 before": ("words", "strong cues", "in headline", "on topic", "digits"),
    "12 after": ("in headline", "date", "digits"),
}
WINDOWS = {"5 before": (-5, 0), "5 after": (1, 6), "12 before": (-12, 0), "12 after": (1, 13)}
WIDEST = 13
FAR = 30  # lines
MOST, MOST_WORDS = 8.0, 800.0  # marks above a line, and words since the last: more tell no more
BEGUN = 60  # words of prose: the article has begun
SHORT = 12  # words of a line that is a date, not of one that tells about one


def describe_around(text: Text, columns: Columns, certain: Sequence[Reason | None]) -> Columns:
    """Return the columns and what stands around each line, told by what `certain` lines are."""
    known = {
        **columns,
        "sure": [float(reason is not None) for reason in certain],
    }
    return {
        **known,
        **_describe_past(text, known),
        **_describe_runs(text, known, certain),
        **_describe_neighbours(known),
    }


def _describe_past(text: Text, columns: Columns) -> Columns:
    """Return what has been seen above each line, since the prose began."""
    begun = [words > BEGUN for words in columns["words before"]]
    over = [b and not ENDINGS.isdisjoint(cues) for b, cues in zip(begun, text.cues, strict=True)]
    dated = [
        b and d > 0 and len(words) <= SHORT
        for b, d, words in zip(begun, columns["date"], text.words, strict=True)
    ]
    kinds = [{cue.split(" ", 1)[0] for cue in cues} if cues else cues for cues in text.cues]
    past = {
        "since ending": _since(over),
        "since colon": _since([end > 0 for end in columns["colon end"]]),
        "endings above": _count_above(over),
        "dates above": _count_above(dated),
        "words since ending": _words_since(over, text),
    }
    for kind in KINDS:
        told = [b and kind in line for b, line in zip(begun, kinds, strict=True)]
        past[f"{kind} above"] = _count_above(told)
    return past


def _describe_runs(text: Text, columns: Columns, certain: Sequence[Reason | None]) -> Columns:
    """Return how far the next prose and the next certain line are, and how long lists are."""
    above, below = _since(text.prose), _since(text.prose[::-1])[::-1]
    sure = [reason is not None and reason not in INSIDE for reason in certain]
    return {
        "till prose": below,
        "island": [a + b for a, b in zip(above, below, strict=True)],
        "since sure": _since(sure),
        "till sure": _since(sure[::-1])[::-1],
        "run": _measure_runs([not end for end in columns["sentence end"]]),
    }


def _since(marks: Sequence[bool]) -> list[float]:
    """Return how many lines ago, up to `FAR`, a mark was above each line."""
    since, last, farthest = [], float(FAR), float(FAR)
    for mark in marks:
        since.append(last)
        last = 0.0 if mark else last + 1.0 if last < farthest else farthest
    return since


def _words_since(marks: Sequence[bool], text: Text) -> list[float]:
    since, words = [], 0
    for mark, line in zip(marks, text.words, strict=True):
        since.append(float(words) if words < MOST_WORDS else MOST_WORDS)
        words = 0 if mark else words + len(line)
    return since


def _count_above(marks: Sequence[bool]) -> list[float]:
    counts = [0, *accumulate(marks)][:-1]
    return [float(count) if count < MOST else MOST for count in counts]


def _measure_runs(marks: Sequence[bool]) -> list[float]:
    """Return how many marked lines in a row, up to `FAR`, each line is one of."""
    runs: list[float] = []
    start = 0
    for i, mark in enumerate([*marks, False]):
        if not mark:
            runs += [float(min(FAR, i - start))] * (i - start) + [0.0]
            start = i + 1
    return runs[:-1]


def _describe_neighbours(columns: Columns) -> Columns:
    """Return what stands beside each line, and what its surroundings are like on average."""
    size = len(columns["words"])
    near: Columns = {}
    for name in BESIDE:
        padded = [0.0, 0.0, *columns[name], 0.0, 0.0]
        for distance in (-2, -1, 1, 2):
            near[f"{name} {distance:+}"] = padded[2 + distance : 2 + distance + size]
    for window, (first, last) in WINDOWS.items():
        widths = [count or 1.0 for count in _add_up([1.0] * size, first, last)]
        for name in AROUND[window]:
            sums = _add_up(columns[name], first, last)
            near[f"{name}, {window}"] = list(map(truediv, sums, widths))
    return near


def _add_up(values: Sequence[float], first: int, last: int) -> list[float]:
    """Return the sums from the `first` neighbour of each value to before the `last` one."""
    size = len(values)
    sums = [0.0, *accumulate(values)]
    padded = [*[0.0] * WIDEST, *sums, *[sums[-1]] * WIDEST]
    lows, highs = (padded[WIDEST + shift :][:size] for shift in (first, last))
    return list(map(sub, highs, lows))
