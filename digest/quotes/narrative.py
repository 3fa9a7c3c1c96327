"""Reads an article as sentences of the reporter's words, in which each quote is one token."""

from collections.abc import Sequence
from typing import NamedTuple

from digest.models import Span
from digest.quotes.marks import Quoted, find_quoted
from digest.quotes.outlets import is_outlet
from digest.quotes.unmarked import find_block, find_turns
from digest.speakers.lexicon import NO_TAGS, Lexicon
from digest.speakers.nouns import name_known, name_nouns
from digest.speakers.tokens import Paragraph, Stretch, split_narrative
from digest.text import split_paragraphs

TURN = frozenset({"turn"})
UNCLOSED = frozenset({"unclosed"})


class Narrative(NamedTuple):
    """An article as it is read."""

    paragraphs: list[Paragraph]
    words: dict[int, Span]
    """What stands between the marks of each quote, by the start of its token."""


def read_narrative(text: str, lexicon: Lexicon, language: str | None) -> Narrative:
    """Return the sentences of each paragraph, with its quotes as single tokens."""
    read = Narrative([], {})
    spans = split_paragraphs(text)
    turns = find_turns(spans, language)
    marked_words = [q for q in find_quoted(spans, language) if not is_outlet(q.text.text, language)]
    quoted = _by_paragraph(spans, marked_words)
    for span, marked in zip(spans, quoted, strict=True):
        before = read.paragraphs[-1] if read.paragraphs else ()
        if span.start in turns:
            pieces = [(span, [_stretch(turns[span.start], TURN)])]
        elif marked:
            pieces = [(span, [_stretch(q, NO_TAGS if q.closed else UNCLOSED) for q in marked])]
        else:
            pieces = _pieces(span, find_block(span, before))
        for piece, stretches in pieces:
            read.words.update((stretch.start, stretch.inner) for stretch in stretches)
            sentences = split_narrative(text, piece, stretches, lexicon)
            read.paragraphs.append(name_nouns(sentences) if lexicon.verb_second else sentences)
    return read._replace(paragraphs=name_known(read.paragraphs)) if lexicon.verb_second else read


def _by_paragraph(spans: Sequence[Span], quoted: Sequence[Quoted]) -> list[list[Quoted]]:
    """Return what stands between marks in each paragraph."""
    found: list[list[Quoted]] = []
    at = 0
    for span in spans:
        first = at
        while at < len(quoted) and quoted[at].start < span.end:
            at += 1
        found.append([*quoted[first:at]])
    return found


def _pieces(span: Span, block: Sequence[Quoted]) -> list[tuple[Span, list[Stretch]]]:
    """Return a paragraph, or each line of a block quote as one that runs on in the next."""
    if not block:
        return [(span, [])]
    tags = [*[UNCLOSED] * (len(block) - 1), NO_TAGS]
    return [(q.text, [_stretch(q, tag)]) for q, tag in zip(block, tags, strict=True)]


def _stretch(quoted: Quoted, tags: frozenset[str]) -> Stretch:
    return Stretch(quoted.text, quoted.start, quoted.end, tags)
