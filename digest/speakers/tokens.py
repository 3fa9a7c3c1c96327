"""Cuts what the reporter writes into sentences of words, names and marks, each with its place."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.models import Span
from digest.speakers.lexicon import NO_NAMES, NO_TAGS, Lexicon

TOKEN = re.compile(
    r"""
    (?P<word> [^\W\d_][^\W_]*(?:[-&/’'‘.@][^\W_]+)*\.? )  # with its dot, if it has one
    | (?P<number> [$€£]?\d+(?:[.,:]\d+)*[^\W_]*(?:-[^\W_]+)* )
    | (?P<mark> [^\w\s] )
    """,
    re.VERBOSE,
)
ARABIC = {"al-", "el-"}
POSSESSIVES = ("’s", "'s", "‘s")
# Tokens; a longer "sentence" is a list or a trap, and who searches it again and again is slow.
# The longest of PolNeAR's development half that holds a quote has 89.
MAX_SENTENCE = 120
SENTENCE_ENDS = frozenset(".!?…")
ADVERBS = frozenset({"adverbs"})
UNCLOSED = frozenset({"unclosed"})
AGED = frozenset({"roles"})  # "the 46-year-old"
VERBS = frozenset({"speech", "manner"})
VERB_ENDINGS = ("ed", "ing", "id", "ys")
# "PORTLAND, Maine (AP) — ": where and by whom an article was written is no part of a sentence.
DATELINE = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z.'’-]+){0,3}(?:,[^—–-]{0,30})?\s?(?:[—–]|-+\s)\s?")


class Token(NamedTuple):
    """A word or mark of the narrative, or a whole quote that the narrative is built around."""

    text: str
    lower: str
    start: int
    end: int
    kind: str
    """name (a word that may be part of a name), word, number, possessive, mark or quote"""
    tags: frozenset[str]
    """The lists of the lexicon that the word stands in."""


Sentence = tuple[Token, ...]
Paragraph = Sequence[Sentence]


class Stretch(NamedTuple):
    """The words between two quotation marks, with the places of the marks."""

    text: str
    start: int
    end: int
    closed: bool


def split_narrative(
    text: str, paragraph: Span, quoted: Sequence[Stretch], lexicon: Lexicon
) -> list[Sentence]:
    """Return the sentences of a paragraph, in which each quote is one token.

    What others say is not part of the narrative.
    """
    tokens: list[Token] = []
    dateline = DATELINE.match(text, paragraph.start, paragraph.end)
    at = dateline.end() if dateline else paragraph.start
    for stretch in quoted:
        tokens.extend(_split_tokens(text, at, stretch.start, lexicon))
        tags = NO_TAGS if stretch.closed else UNCLOSED
        tokens.append(Token(stretch.text, "", stretch.start, stretch.end, "quote", tags))
        at = stretch.end
    tokens.extend(_split_tokens(text, at, paragraph.end, lexicon))
    return _cut(tokens)


def _split_tokens(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Token]:
    """Yield the tokens of `text[start:end]`; a possessive ’s is a token of its own."""
    for match in TOKEN.finditer(text, start, end):
        word, kind, at, cut = match[0], match.lastgroup, match.start(), match.end()
        if kind == "mark":
            owns = word in "’'" and at > start and text[at - 1] == "s"
            yield Token(word, word, at, cut, "possessive" if owns else "mark", NO_TAGS)
        elif kind == "number":
            kind, tags = ("word", AGED) if word.endswith("-old") else (kind, NO_TAGS)
            yield Token(word, word, at, cut, kind, tags)
        elif word.endswith(POSSESSIVES):
            yield _word(word[:-2], at, cut - 2, lexicon)
            yield Token("'s", "'s", cut - 2, cut, "possessive", NO_TAGS)
        elif word[-1] == "." and not _is_short(word, lexicon):
            yield _word(word[:-1], at, cut - 1, lexicon)
            yield Token(".", ".", cut - 1, cut, "mark", NO_TAGS)
        else:
            yield _word(word, at, cut, lexicon)


def _is_short(word: str, lexicon: Lexicon) -> bool:
    """Tell whether the dot belongs to the word: Sen., U.S., Harry M. Reid."""
    return word in lexicon.tags or (len(word) == 2 and word.isupper()) or word[-3:-2] == "."


def _word(word: str, start: int, end: int, lexicon: Lexicon) -> Token:
    tags = lexicon.tags.get(word, NO_TAGS)
    if word.islower():
        if not tags:
            tags = (
                ADVERBS
                if word.endswith("ly")
                else lexicon.tags.get(word.replace("’", "'"), NO_TAGS)
            )
        return Token(word, word.replace("’", "'"), start, end, "word", tags)
    lower = word.lower().replace("’", "'")
    is_name = tags.isdisjoint(NO_NAMES) or "names" in tags
    if tags and tags <= VERBS and not lower.endswith(VERB_ENDINGS):
        is_name = True  # Ian Read
    is_name = is_name and (word[0].isupper() or word[:3] in ARABIC)
    return Token(word, lower, start, end, "name" if is_name else "word", tags)


def _cut(tokens: list[Token]) -> list[Sentence]:
    sentences: list[Sentence] = []
    start = 0
    for at in range(1, len(tokens) + 1):
        full = at - start == MAX_SENTENCE or at == len(tokens)
        if full or _ends(tokens[at - 1], tokens[at]):
            sentences.append(tuple(tokens[start:at]))
            start = at
    return sentences


def _ends(token: Token, after: Token) -> bool:
    """Tell whether a sentence ends between two tokens."""
    if not (token.kind == "mark" or token.kind == "quote"):
        return False
    if not (after.kind in {"quote", "number"} or after.text[0].isupper()):
        return False
    if token.kind == "mark":
        return token.text in SENTENCE_ENDS
    # “Who knows?” Smith asked: only a full stop ends the sentence that a quote stands in.
    last = token.text[-1:]
    return last == "." or (after.kind == "quote" and last in SENTENCE_ENDS)
