"""Cuts what the reporter writes into sentences of words, names and marks, each with its place."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from digest.models import Span
from digest.speakers.lexicon import NO_NAMES, NO_TAGS, VERBS, Lexicon

TOKEN = re.compile(
    r"""
    [A-Za-z]++(?![^\s,])                                # most words, found in half the time
    | [^\W\d_][^\W_]*(?:[-&/’'‘.@][^\W_]+)*\.?          # a word, with its dot if it has one
    | [$€£]?\d+(?:[.,:]\d+)*[^\W_]*(?:-[^\W_]+)*        # a number
    | [^\w\s]                                          # a mark
    """,
    re.VERBOSE,
)
APOSTROPHES = frozenset("’'")
ARABIC = {"al-", "el-"}
POSSESSIVES = ("’s", "'s", "‘s")
# Tokens; a longer "sentence" is a list or a trap, and who searches it again and again is slow.
# The longest of PolNeAR's development half that holds a quote has 89.
MAX_SENTENCE = 120
SENTENCE_ENDS = frozenset(".!?…")
NEW = tuple.__new__  # a named tuple in half the time: there are 600 tokens in an article
# What stands between two blanks comes again: 32,000 different chunks of 350,000 in PolNeAR's
# development half. A longer one than this many characters hardly does.
CHUNKS_KEPT = 2**16
LONGEST_CHUNK = 40
AGED = frozenset({"roles", "ages"})  # "the 46-year-old"
NOUN = frozenset({"nouns"})
PARTICIPLES = frozenset({"participles"})
NAMES = frozenset({"first_names", "names", "organisation_names"})
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
    """The lists of the lexicon that the word stands in; of a quote, those of its stretch."""


Sentence = tuple[Token, ...]
Paragraph = Sequence[Sentence]


class Stretch(NamedTuple):
    """What somebody says, and where its quotation marks begin and end."""

    inner: Span
    start: int
    end: int
    tags: frozenset[str]
    """ "unclosed" where no mark closes it, "turn" in a transcript."""


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
        start, at = stretch.start, stretch.end
        tokens.append(Token(stretch.inner.text, "", start, at, "quote", stretch.tags))
    tokens.extend(_split_tokens(text, at, paragraph.end, lexicon))
    return _cut(tokens)


def _split_tokens(text: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """Return the tokens of `text[start:end]`; a possessive ’s is a token of its own."""
    tokens: list[Token] = []
    known = _load_chunks(lexicon)
    at = start
    for chunk in text[start:end].split(" "):
        for word, lower, first, last, kind, tags in known[chunk]:
            tokens.append(NEW(Token, (word, lower, at + first, at + last, kind, tags)))
        at += len(chunk) + 1
    return tokens


def _tokens_of(chunk: str, lexicon: Lexicon) -> list[Token]:
    """Return the tokens of what stands between two blanks; no token holds a blank."""
    if chunk.isalpha() and chunk.islower():
        lower, kind, tags, _ = _describe(chunk, lexicon)
        return [NEW(Token, (chunk, lower, 0, len(chunk), kind, tags))]
    tokens: list[Token] = []
    for match in TOKEN.finditer(chunk):
        word = match[0]
        at, end = match.span()
        lower, kind, tags, tail = _describe(word, lexicon)
        if kind == "apostrophe":
            kind = "possessive" if chunk[at - 1 : at] == "s" else "mark"
        cut = end - len(tail)
        tokens.append(NEW(Token, (chunk[at:cut], lower, at, cut, kind, tags)))
        if tail:  # Smith’s, or the last word of a sentence
            kind = "mark" if tail == "." else "possessive"
            tokens.append(NEW(Token, (tail, tail, cut, end, kind, NO_TAGS)))
    return tokens


class _Chunks(dict[str, list[Token]]):
    """The tokens of what stood between two blanks before, with their places in it.

    A dictionary finds them faster than a cached function.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, chunk: str) -> list[Token]:
        tokens = _tokens_of(chunk, self._lexicon)
        if len(chunk) <= LONGEST_CHUNK:
            if len(self) >= CHUNKS_KEPT:
                self.clear()
            self[chunk] = tokens
        return tokens


@cache
def _load_chunks(lexicon: Lexicon) -> _Chunks:
    return _Chunks(lexicon)


@lru_cache(CHUNKS_KEPT)
def _describe(word: str, lexicon: Lexicon) -> tuple[str, str, frozenset[str], str]:
    """Return a word in small letters, its kind, its tags, and what is to be cut off its end."""
    if not word[0].isalpha():
        if word.endswith(lexicon.ages):
            return word, "word", AGED, ""
        return word, _kind_of_sign(word), NO_TAGS, ""
    tail = _tail(word, lexicon)
    word = word.removesuffix(tail)
    lower = word.lower().replace("’", "'")
    tags = lexicon.tags_of(lower if word.islower() else word)
    if lexicon.verb_second and word[0].isupper() and not _is_name_of_all(word, tags):
        return lower, "word", tags or NOUN, tail
    is_name = _is_name(word, lower, tags)
    tags = tags | _by_ending(lower, tags, is_name, lexicon) or NO_TAGS
    return lower, "name" if is_name else "word", tags, tail


def _kind_of_sign(sign: str) -> str:
    if sign in APOSTROPHES:
        return "apostrophe"
    return "number" if sign[-1].isalnum() else "mark"


def _by_ending(lower: str, tags: frozenset[str], is_name: bool, lexicon: Lexicon) -> frozenset[str]:
    """Return what the ending of a word tells; of a name and a known verb only if it is "-ing"."""
    if tags.isdisjoint(VERBS) and tags:
        return NO_TAGS
    found = [name for ending, name in lexicon.endings if lower.endswith(ending)]
    return frozenset(found) & PARTICIPLES if tags or is_name else frozenset(found)


def _tail(word: str, lexicon: Lexicon) -> str:
    """Return a possessive ending, or the dot if it does not belong to the word."""
    if word[-1] == "." and not _is_short(word, lexicon):
        return "."
    return word[-2:] if word.endswith(POSSESSIVES) else ""


def _is_short(word: str, lexicon: Lexicon) -> bool:
    """Tell whether the dot belongs to the word: Sen., U.S., Harry M. Reid."""
    return word in lexicon.tags or (len(word) == 2 and word.isupper()) or word[-3:-2] == "."


def _is_name(word: str, lower: str, tags: frozenset[str]) -> bool:
    if not (word[0].isupper() or word[:3] in ARABIC):
        return False
    if tags and tags <= VERBS:
        return not lower.endswith(VERB_ENDINGS)  # Ian Read
    return "names" in tags or tags.isdisjoint(NO_NAMES)


def _is_name_of_all(word: str, tags: frozenset[str]) -> bool:
    """Tell whether a word is a name where all nouns have capitals: Anna, UNO."""
    return not tags.isdisjoint(NAMES) or (not tags and word.isupper() and len(word) > 1)


def _cut(tokens: list[Token]) -> list[Sentence]:
    sentences: list[Sentence] = []
    start = 0
    ends = [
        at
        for at, (token, after) in enumerate(pairwise(tokens), 1)
        if (token.kind == "mark" or token.kind == "quote") and _ends(token, after)
    ]
    for end in (*ends, len(tokens)):
        while start < end:
            stop = min(end, start + MAX_SENTENCE)
            sentences.append(tuple(tokens[start:stop]))
            start = stop
    return sentences


def _ends(token: Token, after: Token) -> bool:
    """Tell whether a sentence ends between two tokens."""
    if not (after.kind in {"quote", "number"} or after.text[:1].isupper()):
        return False
    if token.kind == "mark":
        return token.text in SENTENCE_ENDS
    # “Who knows?” Smith asked: only a full stop ends the sentence that a quote stands in.
    last = token.text[-1:]
    return last == "." or (after.kind == "quote" and last in SENTENCE_ENDS)
