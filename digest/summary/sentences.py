"""Chooses the sentences that tell a story in a row."""

import re
from collections.abc import Mapping, Sequence
from math import exp, fsum  # fsum: the order of a set does not matter
from typing import NamedTuple

from digest.language import load_words
from digest.models import Article, Sentence
from digest.summary.candidates import FEWEST_WORDS, Candidate, Concept
from digest.summary.concepts import weigh_story

SENTENCES = 3
# Measured with tests/quality/measure_summaries.py; the figures change little around these.
DEPTH = 0.7  # sentences: one that comes next in its article is taken for four times the gain
EVENTS_FIRST = 3  # sentences that tell what happened, before any that tells who said what about it
COST = 40  # words: a sentence costs so many more than it has; a long one is worth its words
# Of a single article, those further down are hardly ever taken while there are so many more than
# asked for: the same summaries as with all of them for 1,431 of 1,435 articles.
SPARE = 2
# Three sentences of 40 words are no short summary. On CNN/Daily Mail ROUGE-1 and ROUGE-2 are
# 42.2 and 19.8 with this limit, 41.5 and 19.5 without.
WORDS_EACH = 30
# A sentence of twice the words for which there is room is worth a quarter (1/2²): on NeuS in 40
# words 37.8 and 16.9, and 37.7 and 16.7 without.
OVER = 2
SAME = 0.5  # share of the shorter sentence's roots that another has too: it says the same again
# Reports on one event tell it in other words. A sentence of a further article may have this share
# of its roots in common with the others: its first sentence tells the event again or begins
# sideways, the second often does, any other one seldom. Where many words were asked for, more may
# be told again, and in the end anything. Those who read count this, not ROUGE: 37.8 and 16.9 on
# NeuS, 45.7 and 14.6 on Multi-News, and 37.9 and 17.1, 45.8 and 14.5 without.
TOLD = (-1.0, 0.3, 0.4)
TOLD_AT_LENGTH = (-1.0, 0.3, 0.6)
ANYTHING = (1.0,)
# What somebody says in a headline: 'I am here', says Lund; Lund: I am here.
SAID = re.compile(r"(?:(?<=\s)|^)[“\"‘'].{1,200}?[”\"’'](?=[\s,.:;?!]|$)|: .*")
SIDEWAYS = 0.25  # what a first sentence is worth that speaks of "him" before it tells who he is


class _Length(NamedTuple):
    """How long a summary is to be."""

    sentences: int
    words: int | None

    def room(self, chosen: Sequence[Candidate]) -> int:
        """Return for how many words there is room."""
        limit = WORDS_EACH * self.sentences if self.words is None else self.words
        return limit - sum(candidate.length for candidate in chosen)

    def is_reached(self, chosen: Sequence[Candidate]) -> bool:
        """Tell whether the summary is as long as was asked for."""
        return len(chosen) >= self.sentences if self.words is None else self.room(chosen) <= 0

    def ends_before(self, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Tell whether the summary is long enough without this sentence."""
        return self.words is None and bool(chosen) and candidate.length > self.room(chosen)


def summarize_articles(
    articles: Sequence[Article], *, sentences: int = SENTENCES, words: int | None = None
) -> tuple[Sentence, ...]:
    """Return verbatim sentences that tell the story, those of one article together.

    With `words`, whole sentences are added until that many words are reached. Otherwise there
    are `sentences` of them, or fewer if they are longer than 30 words each. There are fewer, too,
    where the articles have no more to tell.
    """
    length = _Length(sentences, words)
    reports = tuple(article for article in articles if not _is_opinion(article))
    chosen = _tell(reports, length) or _tell(tuple(articles), length)
    return tuple(candidate.sentence for candidate in _in_order(chosen))


def _tell(story: tuple[Article, ...], length: _Length) -> list[Candidate]:
    """Return the sentences of a summary, the best one first."""
    sentences, words = length
    most = SPARE + (sentences if words is None else words // FEWEST_WORDS)
    chosen, full = _choose(story, length, most if len(story) == 1 else None)
    if not full and len(story) == 1:
        chosen, _ = _choose(story, length, None)
    return chosen


def _choose(
    story: tuple[Article, ...], length: _Length, most: int | None
) -> tuple[list[Candidate], bool]:
    """Return the best sentences, the best one first, and whether they are long enough.

    With `most`, they are some of the first so many of each article.
    """
    candidates, weights = weigh_story(story, most)
    left = list(candidates)
    chosen: list[Candidate] = []
    while not length.is_reached(chosen):
        room = length.room(chosen)
        told = TOLD if length.words is None else TOLD_AT_LENGTH
        best = _find_best(left, chosen, weights, room=room, told=told)
        if best is None and length.words is not None:
            best = _find_best(left, chosen, weights, room=room, told=ANYTHING)
        if best is None:
            return chosen, False
        if length.ends_before(best, chosen):
            break
        left.remove(best)
        chosen.append(best)
    return chosen, True


def _is_opinion(article: Article) -> bool:
    """Tell whether the headline says that somebody argues here: that reports nothing."""
    words = load_words(article.facts.language, "summary")
    title = article.facts.title or ""
    lower = title.lower()
    judges = lower.startswith(words["opinion_titles"])
    judges = judges or any(phrase in lower for phrase in words["opinion_phrases"])
    own = SAID.sub("", title).split()
    return judges or not frozenset(words["opinion_words"]).isdisjoint(own)


def choose_lead(summary: Sequence[Sentence]) -> Sentence | None:
    """Return the one sentence that stands for the story in lists and feeds."""
    return summary[0] if summary else None


def _find_best(
    left: Sequence[Candidate],
    chosen: Sequence[Candidate],
    weights: Mapping[Concept, float],
    *,
    room: int,
    told: Sequence[float],
) -> Candidate | None:
    """Return the sentence that adds most to the chosen ones for each of its words.

    Where only words of speakers are left, the summary is told: key quotes are shown below it.
    """
    known = {concept for candidate in chosen for concept in candidate.concepts}

    def gain(candidate: Candidate) -> float:
        new = fsum(map(weights.__getitem__, candidate.concepts - known))
        fits = min(1.0, room / candidate.length) ** OVER
        opens = SIDEWAYS if candidate.sideways else 1
        return new / (candidate.length + COST) * exp(-candidate.place / DEPTH) * fits * opens

    understood = [c for c in left if _is_understood(c, chosen)]
    fit = [c for c in understood if not _says_again(c, chosen, told)]
    events = [candidate for candidate in fit if not candidate.speech]
    if chosen and not events:
        return None
    if events and len(chosen) < EVENTS_FIRST:
        fit = events
    return max(fit, key=lambda c: (gain(c), -c.article, -c.place), default=None)


def _is_understood(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    mine = [c for c in chosen if c.article == candidate.article and c.place < candidate.place]
    if candidate.leans_on is not None and all(c.place != candidate.leans_on for c in mine):
        return False
    told_before = [*mine, *chosen[:1]]
    return (
        not candidate.needs
        or any(c.place == candidate.place - 1 for c in mine)
        or any(not candidate.needs.isdisjoint(c.roots) for c in told_before)
    )


def _says_again(candidate: Candidate, chosen: Sequence[Candidate], told: Sequence[float]) -> bool:
    mine = candidate.roots
    if any(len(mine & c.roots) > SAME * min(len(mine), len(c.roots)) for c in chosen):
        return True
    others = [c.roots for c in chosen if c.article != candidate.article]
    if not others:
        return False
    share = told[min(candidate.place, len(told) - 1)]
    return len(mine & frozenset().union(*others)) > share * len(mine)


def _in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences article by article, the article of the best sentence first."""
    first: dict[int, int] = {}
    for rank, candidate in enumerate(chosen):
        first.setdefault(candidate.article, rank)
    return sorted(chosen, key=lambda c: (first[c.article], c.place))
