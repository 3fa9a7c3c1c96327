"""Finds what a scraped text tells about itself: title, authors, times, source, language."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

from digest.clean.bylines import Around, find_authors
from digest.clean.datelines import find_only_day, find_times
from digest.clean.headlines import find_headline, find_title
from digest.clean.looks import Text, load_word_sets
from digest.clean.reasons import told_reason
from digest.language import load_words
from digest.models import Facts

LANGUAGES = ("en", "de")
ENOUGH_COMMON = 0.12  # the share of common words in running text is twice that, in menus half
SAMPLE = 650  # words from the middle of a text tell its language

ABOVE = 6  # lines above the headline may still be its date and its author
MOST_HEAD = 60  # lines near the headline, and as many near the article: the rest is menus
BESIDE = 20  # so may lines this far below the headline, if the article has begun already
BELOW = 8  # lines below the article may tell them too
CAPITALISED = r"[A-Z][\w&.]*(?: (?:of |the |and |& )?[A-Z][\w&.]*){0,4}"


def find_facts(text: Text, kept: Sequence[bool], language: str | None) -> Facts:
    """Return what the lines around the article tell about it."""
    inside = [i for i, keep in enumerate(kept) if keep] or [0]
    first = next((i for i in inside if text.prose[i]), inside[0])
    headline = find_headline(text, inside, language)
    removed = [i for i, keep in enumerate(kept) if not keep]
    above = _lines_above(first, headline, [i for i in removed if i < inside[-1]])
    tail = [i for i in removed if inside[-1] < i <= inside[-1] + BELOW]
    notes = [i for i in removed if text.cues[i] and told_reason(text.cues[i]) == "bio"]
    around = Around(headline=headline, above=above, below=[*tail, *notes], body=inside)
    published, updated = find_times(text, above, tail, language)
    below = [i for i in removed if i > first]
    return Facts(
        title=find_title(text, headline, first),
        author=find_authors(text, around, language),
        source=find_source(text, removed, language),
        published=published or find_only_day(text, below, language),
        updated=updated,
        language=language,
    )


def _lines_above(first: int, headline: int, removed: Sequence[int]) -> list[int]:
    """Return the lines below the headline, down to what stands beside the first paragraphs.

    Then those right above the headline, the nearest first.
    """
    above = [i for i in range(max(0, headline - ABOVE), first) if i != headline]
    late = [i for i in removed if first < i < headline + BESIDE]
    nearest = [*above[:MOST_HEAD], *above[MOST_HEAD:][-MOST_HEAD:], *late]
    return sorted(nearest, key=lambda i: (i < headline, abs(i - headline)))


@cache
def _load_source_words(language: str | None) -> tuple[Sequence[str], re.Pattern[str]]:
    """Return what stands before the name of a publisher, and the pattern of both."""
    phrases = load_words(language, "clean")["source before"]
    start = "|".join(map(re.escape, phrases))
    return phrases, re.compile(rf"\b(?i:({start})) (?:the newsletter of )?({CAPITALISED})")


def find_source(text: Text, removed: Sequence[int], language: str | None) -> str | None:
    """Return the publisher that two lines around the article name alike, if any."""
    lines = [text.lines[i].text for i in removed]
    phrases, pattern = _load_source_words(language)
    if sum(map("\n".join(lines).lower().count, phrases)) < 2:
        return None
    named: Counter[str] = Counter()
    for line in lines:
        matches = {(m[1].lower(), m[2]) for m in pattern.finditer(line)}
        named.update(sorted({name for _, name in matches}))
    best = sorted((-count, name) for name, count in named.items() if count > 1)
    return best[0][1] if best else None


def find_language(lines: Iterable[Sequence[str]]) -> str | None:
    """Return the language whose common words are many of the words of the lines, or `None`."""
    words = list(chain.from_iterable(lines))
    middle = max(0, len(words) - SAMPLE) // 2
    words = words[middle : middle + SAMPLE]
    shares = {
        language: sum(map(load_word_sets(language).common.__contains__, words))
        for language in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda language: shares[language])
    return best if shares[best] > ENOUGH_COMMON * len(words) else None
