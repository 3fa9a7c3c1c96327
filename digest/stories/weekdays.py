"""Tells undated reports apart by the weekday that they name: those of one event name the same."""

import re
from collections.abc import Sequence
from functools import cache

from digest.language import load_words
from digest.models import Article
from digest.stories.pairs import Pairs

# Of pairs that are about as alike as stories are, those of one event name the same weekday first
# five times as often as those of two, and another one a fifth as often (NeuS; ECB+ half of that).
# B-cubed of NeuS and ECB+ is .836 and .926 with these two, .823 and .912 without, and .821 and
# .916 with 1.4 and .6 (tests/quality/measure_stories.py).
SAME_DAY, OTHER_DAY = 1.2, 0.8


def compare_weekdays(pairs: Pairs, named: Sequence[str | None]) -> Pairs:
    """Return the likeness of texts, more where two undated ones name the same weekday first.

    `named` holds that weekday for each text that is undated and names one.
    """
    return [
        {b: likeness * _agree(day, named[b]) for b, likeness in row.items()} if day else row
        for day, row in zip(named, pairs, strict=True)
    ]


def _agree(day: str, other: str | None) -> float:
    if other is None:
        return 1.0
    return SAME_DAY if day == other else OTHER_DAY


def find_weekday(article: Article) -> str | None:
    """Return the weekday that an undated article names first."""
    if article.facts.published:
        return None
    match = _weekday(article.facts.language).search(article.text)
    return match[0] if match else None


@cache
def _weekday(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_words(language, 'stories')['weekdays'])})\b")
