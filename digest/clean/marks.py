"""Tells by its marks that a line is no part of an article: credits, counters, dates, buttons."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from digest.language import load_words
from digest.models import Reason

# Each rule was kept that hits lines of articles once in ten times at most, on three sites or more
# (of 234 scraped English articles in three kinds of scrape; together they hit 1500 lines).
TAIL, LABEL = 120, 30  # characters at the end of a line that may hold a credit; of a label
FEW, BRIEF = 5, 20  # words of a counter; of a headline or a prompt
CONTACT, CHROME = 8, 9  # words of a line around an address; of a row of buttons
NAMED, GREETING = 4, 12  # words of the line above a reader's comment, without and with a date
TOLD = 10  # words: a line with less beside a whole date is a date line
DATED, STAMPED = 6, 18  # words of a line that is a date; of one with author, date and time
TRUNCATED = re.compile(r"(?: (?:…|\.\.\.)|\[(?:…|\.\.\.)\])$")
COUNTER = re.compile(r"(?:\w+ )?\d+ ?(?:/|[a-z]{2,3}) ?\d+|\d{1,2}:\d\d(?::\d\d)?", re.IGNORECASE)
AGO = re.compile(r"\d+ ?(?:h|hrs?|min|mins|d)(?: ago)?", re.IGNORECASE)
ARROWS = ("»", ">>", "→", "›")
ADDRESS = re.compile(r"\S@\S+\.\w")
HANDLED = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3},? @\w")  # "Ann Ash @annash"
BYLINE = re.compile(r"(?:\w+ ){1,2}[A-Z][\w.'’-]+ [A-Z]")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")

# A name behind the last sentence: "The new launch pad. Ann Ash for The Herald". Before it stands
# a word that is no abbreviation: "said U.S. Attorney Ann Ash".
_SENTENCE = r"(?:[a-z]\w{2,}|\d{4}|[A-Z]\w{4,}|[”\"’)])[.!?][\"”’)]? ?"
# The possessive quantifiers leave one way to part names: "SSSS…" had thousands of millions.
_NAMES = r"(?:(?:[A-Z@©][\w'’&-]*+\.?+|[/-]|[a-z]{2,3}+|\w\.)[ /,]{0,3}+){1,8}+"
SIGNED = re.compile(rf"{_SENTENCE}(?=[A-Z@©/]){_NAMES}$")


# A sentence, and a credit behind it: "The flood in May. (Ann Ash)"; or nothing but the credit.
CREDITED = re.compile(r"(?:^|[.!?][”\"’]? )\(([A-Z][^()!?]{1,40})\)$")
PARTICLE = 3  # letters: "(Museum of the City)"


class Marks(NamedTuple):
    """What marks furniture in a language."""

    agency: re.Pattern[str]
    """Brackets with an agency in them, at the end of a caption."""
    credit: re.Pattern[str]
    """ "Photo: Ann Ash" at the end of a caption."""
    dated: re.Pattern[str]
    """ "Friday, May 3, 2024": a caption tells the whole date, an article "on Friday"."""
    beside: re.Pattern[str]
    """ "Ann Ash (left)" """
    told_otherwise: re.Pattern[str]
    """ "Rain floods the old town – video" """
    glued: tuple[str, ...]
    commenting: frozenset[str]
    chrome: frozenset[str]


@cache
def load_marks(language: str | None) -> Marks:
    """Return what marks furniture in a language."""
    words, dates = load_words(language, "clean"), load_words(language, "dates")
    months = "|".join(name for number in range(1, 13) for name in dates[f"month {number}"])
    agencies, credits, formats, sides = (
        "|".join(map(re.escape, words[name]))
        for name in ("agencies", "credits", "formats", "sides")
    )
    return Marks(
        agency=re.compile(
            rf"\((?:[^()]*/[^()]*|[^()]*\b(?:{agencies})\b[^()]*)\)\.?$", re.IGNORECASE
        ),
        credit=re.compile(rf"(?:^|[\s.(,\"”|])(?i:{credits}): ?[A-Z@©(\[][^:]{{1,60}}$"),
        dated=re.compile(rf", (?<=[^\W\d], )(?i:{months})\.? \d{{1,2}}, \d{{4}}\b"),
        beside=re.compile(rf"\w \((?i:{sides})\)"),
        told_otherwise=re.compile(rf" [–—-] (?i:{formats})$"),
        glued=words["glued"],
        commenting=frozenset(words["commenting"]),
        chrome=frozenset(words["chrome"]),
    )


def read_marks(line: str, words: Sequence[str], marks: Marks) -> Reason | None:
    """Return why a line of ordinary length can't be part of an article, if its marks tell."""
    size = len(words)
    if _is_caption(line, size, marks):
        return "caption"
    if TRUNCATED.search(line, max(0, len(line) - FEW)):
        return "teaser"
    if size <= BRIEF and (_is_link(line) or marks.told_otherwise.search(line[-TAIL:])):
        return "teaser"
    return _read_short(line, words, marks) if size <= GREETING else None


def _read_short(line: str, words: Sequence[str], marks: Marks) -> Reason | None:
    size = len(words)
    if size <= FEW and COUNTER.fullmatch(line):
        return "caption"
    if size <= FEW and AGO.fullmatch(line):
        return "date"
    if size <= CONTACT and "@" in line and ADDRESS.search(line):
        return "notice"
    if size <= CHROME and "@" in line and HANDLED.match(line):
        return "byline"
    if _is_greeting(line, words, marks):
        return "comments"
    return "navigation" if size <= CHROME and _is_chrome(words, marks.chrome) else None


def _is_caption(line: str, size: int, marks: Marks) -> bool:
    end = line[-TAIL:]
    return (
        (line.endswith((")", ").")) and marks.agency.search(end) is not None)
        or (":" in end and marks.credit.search(end) is not None)
        or (line[-1] == ")" and _is_credited(end))
        or ("(" in line and marks.beside.search(line) is not None)
        or (line[-1] not in ".|" and line[0] != "|" and _is_signed(end))
        or (size > TOLD and ", " in line and marks.dated.search(line) is not None)
        or line[:LABEL].lower().startswith(marks.glued)
    )


def _is_credited(end: str) -> bool:
    """Tell whether the name of an agency or of a photographer stands in brackets at the end."""
    match = CREDITED.search(end)
    if not match or (" " in match[1] and match[1].isupper()):
        return False
    return all(name[0].isupper() for name in match[1].split() if len(name) > PARTICLE)


def _is_signed(end: str) -> bool:
    return ("." in end or "!" in end or "?" in end) and SIGNED.search(end) is not None


def _is_greeting(line: str, words: Sequence[str], marks: Marks) -> bool:
    """Tell whether a line says who wrote a comment: "Ann Ash says:", "Ann, May 3, 9:12, said:"."""
    if line[-1] != ":" or len(words) < 2 or words[-1] not in marks.commenting:
        return False
    return len(words) <= NAMED or CLOCK.search(line) is not None


def _is_link(line: str) -> bool:
    """Tell whether a short line leads elsewhere: "All stories »", "Rain falls | The Herald"."""
    return line.endswith(ARROWS) or (" | " in line and line[0] != "|")


def _is_chrome(words: Sequence[str], chrome: frozenset[str]) -> bool:
    if chrome.isdisjoint(words):
        return False
    told = [word for word in words if not word.isdigit()]
    return len(told) > 1 and chrome.issuperset(told)


def read_stamp(line: str, size: int, *, dated: bool, signed: bool, said: bool) -> Reason | None:
    """Return whether a line tells who wrote the article, or when, or both.

    "By Ann Ash | May 3, 2024, 6:18 p.m." Told whether a date is in it, and whether it starts like
    a byline, or like "Updated".
    """
    if signed and size <= GREETING and BYLINE.match(line):
        return "byline"
    if size > STAMPED or not ("19" in line or "20" in line) or not YEAR.search(line):
        return None
    if dated and size <= DATED and line[0].isalnum():
        return "date"
    timed = dated and CLOCK.search(line) and line[0].isalpha()
    if said or (timed and (size <= GREETING or line[-1] != "." or line.endswith(".m."))):
        return "byline" if signed else "date"
    return None
