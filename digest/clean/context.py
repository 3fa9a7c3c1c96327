"""Describes the place of each line in its text: before and behind what, between which others."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from digest.clean.looks import (
    Columns,
    Text,
    describe_looks,
    describe_repetition,
    describe_topic,
    describe_words,
)
from digest.clean.names import find_names
from digest.language import load_words

# The rough body is the run of lines in which prose outweighs the rest: each line that is not
# prose costs as much as a short sentence brings.
PROSE_GAIN = 40
OTHER_COST = 6

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
KINDS = ("comments", "consent", "promotion", "share", "caption")
BESIDE = ("words", "sentence end", "common", "on topic", "in headline", "strong cues")
AROUND = ("words", "sentence end", "on topic", "in headline", "strong cues", "said elsewhere",
          "date", "name", "digits")  # fmt: skip
WINDOWS = {"5 before": (-5, 0), "5 after": (1, 6), "12 before": (-12, 0), "12 after": (1, 13)}
FAR = 30
BYLINE = 120  # characters
HEADLINE_WORDS = range(3, 31)
REACH = 40  # lines between a headline and its article: menus, share buttons, pictures
SURE_WORTH, GOOD_WORTH = 1.5, 0.6
NO_HEADLINE = frozenset({"byline", "caption", "copyright", "consent"})


def describe_lines(text: Text, language: str | None) -> Columns:
    """Return all signs that the model knows, for each line."""
    body = find_rough_body(text)
    title = find_headline(text, [i for i in body if text.prose[i]])
    columns = {
        **describe_looks(text),
        **describe_words(text, language),
        **describe_repetition(text),
        **describe_topic(text, body, title),
        "author": _describe_author(text, body, language),
    }
    columns.update(_describe_place(text, body, title))
    columns.update(_describe_whole(text, columns, body))
    columns.update(_describe_past(text, columns))
    columns.update(_describe_neighbours(columns))
    return columns


def find_rough_body(text: Text) -> range:
    """Return the run of lines that holds most prose (the maximum sum of a run: Kadane)."""
    gains = [
        min(PROSE_GAIN, len(words)) if prose else -OTHER_COST
        for words, prose in zip(text.words, text.prose, strict=True)
    ]
    best, run, start, found = -1, 0, 0, range(1)
    for i, gain in enumerate(gains):
        if run <= 0:
            run, start = 0, i
        run += gain
        if run > best:
            best, found = run, range(start, i + 1)
    return found


def find_headline(text: Text, body: Sequence[int]) -> int:
    """Return which line above the body is its headline: the first that says much of what it says.

    Most scrapers put the title of the page into the first line.
    """
    topics = Counter(word for i in body for word in text.content[i])
    first = body[0] if body else 1
    lines = [i for i in range(max(0, first - REACH), first) if _may_be_headline(text, i)]
    worth = {i: _worth_as_headline(text, i, topics) for i in {0, *lines}}
    again = any(text.words[0] == text.words[i] for i in lines if i)
    if _may_be_headline(text, 0) and (worth[0] >= SURE_WORTH or again):
        return 0
    best = max(worth.values())
    return min(i for i in worth if worth[i] >= GOOD_WORTH * best)


def _may_be_headline(text: Text, i: int) -> bool:
    line, kinds = text.lines[i].text, {cue.split()[0] for cue in text.cues[i]}
    return len(text.words[i]) in HEADLINE_WORDS and line[-1] != "." and not kinds & NO_HEADLINE


def _worth_as_headline(text: Text, i: int, topics: Counter[str]) -> float:
    """Return how many words of the body a line says, times their share in it."""
    content = text.content[i]
    told = sum(word in topics for word in content)
    return told * told / max(1, len(content))


def _describe_author(text: Text, body: range, language: str | None) -> list[float]:
    """Return which lines start with a name that stands by itself above the body, or after "By"."""
    by = tuple(f"{word} " for word in load_words(language, "clean")["by"])
    head = [line.text for line in text.lines[: body.start + 1] if len(line.text) < BYLINE]
    lines = [line[len(next((b for b in by if line.lower().startswith(b)), "")) :] for line in head]
    starts = tuple(sorted({name for line in lines for name in find_names(line)}))
    return [float(bool(starts) and line.text.startswith(starts)) for line in text.lines]


def _describe_place(text: Text, body: range, title: int) -> Columns:
    size = len(text.lines)
    prose = [len(w) if p else 0 for w, p in zip(text.words, text.prose, strict=True)]
    before = [0, *accumulate(prose)][:-1]
    whole = sum(prose) or 1
    return {
        "place": [i / size for i in range(size)],
        "after headline": [float(max(-FAR, min(60, i - title))) for i in range(size)],
        "after body start": [float(max(-FAR, min(60, i - body.start))) for i in range(size)],
        "after body end": [float(max(-60, min(FAR, i - body.stop + 1))) for i in range(size)],
        "prose before": [b / whole for b in before],
        "prose after": [(whole - b - p) / whole for b, p in zip(before, prose, strict=True)],
        "words before": [float(min(1500, b)) for b in before],
        "words after": [
            float(min(1500, whole - b - p)) for b, p in zip(before, prose, strict=True)
        ],
    }


def _describe_whole(text: Text, columns: Columns, body: range) -> Columns:
    size = len(text.lines)
    ends, words = columns["sentence end"], columns["words"]
    long = [i for i in range(size) if words[i] >= 8]
    inner = [i for i in long if i in body]
    whole = {
        "lines": float(min(size, 400)),
        "sentence share": sum(ends[i] for i in long) / max(1, len(long)),
        "sentence share in body": sum(ends[i] for i in inner) / max(1, len(inner)),
        "prose size": min(
            80.0,
            sum(w for w, p in zip(words, text.prose, strict=True) if p) / max(1, sum(text.prose)),
        ),
        "short share in body": sum(words[i] < 8 for i in body) / max(1, len(body)),
    }
    return {name: [value] * size for name, value in whole.items()}


def _describe_past(text: Text, columns: Columns) -> Columns:
    """Return what has been seen above each line, since the prose began."""
    size = len(text.lines)
    begun = [words > 60 for words in columns["words before"]]
    over = [b and not ENDINGS.isdisjoint(cues) for b, cues in zip(begun, text.cues, strict=True)]
    short = [len(words) <= 12 for words in text.words]
    dated = [b and s and d > 0 for b, s, d in zip(begun, short, columns["date"], strict=True)]
    named = [b and d > 0 for b, d in zip(begun, columns["name"], strict=True)]
    past = {
        "since prose": _since(text.prose),
        "till prose": _since(text.prose[::-1])[::-1],
        "since ending": _since(over),
        "since colon": _since([end > 0 for end in columns["colon end"]]),
        "endings above": _count_above(over),
        "dates above": _count_above(dated),
        "names above": _count_above(named),
    }
    for kind in KINDS:
        told = [
            b and any(c.startswith(kind) for c in cues)
            for b, cues in zip(begun, text.cues, strict=True)
        ]
        past[f"{kind} above"] = _count_above(told)
    past["words since ending"] = _words_since(over, text)
    past["island"] = [past["since prose"][i] + past["till prose"][i] for i in range(size)]
    return past


def _since(marks: Sequence[bool]) -> list[float]:
    """Return how many lines ago, up to `FAR`, a mark was above each line."""
    since, last = [], FAR
    for mark in marks:
        since.append(float(min(FAR, last)))
        last = 0 if mark else last + 1
    return since


def _words_since(marks: Sequence[bool], text: Text) -> list[float]:
    since, words = [], 0
    for mark, line in zip(marks, text.words, strict=True):
        since.append(float(min(800, words)))
        words = 0 if mark else words + len(line)
    return since


def _count_above(marks: Sequence[bool]) -> list[float]:
    return [float(min(8, count)) for count in [0, *accumulate(map(int, marks))][:-1]]


def _describe_neighbours(columns: Columns) -> Columns:
    """Return what stands beside each line, and what its surroundings are like on average."""
    words = columns["words"]
    size = len(words)
    near: Columns = {"alike": [_count_alike(words, i) for i in range(size)]}
    for name in BESIDE:
        padded = [0.0, 0.0, *columns[name], 0.0, 0.0]
        for distance in (-2, -1, 1, 2):
            near[f"{name} {distance:+}"] = padded[2 + distance : 2 + distance + size]
    for window, (first, last) in WINDOWS.items():
        lows = [max(0, i + first) for i in range(size)]
        highs = [min(size, i + last) for i in range(size)]
        for name in AROUND:
            sums = [0.0, *accumulate(columns[name])]
            near[f"{name}, {window}"] = [
                (sums[high] - sums[low]) / (high - low) if high > low else 0.0
                for low, high in zip(lows, highs, strict=True)
            ]
    return near


def _count_alike(words: Sequence[float], i: int) -> float:
    """Return how many lines near a line are about as long: items of a list, rows of a table."""
    least, most = words[i] / 2, 2 * max(1.0, words[i])
    return float(sum(least <= size <= most for size in words[max(0, i - 3) : i + 4]))
