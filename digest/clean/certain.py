"""Tells lines that no article holds, whatever the model says of them, and why they go."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import get_args

from digest.clean.looks import Columns, Text
from digest.clean.names import NAME
from digest.language import load_words
from digest.models import Reason

REASONS: tuple[Reason, ...] = get_args(Reason)

# What is a label if it is the whole line; a section's name may be a heading of the article too.
LABELS: tuple[Reason, ...] = (
    "promotion",
    "share",
    "comments",
    "advertisement",
    "consent",
    "teaser",
)

# A long paragraph may speak of cookies or of a photo by somebody; a short line announces them.
# Of 1000 lines with such signs, 30 are part of an article (234 scraped English articles).
LONGEST = 60
LABEL_END = re.compile(r"\s?[:|»]")
CREDIT = r"\((?:[^()]*/[^()]*|[^()]*\b(?:{agencies})\b[^()]*)\)\.?$"
TRUNCATED = re.compile(r"(?: (?:…|\.\.\.)|\[(?:…|\.\.\.)\])$")
SIGNED = 12  # words of a byline
SIGNATURE = re.compile(r"\w+ [A-Z][\w.'’-]+ [A-Z]")
DATED = 6  # words of a line that is a date and nothing else
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SHOUTED = 6  # words: a headline in capitals is longer than a heading in capitals
NOTE = 10  # words: a line that starts with the author's name and tells about him or her
REPEATED = 8  # words: no reporter writes as many twice in a row


@cache
def load_credit(language: str | None) -> re.Pattern[str]:
    """Return the pattern of a credit in brackets at the end of a caption."""
    agencies = "|".join(map(re.escape, load_words(language, "clean")["agencies"]))
    return re.compile(CREDIT.format(agencies=agencies), re.IGNORECASE)


@cache
def load_labels(language: str | None) -> Mapping[str, Reason]:
    """Return the reasons of what stands before a colon: {"related": "teaser"}."""
    lists = load_words(language, "clean")
    return MappingProxyType(
        {label: reason for reason in REASONS for label in lists.get(f"{reason} label", ())}
    )


def find_certain(text: Text, columns: Columns, language: str | None) -> list[Reason | None]:
    """Return for each line the reason why it can't be part of the article, if one is certain."""
    credit, labels = load_credit(language), load_labels(language)
    return [
        _of_phrases(text.cues[i])
        or labels.get(LABEL_END.split(line.text[:40].lower(), maxsplit=1)[0])
        or ("caption" if credit.search(line.text[-200:]) else None)
        or ("teaser" if TRUNCATED.search(line.text) else None)
        or _of_place(text, i, columns)
        if len(text.words[i]) <= LONGEST
        else None
        for i, line in enumerate(text.lines)
    ]


def _of_phrases(cues: frozenset[str]) -> Reason | None:
    whole = (reason for reason in LABELS if f"{reason} line" in cues)
    return next(whole, None) or next((r for r in REASONS if f"{r} sure" in cues), None)


def _of_place(text: Text, i: int, columns: Columns) -> Reason | None:
    size, line = len(text.words[i]), text.lines[i].text
    if size <= SIGNED and "byline start" in text.cues[i] and SIGNATURE.match(line):
        return "byline"
    if size <= DATED and columns["date"][i] and YEAR.search(line) and line[0].isalnum():
        return "date"
    if size >= SHOUTED and columns["capitals only"][i]:
        return "teaser"
    ending = columns["prose before"][i] > 0.5 and columns["prose after"][i] < 0.2
    if size >= NOTE and ending and (columns["author"][i] or _is_note(text, i)):
        return "bio"
    near = [text.words[k] for k in (i - 1, i + 1) if 0 <= k < len(text.words)]
    if size >= REPEATED and (text.words[i] in near or _is_pulled(text, i, columns)):
        return "teaser"
    return None


def _is_note(text: Text, i: int) -> bool:
    """Tell whether a line starts with a name and says what that person works as."""
    return "bio within" in text.cues[i] and NAME.match(text.lines[i].text) is not None


def _is_pulled(text: Text, i: int, columns: Columns) -> bool:
    """Tell whether a longer line says the same words: this one was pulled out of it."""
    if columns["said elsewhere"][i] < 1:
        return False
    words = " ".join(text.words[i])
    return any(
        words in " ".join(other) for other in text.words if len(other) > len(text.words[i]) + 2
    )
