"""Finds the words in a line that tell what kind of line it is: "subscribe to", "photo by"."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from digest.language import load_words

WORD = re.compile(r"[^\W_]++(?:['.&][^\W_]++)*+|[©@&#|]")

OPENED = 9  # words of a line that a phrase opens: "More from", not "More from him than from her …"
BRIEF = 20  # words of a short line: a headline, a prompt; most sentences are longer

FITS: Mapping[str, Callable[[int, int, int], bool]] = {
    "line": lambda start, end, size: start == 0 and end == size,
    "start": lambda start, _, __: start == 0,
    "end": lambda _, end, size: end == size,
    "within": lambda *_: True,
    "opening": lambda start, _, size: start == 0 and size <= OPENED,
    "brief": lambda _, __, size: size <= BRIEF,
    "sure": lambda *_: True,
}
"""Where a phrase stands: told by the words before its start, before its end, and in the line.

It is the whole line, starts it, ends it, or stands anywhere. The last three settle what the line
is: "opening" starts a very short line, "brief" stands anywhere in a short one, "sure" in any.
"""

# Furniture announces itself early or late; the middle of a long paragraph is the reporter's.
FIRST_WORDS = 24
LAST_WORDS = 10
NO_WORD = " "  # stands behind the last word

Phrase = tuple[tuple[str, ...], str, str]
"""The words of a phrase, the cue that it is, and its place."""

Phrases = Mapping[str, Mapping[str, Sequence[Phrase]]]
"""Phrases under their first word, and there under their second one, or "" if there is none."""


def split_words(text: str) -> list[str]:
    """Return the words of a line in lower case, with one kind of apostrophe."""
    return WORD.findall(text.lower().replace("’", "'").replace("‘", "'"))


@cache
def load_cues(language: str | None) -> Phrases:
    """Return the phrases of `clean.yaml`.

    A list `promotion start` holds phrases of the kind "promotion" that start a line.
    """
    found: dict[str, dict[str, list[Phrase]]] = {}
    for name, phrases in load_words(language, "clean").items():
        place = name.rpartition(" ")[2]
        if place in FITS:
            for phrase in phrases:
                first, *rest = split_words(phrase)
                second = rest[0] if rest else ""
                entry = ((first, *rest), name, place)
                found.setdefault(first, {}).setdefault(second, []).append(entry)
    return found


def find_cues(words: list[str], phrases: Phrases) -> frozenset[str]:
    """Return what the words of a line tell about it, as "kind place": {"promotion start"}."""
    size = len(words)
    cues = set()
    for at in [at for at in _places(size) if words[at] in phrases]:
        seconds, second = phrases[words[at]], words[at + 1] if at + 1 < size else NO_WORD
        for phrase, cue, place in (*seconds.get("", ()), *seconds.get(second, ())):
            end = at + len(phrase)
            if FITS[place](at, end, size) and tuple(words[at:end]) == phrase:
                cues.add(cue)
    return frozenset(cues)


def _places(size: int) -> Sequence[int]:
    """Return where in a line of so many words a phrase may start."""
    if size <= FIRST_WORDS + LAST_WORDS:
        return range(size)
    return [*range(FIRST_WORDS), *range(size - LAST_WORDS, size)]
