"""Cuts text into sentences: tells the full stop of a sentence from that of a word.

A mark that may end a sentence is judged by the word before it and the word behind it, with the
lists of `languages/*/text.yaml`. Kiss and Strunk (2006) show that these two words decide nearly
all cases; unlike theirs, our lists are written by hand, so that a person can mend a mistake.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from digest.language import load_words
from digest.models import Span
from digest.text.paragraphs import iterate_paragraphs

# The possessive quantifiers and the look-behind keep the time linear on a megabyte of dots.
MARK = re.compile(
    r"""
    (?<![.!?…])(?P<mark>[.!?…]++)   # the mark, or several
    (?P<closing>["”’'»)\]]*+)       # what closes behind it
    \s++
    (?P<opening>["“‘'«(\[]*+)       # what opens before the next word
    (?P<next>\w{0,40})
    """,
    re.VERBOSE,
)
OPENERS = "\"“‘'«([—–-/"
QUOTES = frozenset("\"“”‘’«»'")
DOTTED = re.compile(
    r"[A-Z]|[A-Za-z]{1,2}(?:\.[A-Za-z]{1,2})+"
)  # J, U.S, Ph.D without its last stop
# Up to five names and titles before the verb: Mr. Calderón told; Gen. Mark A. Milley, said.
SPEAKER = re.compile(r"(?:[A-Z][\w.’'-]{0,30},?\s){1,5}(?P<verb>[a-z]{2,12})\b")


class Lists(NamedTuple):
    """The words of one language that decide; `languages/en/text.yaml` says what they are."""

    titles: frozenset[str]
    before_numbers: frozenset[str]
    short: frozenset[str]
    times: frozenset[str]
    after_times: frozenset[str]
    starters: frozenset[str]
    shouting: frozenset[str]
    speech: frozenset[str]


def split_sentences(text: str, *, language: str | None = None) -> list[Span]:
    """Return the sentences of a text, each verbatim at its offsets; none crosses a paragraph."""
    return list(iterate_sentences(text, language=language))


def iterate_sentences(text: str, *, language: str | None = None) -> Iterator[Span]:
    """Yield the sentences of a text, those of a paragraph when the first of them is asked for."""
    lists = _load_lists(language)
    for paragraph in iterate_paragraphs(text):
        yield from _split_paragraph(paragraph, lists)


@cache
def _load_lists(language: str | None) -> Lists:
    words = load_words(language, "text")
    return Lists(*(frozenset(words[name]) for name in Lists._fields))


def _split_paragraph(paragraph: Span, lists: Lists) -> list[Span]:
    text = paragraph.text
    cuts = [0]
    seen = 0
    for match in MARK.finditer(text):
        if _ends_sentence(match, text[seen : match.start()], cuts[-1], lists):
            cuts.append(match.end("closing"))
        seen = match.end("closing")
    cuts.append(len(text))
    pieces = (_trim(paragraph, start, end) for start, end in pairwise(cuts))
    return [piece for piece in pieces if piece.text]


def _trim(whole: Span, start: int, end: int) -> Span:
    piece = whole.text[start:end]
    at = whole.start + start + len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return Span(text=piece, start=at, end=at + len(piece))


def _ends_sentence(match: re.Match[str], before: str, start: int, lists: Lists) -> bool:
    """Decide whether a mark ends the sentence that began at `start`."""
    if match["next"][:1].islower():
        return False
    word = before.rsplit(None, 1)[-1].lstrip(OPENERS) if before[-1:].strip() else ""
    if match["mark"] in "!?":
        return not _goes_on(match, word, lists)
    if not word or match["mark"] != ".":
        return bool(word) or match["next"] in lists.starters  # ... and . . .
    if word.isdigit() and match.start() - len(word) <= start + 1:
        return False  # "1." of a list
    return bool(match["closing"]) or not _is_abbreviation(word, match, lists)


def _goes_on(match: re.Match[str], word: str, lists: Lists) -> bool:
    """Tell whether "!" or "?" belongs to a name, or to a quote whose speaker is named next."""
    if word in lists.shouting:
        return match["next"] not in lists.starters
    if match["opening"] or not QUOTES.intersection(match["closing"]):
        return False
    speaker = SPEAKER.match(match.string, match.start("next"))
    return speaker is not None and speaker["verb"] in lists.speech


def _is_abbreviation(word: str, match: re.Match[str], lists: Lists) -> bool:
    """Tell whether the full stop belongs to the word, and the sentence goes on."""
    word = word.rpartition("-")[2]  # D-Calif
    following = match["next"]
    if word in lists.titles:
        return True
    if word in lists.before_numbers:
        return following[:1].isdigit()
    if word in lists.times:
        return following in lists.after_times or match["opening"] == "("
    if word in lists.short or DOTTED.fullmatch(word):
        return following not in lists.starters and not QUOTES.intersection(match["opening"])
    return False
