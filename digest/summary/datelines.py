"""Finds the date line of a report: where it was written and by whom, which is not the news."""

import re
from functools import cache

from digest.language import load_words

CITY = r"[A-Z][A-Z.'’/-]+(?:[ ,]+[A-Z][A-Z.'’/-]+){0,4}"
LAND_AND_DAY = r"(?:,? [A-Z][\w.]{1,12}){0,3}(?:,? \d{1,2})?"
MARKS = ("—", " -", "(", "–", "―")  # no date line is without one of them
LONGEST = 120  # characters
DASH = r"(?: ?[—–―] ?| -{1,2} )"


def measure_dateline(text: str, language: str | None) -> int:
    """Return how many characters of a sentence are its date line, mostly none.

    "PORT VIK, Fla., June 3 (AP) — ", "VIK—", "(Reuters) - " and "Vik, Skarholm (CNN) " are ones.
    """
    start = text[:LONGEST]
    if not any(mark in start for mark in MARKS):
        return 0
    match = _dateline(language).match(text)
    return match.end() if match else 0


@cache
def _dateline(language: str | None) -> re.Pattern[str]:
    agencies = "|".join(map(re.escape, load_words(language, "summary")["agencies"]))
    return re.compile(
        rf"(?:{CITY}{LAND_AND_DAY}(?: ?\([^()\n]{{1,40}}\))?{DASH}"
        rf"|(?:[A-Z][\w.'’-]{{1,20}}(?:,? [A-Z][\w.]{{1,20}}){{0,4}} )?\((?:{agencies})\)"
        rf"(?:{DASH}| ?)"
        rf"|\([A-Z][\w ]{{1,30}}\){DASH}"
        r"|[—–―] )"
        r"(?=[A-Z\d“‘\"'])"
    )
