"""Finds where quotation marks open and close, whichever marks an article uses."""

import re
from typing import NamedTuple

from digest.language import Words
from digest.models import Span
from digest.text import split_paragraphs

DOUBLE = r"''|``|[“”„‟«»\"]"
SINGLE = r"[‘’‚'`]"
MARK = re.compile(f"(?P<double>{DOUBLE})|(?P<single>{SINGLE})")

OPENERS = frozenset("“„«‘‚`") | {"``"}
CLOSERS = frozenset("”»’")
BEFORE_OPENING = frozenset(" \t\n\xa0([{—–-―/…") | frozenset("“”„«»‘’\"'")
AFTER_CLOSING = frozenset(" \t\n\xa0)]}—–-―/….,;:!?") | frozenset("“”„«»‘’\"'")
ENDS_SPEECH = frozenset(".,!?…—–-;:)]")


class Mark(NamedTuple):
    """A quotation mark and which of the two it can be where it stands."""

    start: int
    end: int
    opens: bool
    closes: bool
    single: bool


class Quoted(NamedTuple):
    """A stretch between marks: `start` and `end` count the marks, `text` does not."""

    start: int
    end: int
    text: Span
    closed: bool


def find_quoted(text: str, words: Words) -> list[Quoted]:
    """Return what stands between outer quotation marks, in the order of the text.

    Marks inside other marks belong to the words that are quoted. A stretch ends with its
    paragraph at the latest. Whether single marks are outer marks is decided once per article:
    they are if more is said between single marks than between double ones.
    """
    paragraphs = [
        (paragraph, _find_marks(paragraph, words)) for paragraph in split_paragraphs(text)
    ]
    double = [q for paragraph, marks in paragraphs for q in _pair(paragraph, marks, single=False)]
    if not any(mark.single and mark.opens for _, marks in paragraphs for mark in marks):
        return double
    single = [q for paragraph, marks in paragraphs for q in _pair(paragraph, marks, single=True)]
    return single if _quoted_length(single) > _quoted_length(double) else double


def _quoted_length(stretches: list[Quoted]) -> int:
    return sum(len(stretch.text.text) for stretch in stretches)


def _find_marks(paragraph: Span, words: Words) -> list[Mark]:
    return [
        mark
        for match in MARK.finditer(paragraph.text)
        if (mark := _classify(paragraph.text, match, words)).opens or mark.closes
    ]


def _classify(text: str, match: re.Match[str], words: Words) -> Mark:
    """Tell from the characters around a mark whether it can open, close, or both."""
    start, end = match.span()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    single = match["single"] is not None
    opens = before in BEFORE_OPENING and after not in " \n\xa0"
    closes = after in AFTER_CLOSING and before not in " \n\xa0"
    if opens and closes:  # between two other marks: only its own shape tells
        opens, closes = match[0] not in CLOSERS, match[0] not in OPENERS
    if not (opens or closes or single):  # badly spaced: likewise
        opens, closes = match[0] in OPENERS, match[0] in CLOSERS
    if single and opens and _is_elision(text, end, words):
        opens = False
    return Mark(start, end, opens, closes, single)


def _is_elision(text: str, end: int, words: Words) -> bool:
    """Tell whether a single mark stands for letters left out: ’90s, ’em, ’tis."""
    word = re.match(r"\w+", text[end : end + 12])
    return word is not None and (word[0][0].isdigit() or word[0].lower() in words["elisions"])


def _pair(paragraph: Span, marks: list[Mark], *, single: bool) -> list[Quoted]:
    """Return the stretches between outer marks of one kind in a paragraph."""
    marks = [mark for mark in marks if mark.single == single]
    closers = [_closes(paragraph.text, marks, i) for i in range(len(marks))]
    left = sum(closers)
    stretches: list[Quoted] = []
    opened: Mark | None = None
    depth = 0
    for mark, closes in zip(marks, closers, strict=True):
        left -= closes
        if opened is None:
            opened, depth = (mark, 0) if mark.opens else (None, 0)
        elif closes and depth:
            depth -= 1
        elif closes:
            stretches.append(_stretch(paragraph, opened, mark))
            opened = None
        elif mark.opens and left > depth + 1:
            depth += 1
    if opened is not None and _runs_on(paragraph.text, opened):
        stretches.append(_stretch(paragraph, opened, None))
    return stretches


def _closes(text: str, marks: list[Mark], i: int) -> bool:
    """Tell whether mark `i` closes, and is not the apostrophe of “the voters’ will”."""
    mark = marks[i]
    if not mark.closes or not mark.single:
        return mark.closes
    if text[mark.start - 1] in ENDS_SPEECH or text[mark.end : mark.end + 1] != " ":
        return True
    better = next((m for m in marks[i + 1 : i + 3] if m.opens or m.closes), None)
    plural = text[mark.start - 1] == "s"
    return not (plural and better is not None and better.closes)


def _runs_on(text: str, opened: Mark) -> bool:
    """Tell whether words without a closing mark are speech: they start a paragraph or a clause."""
    lead = text[max(0, opened.start - 2) : opened.start].strip()
    return not opened.single and (opened.start == 0 or lead[-1:] in {",", ":"})


def _stretch(paragraph: Span, opened: Mark, closed: Mark | None) -> Quoted:
    start = opened.end
    end = closed.start if closed else len(paragraph.text)
    inner = paragraph.text[start:end]
    at = paragraph.start + start + len(inner) - len(inner.lstrip())
    inner = inner.strip()
    return Quoted(
        start=paragraph.start + opened.start,
        end=paragraph.start + (closed.end if closed else end),
        text=Span(text=inner, start=at, end=at + len(inner)),
        closed=closed is not None,
    )
