"""Finds where a report begins that tells its place first, as those of agencies do."""

import re
from functools import cache

from digest.clean.looks import Columns, Text
from digest.language import load_words

# "ST. JOSEPH, Mich. (AP) — ", "ACCRA, March 4 (Reuters) - ": of 203 scraped English articles, 20
# have such a paragraph, and it is the first one of each. "P.S. — " has no two capitals in a row.
_PLACE = r"(?=[^a-z]{0,30}[A-ZÀ-Þ]{2})[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{2,30}[A-ZÀ-Þ.]"
_REGION = r"(?:, [A-Z][\w.’' -]{1,28})?"
_DASH = r"\s?(?:—|–|--|(?<=[ )])-(?= ))"
PLACED = re.compile(rf"{_PLACE}{_REGION}(?: ?\([\w/ .]{{2,30}}\))?{_DASH}")
STARTED = 0.35  # share of the prose above a dateline: below more of it, another report begins


@cache
def load_signed(language: str | None) -> re.Pattern[str]:
    """Return the pattern of a place and an agency of a language: "Berlin (dpa) – "."""
    agencies = "|".join(map(re.escape, load_words(language, "clean")["wires"]))
    return re.compile(rf"[A-ZÀ-Þ][\w.’' ,-]{{2,40}} ?\((?i:{agencies})\){_DASH}")


def find_dateline(text: Text, columns: Columns, language: str | None) -> int | None:
    """Return the line of the paragraph that a place starts, `None` if the report has none."""
    signed = load_signed(language)
    for i, line in enumerate(text.lines):
        if columns["prose before"][i] > STARTED:
            return None
        if text.prose[i] and (PLACED.match(line.text) or signed.match(line.text)):
            return None if "teaser start" in text.cues[i] else i
    return None
