"""Describes the place of each line in its text, from the headline to the end of the article."""

from collections.abc import Sequence
from itertools import accumulate

from digest.clean.looks import (
    Columns,
    Text,
    describe_looks,
    describe_topic,
    describe_words,
)

# The rough body is the run of lines in which prose outweighs the rest: each line that is not
# prose costs as much as a short sentence brings.
PROSE_GAIN = 40
OTHER_COST = 6

FAR, FARTHER = 30, 60  # lines: what is farther off, is far off
MOST_BEFORE = 1500.0  # words: more above a line tell no more
HEADLINE_WORDS = range(3, 31)
REACH = 40  # lines between a headline and its article: menus, share buttons, pictures
SURE_WORTH, GOOD_WORTH = 1.5, 0.6
NO_HEADLINE = frozenset({"byline", "caption", "copyright", "consent"})


def describe_lines(text: Text, language: str | None) -> Columns:
    """Return the looks, the words, the topic and the place of each line."""
    body = find_rough_body(text)
    title = find_headline(text, [i for i in body if text.prose[i]])
    columns = {
        **describe_looks(text),
        **describe_words(text, language),
        **describe_topic(text, body, title),
        **_describe_place(text, body, title),
    }
    return {**columns, **_describe_whole(text, columns, body)}


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
    """Return a line above the body that says much of what it says, the first of several.

    A first guess, to describe other lines by: most scrapers put the title of the page first.
    """
    topics = frozenset[str]().union(*(text.content[i] for i in body))
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


def _worth_as_headline(text: Text, i: int, topics: frozenset[str]) -> float:
    """Return how many words of the body a line says, times their share in it."""
    content = text.content[i]
    told = len(content & topics)
    return told * told / max(1, len(content))


def _describe_place(text: Text, body: range, title: int) -> Columns:
    size = len(text.lines)
    prose = [len(w) if p else 0 for w, p in zip(text.words, text.prose, strict=True)]
    before = [0, *accumulate(prose)][:-1]
    whole = sum(prose) or 1
    return {
        "place": [i / size for i in range(size)],
        "after headline": _distances(size, title, range(-FAR, FARTHER)),
        "after body start": _distances(size, body.start, range(-FAR, FARTHER)),
        "after body end": _distances(size, body.stop - 1, range(-FARTHER, FAR)),
        "prose before": [b / whole for b in before],
        "prose after": [(whole - b - p) / whole for b, p in zip(before, prose, strict=True)],
        "words before": [float(b) if b < MOST_BEFORE else MOST_BEFORE for b in before],
    }


def _distances(size: int, place: int, within: range) -> list[float]:
    """Return how many lines below a place each line is, no less and no more than `within`."""
    low, high = float(within.start), float(within.stop)
    lines = range(-place, size - place)
    return [float(i) if i in within else low if i < low else high for i in lines]


def _describe_whole(text: Text, columns: Columns, body: range) -> Columns:
    """Return what the text is like as a whole, the same for each line."""
    size = len(text.lines)
    ends, words = columns["sentence end"], columns["words"]
    long = [i for i in range(size) if words[i] >= 8]
    inner = [i for i in long if i in body]
    paragraphs = [w for w, prose in zip(words, text.prose, strict=True) if prose]
    whole = {
        "sentence share": sum([ends[i] for i in long]) / max(1, len(long)),
        "sentence share in body": sum([ends[i] for i in inner]) / max(1, len(inner)),
        "prose size": min(80.0, sum(paragraphs) / max(1, len(paragraphs))),
        "short share in body": sum([words[i] < 8 for i in body]) / max(1, len(body)),
    }
    return {name: [value] * size for name, value in whole.items()}
