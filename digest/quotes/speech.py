"""Walks through an article and notes what is spoken, and which words tell by whom."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.quotes.attribution import Attribution, attribute, is_sure, is_told
from digest.quotes.beyond import Here, attribute_beyond
from digest.quotes.kinds import is_nothing, is_partial
from digest.speakers.lexicon import Lexicon
from digest.speakers.tokens import Paragraph

FEW_WORDS = 4


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
    runs_on: bool
    """No mark closes the quote before, and it begins the next paragraph."""
    context: Paragraph
    """Its sentence, with the one before it in the paragraph."""


def follow_speech(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Spoken]:
    """Yield the quotes of an article in their order, with what tells who says them."""
    number = 0
    last: Spoken | None = None
    for p, paragraph in enumerate(paragraphs):
        first = True
        for i, sentence in enumerate(paragraph):
            for at in [at for at, token in enumerate(sentence) if token.kind == "quote"]:
                known = last.attribution if last else None
                here = Here(paragraphs, p, i, at, None if first else known, known)
                spoken = _hear(here, number, last, lexicon)
                if spoken is not None:
                    last, first = spoken, False
                    yield spoken
            number += 1


def _hear(here: Here, number: int, last: Spoken | None, lexicon: Lexicon) -> Spoken | None:
    """Return what is said at a place, or nothing if nobody is quoted there."""
    sentence = here.sentence
    partial = is_partial(sentence, here.at)
    if is_nothing(sentence, here.at, lexicon):
        return None
    own = attribute(sentence, here.at, partial=partial)
    if own is None and partial and not _takes_up(here):
        return None
    alone = "turn" in sentence[here.at].tags or is_told(sentence, here.at)
    found = own if own or alone else attribute_beyond(here)
    spoken = Spoken(
        start=sentence[here.at].start,
        sentence=number,
        partial=partial,
        attribution=found if found and is_sure(found) else None,
        goes_on=False,
        runs_on=here.runs_on,
        context=here.context,
    )
    return spoken._replace(goes_on=last is not None and _goes_on(last, spoken, here, own))


def _takes_up(here: Here) -> bool:
    """Tell whether a fragment begins a sentence behind what somebody says: “This was Smith” and."""
    text = here.sentence[here.at].text
    starts = here.at == 0 and here.said_before is not None
    return starts and text[:1].isupper() and text.count(" ") >= FEW_WORDS


def _goes_on(last: Spoken, spoken: Spoken, here: Here, own: Attribution | None) -> bool:
    """Tell whether a quote is one with the quote before it.

    "A," she said, "B." or "A," she said. "B." or, without a closing mark, "A.¶ "B.
    """
    if last.partial or spoken.partial:
        return False
    if own is not None:
        same = last.attribution is not None and last.attribution.phrase == own.phrase
        return same and (here.runs_on or last.sentence == spoken.sentence)
    if here.runs_on:
        return True
    return here.said_before is not None and here.at == 0 and last.sentence == spoken.sentence - 1
