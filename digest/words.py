"""Cuts text into the words that say what it is about, in the form in which they are compared."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import repeat

from digest.language import load_words

# U.S., COVID-19 and 1,200 stay whole, and so do contractions, because they are common words.
WORD = re.compile(r"[^\W_]+(?:[-.,&'’][^\W_]+)*")
POSSESSIVE = ("'s", "’s")
KNOWN_WORDS = 100_000  # a language's everyday words, so that each is looked at once


def split_words(text: str, *, language: str | None = None) -> Iterator[str]:
    """Return the words of a text that carry meaning, in their order and in lower case.

    Function words are left out, and inflected forms are made equal (see `stem`).
    """
    return filter(None, map(find_form, WORD.findall(text), repeat(language)))


def stem(word: str) -> str:
    """Return an English word in lower case without its ending -s, -ed or -ing, roughly.

    Only equality counts: the stem need not be a word.
    """
    if len(word) > 4:
        for ending in ("ies", "ing", "ed", "es"):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)].rstrip("e")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word.rstrip("e") if len(word) > 3 else word


@lru_cache(maxsize=KNOWN_WORDS)
def find_form(word: str, language: str | None) -> str:
    """Return the form in which a word is compared, nothing if it is a common one."""
    lower = word.lower().removesuffix("'s").removesuffix("’s").replace(".", "").replace("’", "'")
    if lower in common_words(language) or (len(lower) == 1 and not lower.isdigit()):
        return ""
    return stem(lower)


@cache
def common_words(language: str | None) -> frozenset[str]:
    """Return the words that every text has, whatever it is about."""
    return frozenset(load_words(language, "text")["common"])
