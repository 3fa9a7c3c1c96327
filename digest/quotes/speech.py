"""Follows who speaks from sentence to sentence: quotes that go on, and those told of before."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.quotes.attribution import Attribution, attribute, last_speaker
from digest.quotes.kinds import is_partial, is_title
from digest.speakers.lexicon import Lexicon
from digest.speakers.phrases import Phrase, read_phrase
from digest.speakers.subjects import main_subject
from digest.speakers.tokens import Sentence

FEW_WORDS = 4  # so short a fragment is a quote only if its sentence says so
SIGNATURE = 14  # words at most: "Dean Baker, Center for Economic Research"
Paragraph = Sequence[Sentence]


class Spoken(NamedTuple):
    """A quote, or a further segment of the one before."""

    start: int
    """Where its opening mark stands."""
    sentence: int
    """Its sentence, counted over the whole article."""
    partial: bool
    attribution: Attribution | None
    goes_on: bool
    """It belongs to the quote before: "A," she said. "B."."""
    context: Paragraph
    """Its sentence, with the one before it in the paragraph."""


class _Here(NamedTuple):
    """Where a quote stands, and what has been heard before it."""

    paragraphs: Sequence[Paragraph]
    paragraph: int
    sentence: int
    """Counted in its paragraph."""
    number: int
    """Counted over the whole article."""
    at: int
    last: Spoken | None
    first: bool
    """No quote stands before it in its paragraph."""


def follow_speech(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Spoken]:
    """Yield the quotes of an article in their order, with what tells who says them."""
    number = 0
    last: Spoken | None = None
    for p, paragraph in enumerate(paragraphs):
        first = True
        for i, sentence in enumerate(paragraph):
            for at, token in enumerate(sentence):
                if token.kind == "quote":
                    spoken = _hear(_Here(paragraphs, p, i, number, at, last, first), lexicon)
                    if spoken is not None:
                        last, first = spoken, False
                        yield spoken
            number += 1


def _hear(here: _Here, lexicon: Lexicon) -> Spoken | None:
    """Return what is said at a place, or nothing if nobody is quoted there."""
    sentence = here.paragraphs[here.paragraph][here.sentence]
    partial = is_partial(sentence, here.at)
    if is_title(sentence, here.at, lexicon):
        return None
    found = attribute(sentence, here.at, partial=partial)
    if found is None and partial and not _takes_up(here):
        return None
    goes_on = _follows(here) if found is None else not partial and _is_split(here, found)
    return Spoken(
        start=sentence[here.at].start,
        sentence=here.number,
        partial=partial,
        attribution=found or _attribute_beyond(here),
        goes_on=goes_on,
        context=here.paragraphs[here.paragraph][max(0, here.sentence - 1) : here.sentence + 1],
    )


def _takes_up(here: _Here) -> bool:
    """Tell whether a fragment begins a sentence behind what somebody says: “This was Smith” and."""
    text = here.paragraphs[here.paragraph][here.sentence][here.at].text
    return here.at == 0 and not here.first and text[:1].isupper() and text.count(" ") >= FEW_WORDS


def _is_split(here: _Here, found: Attribution) -> bool:
    """Tell whether a sentence is interrupted to say who speaks: "A," she said, "B."."""
    last = here.last
    return (
        last is not None
        and last.sentence == here.number
        and last.attribution is not None
        and last.attribution.phrase == found.phrase
    )


def _follows(here: _Here) -> bool:
    """Tell whether a quote goes on right behind the sentence of the one before."""
    last = here.last
    return not here.first and last is not None and here.at == 0 and last.sentence == here.number - 1


def _attribute_beyond(here: _Here) -> Attribution | None:
    """Return who speaks where the sentence itself does not tell.

    on         "A," Smith said. "B."       the quote before in the paragraph
    subject    Smith was angry. "A."       the sentence before in the paragraph
    colon      Smith said:¶ "A."           the end of the paragraph before
    signature  "A."¶ Ann Smith, teacher    the short paragraph behind
    last       "A," Smith said.¶ "B."      the paragraph before
    """
    paragraph = here.paragraphs[here.paragraph]
    if not here.first and here.last is not None:
        return _carried(here.last, "on")
    if here.sentence:
        before = paragraph[here.sentence - 1]
        subject = last_speaker(before) or main_subject(before, 0, len(before))
        return subject and Attribution("subject", subject)
    return _from_colon(here) or _from_signature(here) or _carried(here.last, "last")


def _carried(last: Spoken | None, rule: str) -> Attribution | None:
    if last is None or last.attribution is None:
        return None
    return Attribution(rule, last.attribution.phrase)


def _from_colon(here: _Here) -> Attribution | None:
    before = here.paragraphs[here.paragraph - 1] if here.paragraph else ()
    if not before or before[-1][-1].text not in {":", ","}:
        return None
    quote = here.paragraphs[here.paragraph][here.sentence][here.at]
    found = attribute((*before[-1], quote), len(before[-1]), partial=False)
    return found and found._replace(rule="colon")


def _from_signature(here: _Here) -> Attribution | None:
    """Return who signs a quote that is a paragraph of its own, or whose name stands above it."""
    at = here.paragraph
    if len(here.paragraphs[at]) > 1:
        return None
    for neighbour in here.paragraphs[at + 1 : at + 2], here.paragraphs[max(0, at - 1) : at]:
        phrase = _signature(neighbour[0]) if neighbour else None
        if phrase is not None:
            return Attribution("signature", phrase)
    return None


def _signature(paragraph: Paragraph) -> Phrase | None:
    """Return the name that a short paragraph consists of: "— Ann Smith, teacher"."""
    line = paragraph[0] if len(paragraph) == 1 else ()
    start = 0
    while start < len(line) and line[start].kind == "mark":
        start += 1
    end = start
    while end < len(line) and line[end].kind == "name":
        end += 1
    named = end - start > (0 if start else 1) and len(line) <= SIGNATURE
    if not named or (end < len(line) and line[end].kind != "mark"):
        return None
    return read_phrase(line, start, end)
