"""Describes each line of a text by numbers: its looks, its words, its topic."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from digest.clean.cues import find_cues, load_cues
from digest.clean.lines import Line
from digest.language import load_words

Columns = dict[str, list[float]]
"""For each sign its value in each line."""

SENTENCE_END = re.compile(r"[.!?…][\"”’'»“)\]]*$")
LAST_MARKS = frozenset(".!?…\"”’'»“)]")
NUMERIC_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
NUMBERS = re.compile(r"\d[./-]\d")  # no numeric date lacks them, and most lines do
DIGIT, MARKS = re.compile("[0-9]"), '“”„"«»'

PROSE_WORDS = 10  # a shorter line may be a sentence, but tells too little to call it prose
PROSE_COMMON = 0.2  # share of common words: menus and lists of names have fewer
DATE_WORDS = 40  # a longer line tells a story, in which a date occurs
START, LAST = 200, 8  # characters of a line that are searched for digits, and for its full stop


class Text(NamedTuple):
    """The lines of a text taken apart, once for all signs."""

    lines: Sequence[Line]
    words: list[list[str]]
    content: list[frozenset[str]]
    """The words of each line that carry its topic."""
    cues: list[frozenset[str]]
    ended: list[bool]
    """Whether a line ends like a sentence."""
    prose: list[bool]
    """Whether a line is a paragraph of sentences, be it of this article or of another."""


class WordSets(NamedTuple):
    """Words of a language that tell kinds of lines apart."""

    common: frozenset[str]
    pictured: frozenset[str]
    months: frozenset[str]


@cache
def load_word_sets(language: str | None) -> WordSets:
    """Return the words of a language that tell kinds of lines apart."""
    words, dates = load_words(language, "clean"), load_words(language, "dates")
    return WordSets(
        common=frozenset(words["common"]),
        pictured=frozenset(words["pictured"]),
        months=frozenset(name for number in range(1, 13) for name in dates[f"month {number}"]),
    )


def take_apart(lines: Sequence[Line], words: list[list[str]], language: str | None) -> Text:
    """Return the lines with their words, topics and cues."""
    phrases, common = load_cues(language), load_word_sets(language).common
    ended = [_ends_sentence(line.text) for line in lines]
    return Text(
        lines=lines,
        words=words,
        content=[frozenset([w for w in line if len(w) > 3]) - common for line in words],
        cues=[find_cues(line, phrases) for line in words],
        ended=ended,
        prose=[end and _is_prose(w, common) for end, w in zip(ended, words, strict=True)],
    )


def _ends_sentence(text: str) -> bool:
    start = max(0, len(text) - LAST)
    return text[-1] in LAST_MARKS and SENTENCE_END.search(text, start) is not None


def _is_prose(words: list[str], common: frozenset[str]) -> bool:
    size = len(words)
    return size >= PROSE_WORDS and sum(map(common.__contains__, words)) >= PROSE_COMMON * size


def describe_looks(text: Text) -> Columns:
    """Return how each line looks, whatever its language."""
    texts = [line.text for line in text.lines]
    return {
        "sentence end": list(map(float, text.ended)),
        "colon end": [float(t[-1] in ":;") for t in texts],
        "quotation marks": [float(min(4, sum(map(t.count, MARKS)))) for t in texts],
        "digits": [len(DIGIT.findall(t, 0, START)) / min(START, len(t)) for t in texts],
        "commas": [t.count(",") / (len(w) or 1) for t, w in zip(texts, text.words, strict=True)],
    }


def describe_words(text: Text, language: str | None) -> Columns:
    """Return what the words of each line are."""
    months = load_word_sets(language).months
    return {
        "words": [float(min(120, len(words))) for words in text.words],
        "content": [float(len(content)) for content in text.content],
        "cues": [float(len(cues)) for cues in text.cues],
        "date": [
            float(_tells_date(line.text, words, months))
            for line, words in zip(text.lines, text.words, strict=True)
        ],
        "strong cues": [
            float(sum([cue.endswith(("line", "start")) for cue in cues])) if cues else 0.0
            for cues in text.cues
        ],
    }


def _tells_date(text: str, words: list[str], months: frozenset[str]) -> bool:
    if len(words) > DATE_WORDS:
        return False
    if not months.isdisjoint(words):
        for at, word in enumerate(words):
            near = words[max(0, at - 1) : at + 2]
            if word in months and any(other[:1].isdigit() for other in near):
                return True
    return NUMBERS.search(text) is not None and NUMERIC_DATE.search(text) is not None


def describe_topic(text: Text, body: range, title: int) -> Columns:
    """Return what each line has in common with the headline and with the text of `body`."""
    told = [text.content[i] for i in body if text.prose[i]]
    twice = _find_repeated(told)  # for a line that tells it itself
    once = frozenset[str]().union(*told)
    topics = [twice if prose and i in body else once for i, prose in enumerate(text.prose)]
    headline = text.content[title]
    shared = [len(headline & content) for content in text.content]
    sizes = [len(content) or 1 for content in text.content]
    lines = list(zip(text.content, sizes, topics, strict=True))
    return {
        "of headline": [count / (len(headline) or 1) for count in shared],
        "in headline": [count / size for count, size in zip(shared, sizes, strict=True)],
        "on topic": [len(c & topic) / size for c, size, topic in lines],
    }


def _find_repeated(lines: Sequence[frozenset[str]]) -> set[str]:
    """Return the words that several of the lines hold."""
    seen: set[str] = set()
    again: set[str] = set()
    for line in lines:
        again |= line & seen
        seen |= line
    return again
