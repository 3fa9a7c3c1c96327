"""Finds where quotation marks open and close, whichever marks an article uses."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from digest.language import load_words
from digest.models import Span

BLANKS = frozenset(" \t\n\xa0\u2028")
DASHES = frozenset("—–-―/…")
ENDS_SENTENCE = frozenset(".,!?…—–-")
ENDS_SPEECH = ENDS_SENTENCE | frozenset(";:)]")
LEADS = frozenset(",:")
STARTS_SPEECH = frozenset(",:.?!")
NEVER_OPENED = BLANKS | frozenset(",;:!?)")
FEW_WORDS = 4


class _Marks(NamedTuple):
    """The characters that a language quotes with."""

    pattern: re.Pattern[str]
    single: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    before_opening: frozenset[str]
    after_closing: frozenset[str]
    elisions: frozenset[str]
    told: re.Pattern[str]
    """What only stands behind speech: the verb before the name of the speaker."""


@cache
def _load_marks(language: str | None) -> _Marks:
    words = {name: frozenset(entries) for name, entries in load_words(language, "quotes").items()}
    single, double = words["single_marks"], words["double_marks"]
    characters = frozenset("".join((*single, *double)))
    inside = re.escape("".join(sorted(characters)))
    # Two straight marks are one; of three behind a word the first closes an inner quote: 'old,'''.
    pair = r"(?:(?<=')'(?!')|(?<=`)`)?"
    return _Marks(
        pattern=re.compile(f"[{inside}]{pair}"),
        single=single,
        opening=words["opening_marks"],
        closing=words["closing_marks"],
        before_opening=BLANKS | DASHES | characters | frozenset("([{"),
        after_closing=BLANKS | DASHES | characters | frozenset(")]}.,;:!?"),
        elisions=words["elisions"],
        told=re.compile(rf"(?<=[,{inside}])\s(?:{'|'.join(words['told'])})\s"),
    )


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
    alone: bool
    """It is a whole paragraph."""


def find_quoted(paragraphs: Sequence[Span], language: str | None = None) -> list[Quoted]:
    """Return what stands between outer quotation marks, in the order of the text.

    Marks inside other marks belong to the words that are quoted. A stretch ends with its
    paragraph at the latest. An article has a style: double marks outside or single ones,
    whichever hold more words; the other kind counts where it stands outside of them.
    """
    kinds = _load_marks(language)
    found = ((paragraph, _find_marks(paragraph, kinds)) for paragraph in paragraphs)
    marked = [(paragraph, marks) for paragraph, marks in found if marks]
    double = [q for span, marks in marked for q in _pair(span, marks, kinds, single=False)]
    single = [q for span, marks in marked for q in _pair(span, marks, kinds, single=True)]
    if _quoted_length(single) > _quoted_length(double):
        return _merge(single, double)
    body = paragraphs[0].end if paragraphs else 0  # a headline has single marks, too
    return _merge(double, [q for q in single if q.start >= body and _is_speech(q)])


def _quoted_length(stretches: list[Quoted]) -> int:
    return sum(len(stretch.text.text) for stretch in stretches)


def _is_speech(stretch: Quoted) -> bool:
    """Tell whether words between single marks are speech though the article has double ones.

    Headings have single marks, and so has 'so-called' something.
    """
    text = stretch.text.text
    long = text.count(" ") >= FEW_WORDS - 1
    return long and text[0].isupper() and text[-1] in ENDS_SENTENCE and not stretch.alone


def _merge(outer: list[Quoted], others: list[Quoted]) -> list[Quoted]:
    """Return two kinds of stretches in one order, without those others that overlap."""
    merged: list[Quoted] = []
    at = 0
    for stretch in others:
        while at < len(outer) and outer[at].end <= stretch.start:
            merged.append(outer[at])
            at += 1
        if at == len(outer) or stretch.end <= outer[at].start:
            merged.append(stretch)
    return merged + outer[at:]


def _find_marks(paragraph: Span, kinds: _Marks) -> list[Mark]:
    marks = (_classify(paragraph.text, m, kinds) for m in kinds.pattern.finditer(paragraph.text))
    return [mark for mark in marks if mark.opens or mark.closes]


def _classify(text: str, match: re.Match[str], kinds: _Marks) -> Mark:
    """Tell from the characters around a mark whether it can open, close, or both."""
    start, end = match.span()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = before in kinds.before_opening and after not in NEVER_OPENED
    closes = after in kinds.after_closing and before not in BLANKS
    if opens and closes:  # between two other marks: only its own shape tells
        opens, closes = match[0] not in kinds.closing, match[0] not in kinds.opening
    elif not (opens or closes):  # badly spaced: likewise
        alone = before in BLANKS and after in BLANKS
        glued = before in LEADS and match[0] not in kinds.closing and after.isupper()  # said,“Yes
        opens = glued or (match[0] not in kinds.closing and alone)
        closes = match[0] not in kinds.opening and before in BLANKS | ENDS_SENTENCE
    single = match[0] in kinds.single
    if single and opens and _is_elision(text, end, kinds):
        opens = False
    return Mark(start, end, opens, closes, single)


def _is_elision(text: str, end: int, kinds: _Marks) -> bool:
    """Tell whether a single mark stands for letters left out: ’90s, ’em, ’tis."""
    word = re.match(r"\w+", text[end : end + 12])
    return word is not None and (word[0][0].isdigit() or word[0].lower() in kinds.elisions)


def _pair(paragraph: Span, marks: list[Mark], kinds: _Marks, *, single: bool) -> list[Quoted]:
    """Return the stretches between outer marks of one kind in a paragraph."""
    closers = [
        m.single == single and _closes(paragraph.text, marks, i) for i, m in enumerate(marks)
    ]
    left = sum(closers)
    stretches: list[Quoted] = []
    opened: Mark | None = None
    depth = 0
    for i, mark in enumerate(marks):
        left -= closers[i]
        if mark.single != single:
            continue
        if closers[i] and opened is not None:
            if not depth:
                stretches.append(_stretch(paragraph, opened, mark))
                opened = None
            depth = max(0, depth - 1)
        elif closers[i] and not stretches and _was_opened(paragraph.text, mark, kinds):
            stretches.append(_stretch(paragraph, Mark(0, 0, True, False, single), mark))
        elif mark.opens:
            if opened is not None and left > depth + 1:
                depth += 1
            elif left:  # nothing is open, or what is open was never closed
                opened, depth = mark, 0
            else:
                stretches.extend(_unclosed(paragraph, marks, i, kinds))
                break
    return stretches


def _was_opened(text: str, mark: Mark, kinds: _Marks) -> bool:
    """Tell whether the mark that opens a paragraph is missing: We are ready,” said Smith."""
    told = kinds.told.match(text, mark.end)
    return told is not None and not mark.single and text[mark.start - 1] == ","


def _closes(text: str, marks: list[Mark], i: int) -> bool:
    """Tell whether mark `i` closes, and is not the apostrophe of “the voters’ will”."""
    mark = marks[i]
    if not mark.closes or not mark.single:
        return mark.closes
    before, after = text[mark.start - 1], text[mark.end : mark.end + 1]
    if before not in "sS" or after != " ":
        return True
    better = next((m for m in marks[i + 1 : i + 3] if m.single), None)
    return better is None or not better.closes


def _unclosed(paragraph: Span, marks: list[Mark], i: int, kinds: _Marks) -> list[Quoted]:
    """Return the stretch that begins at mark `i`, which no mark of its kind closes.

    The next mark may close it though it is of the other kind; otherwise words that begin a
    paragraph or a clause run on to the end of the paragraph.
    """
    opened = marks[i]
    after = marks[i + 1] if i + 1 < len(marks) else None
    if after is not None and after.closes and paragraph.text[after.start - 1] in ENDS_SPEECH:
        return [_stretch(paragraph, opened, after)]
    lead = paragraph.text[max(0, opened.start - 2) : opened.start].strip()
    runs_on = not opened.single and (opened.start == 0 or lead[-1:] in STARTS_SPEECH)
    told = kinds.told.search(paragraph.text, opened.end) if runs_on else None
    if told is not None:  # “We are ready, said Smith.
        end = told.start()
        return [_stretch(paragraph, opened, Mark(end, end, False, True, False))]
    return [_stretch(paragraph, opened, None)] if runs_on else []


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
        alone=opened.start == 0 and (closed is None or closed.end == len(paragraph.text)),
    )
