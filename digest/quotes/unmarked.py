"""Finds what is quoted without quotation marks: block quotes, and the turns of a transcript.

Without marks the reporter's own words look the same, so only what leaves no doubt is found.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from digest.language import load_words
from digest.models import Span
from digest.quotes.attribution import attribute, is_speech_verb
from digest.quotes.marks import Quoted
from digest.speakers.lexicon import NO_TAGS
from digest.speakers.tokens import Paragraph, Sentence, Token

# "Q:", "SMITH:", "Mr. Smith (D-Ohio):", "JEN PSAKI, PRESS SECRETARY:", with a mark before or not.
LABEL = re.compile(
    r"""
    ["“„'‘]?
    (?P<name>(?:\w[\w.’'-]{0,29}\s){0,4}\w[\w.’'-]{0,29})
    (?:\s?\([^():]{1,40}\)|,\s[^:.]{1,60})?
    :\s+(?=[^\s"“„'‘«])
    """,
    re.VERBOSE,
)
FEWEST_TURNS = 3
FAR = 2  # paragraphs from turn to turn
# Markdown's and e-mail's mark of a block quote (CommonMark 0.31.2, section 5.1). Cleaning joins
# the lines of a paragraph, so it may stand inside.
BLOCK_MARK = re.compile(r"(?:^|(?<=\s))>(?:\s+|$)")
CLOSING = '"”“»'
FEWEST_WORDS = 4
ENDS_SENTENCE = frozenset(".!?…")
NEAR = 4  # words: "in a short written | statement"


def find_turns(paragraphs: Sequence[Span], language: str | None) -> dict[int, Quoted]:
    """Return what is said in each turn of a transcript, by the start of its paragraph.

    A transcript has several turns near to one another, with labels of two speakers at least that
    come again.
    """
    labels = _find_labels(paragraphs, frozenset(load_words(language, "quotes")["no_labels"]))
    turns = {
        at: label
        for at, label in labels.items()
        if any(other in labels for other in range(at - FAR, at + FAR + 1) if other != at)
    }
    if not _is_transcript([label["name"].split()[-1].lower() for label in turns.values()]):
        return {}
    return {paragraphs[at].start: _cut(paragraphs[at], label.end()) for at, label in turns.items()}


def _find_labels(paragraphs: Sequence[Span], ignored: frozenset[str]) -> dict[int, re.Match[str]]:
    """Return the labels that may be those of speakers, by the number of the paragraph."""
    found = (
        (at, LABEL.match(paragraph.text))
        for at, paragraph in enumerate(paragraphs)
        if ":" in paragraph.text
    )
    return {
        at: label
        for at, label in found
        if label and _names_speaker(label["name"]) and label["name"].lower() not in ignored
    }


def _names_speaker(label: str) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in label.split())


def _is_transcript(labels: Sequence[str]) -> bool:
    """Tell whether labels take turns: a list has others each time, or always the same."""
    again = [label for label, many in Counter(labels).items() if many > 1]
    changes = sum(one != other for one, other in pairwise(labels))
    return len(labels) >= FEWEST_TURNS and bool(again) and changes >= len(labels) // 2


def find_block(paragraph: Span, before: Paragraph) -> list[Quoted]:
    """Return the pieces of a paragraph that is a block quote; `before` is the paragraph before.

    Each of its lines begins with ">", or somebody "said in a statement:" before it.
    """
    if BLOCK_MARK.match(paragraph.text):
        return [line for line in _lines(paragraph) if line.text.text]
    if not before or before[-1][-1].text != ":" or not _is_whole(paragraph.text):
        return []
    whole = _cut(paragraph, 0)
    return [whole] if _leads(before[-1], whole) else []


def _lines(paragraph: Span) -> Iterator[Quoted]:
    marks = [*BLOCK_MARK.finditer(paragraph.text)]
    ends = [*(mark.start() for mark in marks[1:]), len(paragraph.text)]
    for mark, end in zip(marks, ends, strict=True):
        yield _cut(paragraph, mark.end(), end)


def _cut(paragraph: Span, start: int, end: int | None = None) -> Quoted:
    """Return a stretch of a paragraph, without a mark that closes it."""
    inner = paragraph.text[start:end].strip()
    if inner.endswith(tuple(CLOSING)) and not any(mark in inner[:-1] for mark in CLOSING):
        inner = inner[:-1].rstrip()
    at = paragraph.start + paragraph.text.index(inner, start)
    end = at + len(inner)
    text = Span(text=inner, start=at, end=end)
    return Quoted(start=at, end=end, text=text, closed=True, alone=False)


def _is_whole(text: str) -> bool:
    """Tell whether a paragraph consists of whole sentences."""
    long = text.count(" ") >= FEWEST_WORDS - 1
    return long and (text[0].isupper() or text[0] == "[") and text[-1] in ENDS_SENTENCE


def _leads(lead: Sentence, whole: Quoted) -> bool:
    """Tell whether a sentence that ends in a colon is like "Smith said in a statement:"."""
    verb = len(lead) > 1 and is_speech_verb(lead, len(lead) - 2)
    if not verb and not any(_tells_where(lead, at) for at in range(1, len(lead))):
        return False
    quote = Token(whole.text.text, "", whole.start, whole.end, "quote", NO_TAGS)
    return attribute((*lead, quote), len(lead), partial=False) is not None


def _tells_where(sentence: Sentence, at: int) -> bool:
    """Tell whether words are told to stand somewhere: in a statement, on Facebook."""
    if "postings" not in sentence[at].tags:
        return False
    return any("prepositions" in token.tags for token in sentence[max(0, at - NEAR) : at])
