"""Finds the words in a line that tell what kind of line it is: "subscribe to", "photo by"."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType

from digest.language import load_words

WORD = re.compile(r"[^\W_]+(?:['’‘.&][^\W_]+)*|[©@&#|]")

PLACES = ("line", "start", "end", "within", "sure")
"""Where a phrase has to stand: it is the whole line, starts it, ends it, or stands anywhere.

"sure" stands anywhere too, and settles what the line is.
"""

# Furniture announces itself early or late; the middle of a long paragraph is the reporter's.
FIRST_WORDS = 24
LAST_WORDS = 10

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]


def split_words(text: str) -> list[str]:
    """Return the words of a line in lower case, with one kind of apostrophe."""
    return WORD.findall(text.lower().replace("’", "'").replace("‘", "'"))


@cache
def load_cues(language: str | None) -> Phrases:
    """Return the phrases of `clean.yaml` under their first word, as (words, kind, place).

    A list `promotion start` holds phrases of the kind "promotion" that start a line.
    """
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for name, phrases in load_words(language, "clean").items():
        kind, _, place = name.rpartition(" ")
        if place in PLACES:
            for phrase in phrases:
                words = tuple(split_words(phrase))
                found.setdefault(words[0], []).append((words, kind, place))
    return MappingProxyType({word: tuple(entries) for word, entries in found.items()})


def find_cues(words: list[str], phrases: Phrases) -> frozenset[str]:
    """Return what the words of a line tell about it, as "kind place": {"promotion start"}."""
    size = len(words)
    cues = set()
    last = max(FIRST_WORDS, size - LAST_WORDS)
    for at in chain(range(min(FIRST_WORDS, size)), range(last, size)):
        for phrase, kind, place in phrases.get(words[at], ()):
            end = at + len(phrase)
            if tuple(words[at:end]) == phrase and _fits(place, at, end, size):
                cues.add(f"{kind} {place}")
    return frozenset(cues)


def _fits(place: str, start: int, end: int, size: int) -> bool:
    if place in ("line", "start") and start > 0:
        return False
    return place not in ("line", "end") or end == size
