"""Cuts text into the words that say what it is about: no function words, no plural, no case.

Names and numbers are told apart, because they tell one event from another.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.language import load_words

# U.S. and COVID-19 stay whole; a possessive 's is dropped, so Biden's counts as Biden.
WORD = re.compile(r"[^\W_]+(?:[-.,&][^\W_]+|['’][^\W_]{2,})*")
SENTENCE_END = ".!?:“\"‘'"


class Word(NamedTuple):
    """A word in the form that is compared, and what its spelling shows."""

    form: str
    name: bool
    """Capitalised inside a sentence, or in capitals."""
    number: bool


def split_words(text: str, *, language: str | None = None) -> Iterator[Word]:
    """Yield the words of a text that carry meaning, in their order."""
    common = _common(language)
    for match in WORD.finditer(text):
        word = match[0]
        form = word.lower().replace(".", "").replace("’", "'")
        if form in common or (len(form) == 1 and not form.isdigit()):
            continue
        before = text[max(0, match.start() - 2) : match.start()].strip()
        inside = bool(before) or (match.start() > 1 and text[match.start() - 1] == " ")
        opens = match.start() == 0 or (before[-1:] in SENTENCE_END and bool(before))
        name = word[0].isupper() and (word.isupper() or (inside and not opens))
        yield Word(stem(form), name, word[0].isdigit())


def stem(form: str) -> str:
    """Return an English word without its plural s and its ending -ed or -ing, roughly.

    Only equality counts: the stem need not be a word.
    """
    if len(form) > 4:
        for ending in ("ies", "ing", "ed", "es"):
            if form.endswith(ending) and len(form) - len(ending) >= 3:
                return form[: -len(ending)].rstrip("e")
    if len(form) > 3 and form.endswith("s") and not form.endswith("ss"):
        form = form[:-1]
    return form.rstrip("e") if len(form) > 3 else form


def _common(language: str | None) -> frozenset[str]:
    return frozenset(load_words(language, "text")["common"])
