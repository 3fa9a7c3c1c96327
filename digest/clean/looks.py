"""Describes each line of a text by numbers: its looks, its words, what it shares with others."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from math import fsum, log1p
from typing import NamedTuple, TypeVar

from digest.clean.cues import find_cues, load_cues, split_words
from digest.clean.lines import Line
from digest.clean.names import is_name
from digest.language import load_words

T = TypeVar("T")

Columns = dict[str, list[float]]
"""For each sign its value in each line."""

SENTENCE_END = re.compile(r"[.!?…][\"”’'»“)\]]*$")
QUOTATION_MARK = re.compile(r"[“”„\"«»]")
SEPARATOR = re.compile(r"[|·•›»→▶]| [/-] ")
NUMERIC_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")

PROSE_WORDS = 10  # a shorter line may be a sentence, but tells too little to call it prose
PROSE_COMMON = 0.2  # share of common words: menus and lists of names have fewer


class Text(NamedTuple):
    """The lines of a text taken apart, once for all signs."""

    lines: Sequence[Line]
    words: list[list[str]]
    content: list[frozenset[str]]
    """The words of each line that carry its topic."""
    cues: list[frozenset[str]]
    prose: list[bool]
    """Whether a line is a paragraph of sentences, be it of this article or of another."""


class WordSets(NamedTuple):
    """Words of a language that tell kinds of lines apart."""

    common: frozenset[str]
    reader: frozenset[str]
    reporting: frozenset[str]
    pictured: frozenset[str]
    months: frozenset[str]


@cache
def load_word_sets(language: str | None) -> WordSets:
    """Return the words of a language that tell kinds of lines apart."""
    words, dates = load_words(language, "clean"), load_words(language, "dates")
    return WordSets(
        common=frozenset(words["common"]),
        reader=frozenset(words["reader"]),
        reporting=frozenset(words["reporting"]),
        pictured=frozenset(words["pictured"]),
        months=frozenset(name for number in range(1, 13) for name in dates[f"month {number}"]),
    )


def take_apart(lines: Sequence[Line], language: str | None) -> Text:
    """Return the lines with their words, topics and cues."""
    phrases, common = load_cues(language), load_word_sets(language).common
    words = [split_words(line.text) for line in lines]
    return Text(
        lines=lines,
        words=words,
        content=[frozenset(w for w in line if len(w) > 3 and w not in common) for line in words],
        cues=[find_cues(line, phrases) for line in words],
        prose=[_is_prose(line.text, w, common) for line, w in zip(lines, words, strict=True)],
    )


def _is_prose(text: str, words: list[str], common: frozenset[str]) -> bool:
    return (
        len(words) >= PROSE_WORDS
        and SENTENCE_END.search(text) is not None
        and sum(map(common.__contains__, words)) >= PROSE_COMMON * len(words)
    )


# How a line looks: each function is one sign.
LOOKS: dict[str, Callable[[str], float]] = {
    "sentence end": lambda text: SENTENCE_END.search(text) is not None,
    "colon end": lambda text: text[-1] in ":;",
    "question end": lambda text: text[-1] == "?",
    "bracket end": lambda text: text[-1] == ")",
    "cut off": lambda text: text.endswith(("…", "...", "[…]", "[...]")),
    "capitals only": str.isupper,
    "small start": lambda text: text[0].islower(),
    "quotation marks": lambda text: min(4, len(QUOTATION_MARK.findall(text))),
    "separator": lambda text: SEPARATOR.search(text) is not None,
    "name": is_name,
}


def describe_looks(text: Text) -> Columns:
    """Return how each line looks, whatever its language."""
    texts = [line.text for line in text.lines]
    looks: Columns = {name: [float(sign(t)) for t in texts] for name, sign in LOOKS.items()}
    looks["capitals"] = [_share(t.split()[1:], lambda word: word[0].isupper()) for t in texts]
    looks["digits"] = [_share(t[:200], str.isdigit) for t in texts]
    looks["commas"] = [
        t.count(",") / max(1, len(w)) for t, w in zip(texts, text.words, strict=True)
    ]
    return looks


def _share(items: Sequence[T], test: Callable[[T], bool]) -> float:
    return sum(map(test, items)) / len(items) if items else 0.0


def describe_words(text: Text, language: str | None) -> Columns:
    """Return what the words of each line are."""
    sets = load_word_sets(language)
    sizes = [max(1, len(words)) for words in text.words]
    columns: Columns = {"words": [float(min(120, len(words))) for words in text.words]}
    for name in ("common", "reader", "reporting", "pictured"):
        chosen = getattr(sets, name)
        columns[name] = [
            sum(map(chosen.__contains__, words)) / size
            for words, size in zip(text.words, sizes, strict=True)
        ]
    columns["date"] = [
        float(_tells_date(line.text, words, sets.months))
        for line, words in zip(text.lines, text.words, strict=True)
    ]
    columns["cues"] = [float(len(cues)) for cues in text.cues]
    columns["strong cues"] = [
        float(sum(cue.endswith(("line", "start")) for cue in cues)) for cues in text.cues
    ]
    return columns


def _tells_date(text: str, words: list[str], months: frozenset[str]) -> bool:
    if len(words) > 40:
        return False
    for at, word in enumerate(words):
        if word in months and any(near[:1].isdigit() for near in words[max(0, at - 1) : at + 2]):
            return True
    return NUMERIC_DATE.search(text) is not None


def describe_repetition(text: Text) -> Columns:
    """Return how much of each line the text says elsewhere: headlines, pull quotes, captions."""
    keys = [" ".join(words) for words in text.words]
    count = Counter(keys)
    triples = [list(zip(words, words[1:], words[2:], strict=False)) for words in text.words]
    known = Counter(chain.from_iterable(triples))
    return {
        "twice": [float(min(3, count[key] - 1)) for key in keys],
        "said elsewhere": [_share(line, lambda triple: known[triple] > 1) for line in triples],
    }


def describe_topic(text: Text, body: range, title: int) -> Columns:
    """Return what each line has in common with the headline and with the text of `body`."""
    topics = Counter(word for i in body if text.prose[i] for word in text.content[i])
    headline = text.content[title]
    own = [int(prose and i in body) for i, prose in enumerate(text.prose)]
    return {
        "of headline": [len(headline & c) / max(1, len(headline)) for c in text.content],
        "in headline": [len(headline & c) / max(1, len(c)) for c in text.content],
        "on topic": [
            sum(topics[word] > mine for word in c) / max(1, len(c))
            for c, mine in zip(text.content, own, strict=True)
        ],
        "topic weight": [
            fsum(log1p(topics[word] - mine) for word in c) / max(1, len(c))
            for c, mine in zip(text.content, own, strict=True)
        ],
    }
