"""Finds the sentences of articles that can stand in a summary, and which lean on another one."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from math import inf
from typing import NamedTuple

from digest.language import load_words
from digest.models import Article, Sentence
from digest.summary.datelines import measure_dateline
from digest.summary.leaning import (
    MARKS,
    WORD,
    find_need,
    find_roots,
    find_strangers,
    leans_on_another,
)
from digest.text import iterate_sentences
from digest.words import split_words

FARTHEST = 25  # sentences of an article; those further down are never the best
CAPTION_OPENING = 7  # words, within which a caption says what people do in the picture
FEWEST_WORDS = 8  # fewer tell little
# Only captions tell the weekday, the day and the year: "Wednesday, May 10, 2017".
DATED = re.compile(r"\b[A-Z]\w{3,12}, [A-Z]\w{2,9}\.? \d{1,2}, (?:19|20)\d\d\b")
# "Driving the news: Trump …", "Ola Vik / Splash Britney …": a label, or who took the picture.
LABEL = re.compile(r"[^:/“\"]{3,45}(?:: | / )[A-Z]")
DASHES = "—–―-…"
PERSON = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){1,3}\Z")
TOLD_IN_WORDS = re.compile(r"\b[^\W\d_A-Z]{3}")  # "Aug. 05, 2013 | 2: 47 p. m." is not
QUOTED = re.compile(r"[“\"][^“”\"]*+[”\"]")

Concept = str | tuple[str, str]
"""A word, or two words in a row."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a summary may take."""

    sentence: Sentence
    article: int
    place: int
    """Its number among the candidates of its article."""
    concepts: frozenset[Concept]
    roots: frozenset[str]
    """Of its words: "Iran" and "Iranian" have one."""
    length: int
    """In words."""
    speech: bool
    """Half of it or more is somebody's words."""
    sideways: bool
    """It opens its article, and speaks of somebody before it tells who that is."""
    leans_on: int | None
    """The place of the sentence before it without which it is not understood."""
    needs: frozenset[str]
    """What "The lawsuit" opens it with: one of these roots, or the sentence before, comes first."""


class _Lists(NamedTuple):
    """The words of one language that decide; `languages/en/summary.yaml` says what they are."""

    caption_verbs: frozenset[str]
    writer_words: frozenset[str]
    judging_starts: frozenset[str]
    page_starts: frozenset[str]
    page_phrases: tuple[str, ...]


def find_candidates(articles: Sequence[Article], *, most: int | None = None) -> list[Candidate]:
    """Return the sentences that can be taken, in the order of the articles and of their text.

    Captions, fragments, halves of a quote, questions and the writer's own voice cannot. With
    `most`, these are the first so many of each article, and the others cost no time.
    """
    return [
        candidate
        for number, article in enumerate(articles)
        for candidate in islice(_candidates_of(article, number), most)
    ]


def find_concepts(text: str, language: str | None) -> frozenset[Concept]:
    """Return what a text speaks of: its words that carry meaning, and each two in a row."""
    words = list(split_words(text, language=language))
    return frozenset((*words, *pairwise(words)))


def _candidates_of(article: Article, number: int) -> Iterator[Candidate]:
    language = article.facts.language
    lists = _load_lists(language)
    speech = sorted((part.start, part.end) for q in article.quotes for part in q.segments)
    people = {q.speaker for q in article.quotes if q.speaker and PERSON.match(q.speaker)}
    before: Candidate | None = None
    follows = False
    for order, sentence in enumerate(_sentences_of(article)):
        # Whoever "they" are, an article that opens so tells it in the same sentence.
        points = leans_on_another(sentence.text, language)
        leans = order > 0 and points
        stands = _can_stand(sentence.text, lists) and not _is_speech(sentence, speech)
        if follows := stands and (follows or not leans):
            words = list(split_words(sentence.text, language=language))
            before = Candidate(
                sentence=sentence,
                article=number,
                place=before.place + 1 if before else 0,
                concepts=frozenset((*words, *pairwise(words))),
                roots=find_roots(words),
                length=len(sentence.text.split()),
                speech=_is_mostly_speech(sentence.text),
                sideways=order == 0 and points,
                leans_on=_find_support(sentence, before) if leans and before else None,
                needs=_find_needs(sentence, article, people) if order else frozenset(),
            )
            yield before


def _find_needs(sentence: Sentence, article: Article, people: Iterable[str]) -> frozenset[str]:
    language = article.facts.language
    need = find_need(sentence.text, article.text[: sentence.start], language)
    return need or find_strangers(sentence.text, people, language)


def _sentences_of(article: Article) -> Iterator[Sentence]:
    spans = iterate_sentences(article.text, language=article.facts.language)
    for span in islice(spans, FARTHEST):
        start = span.start + measure_dateline(span.text, article.facts.language)
        text = article.text[start : span.end]
        yield Sentence(article=article.path, text=text, start=start, end=span.end)


def _find_support(sentence: Sentence, before: Candidate) -> int:
    """Return the place of the sentence that one which leans needs.

    Of three in a row, "Lund said … She will … She has …", the third needs the first only.
    """
    same = sentence.text.split()[0] == before.sentence.text.split()[0]
    return before.leans_on if same and before.leans_on is not None else before.place


def _can_stand(text: str, lists: _Lists) -> bool:
    words = text.split()
    if len(words) < FEWEST_WORDS or words[0] in lists.page_starts or not _is_whole(text):
        return False
    if LABEL.match(text) or DATED.search(text):
        return False
    if not lists.caption_verbs.isdisjoint(words[:CAPTION_OPENING]):
        return False
    if words[0].rstrip(",") in lists.judging_starts:
        return False
    plain = QUOTED.sub("", text)
    if not lists.writer_words.isdisjoint(WORD.findall(plain)):
        return False
    lower = text.lower()
    return not any(phrase in lower for phrase in lists.page_phrases)


def _is_whole(text: str) -> bool:
    """Tell whether it begins and ends like a statement, with marks and brackets closed."""
    return (
        not text.lstrip(MARKS + DASHES)[:1].islower()
        and text.rstrip(MARKS).endswith((".", "!"))
        and not text.endswith(("...", "…", " ."))
        and text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
        and text.count("(") == text.count(")")
        and TOLD_IN_WORDS.search(text) is not None
    )


def _is_speech(sentence: Sentence, speech: Sequence[tuple[int, int]]) -> bool:
    """Tell whether somebody's words are all that is there: nobody would know whose."""
    before = bisect_right(speech, (sentence.start + 1, inf))
    return before > 0 and sentence.end <= speech[before - 1][1] + 2


def _is_mostly_speech(text: str) -> bool:
    return sum(len(match[0]) for match in QUOTED.finditer(text)) >= len(text) / 2


@cache
def _load_lists(language: str | None) -> _Lists:
    words = load_words(language, "summary")
    return _Lists(
        caption_verbs=frozenset(words["caption_verbs"]),
        writer_words=frozenset(words["writer_words"]),
        judging_starts=frozenset(words["judging_starts"]),
        page_starts=frozenset(words["page_starts"]),
        page_phrases=words["page_phrases"],
    )
