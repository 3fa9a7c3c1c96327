"""Tells lines that no article holds, whatever the model says of them, and why they go."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import get_args

from digest.clean.looks import Columns, Text
from digest.clean.marks import STAMPED, load_marks, read_marks, read_stamp
from digest.clean.names import NAME, find_names
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
SETTLED = {f"{reason} line": reason for reason in LABELS} | {
    f"{reason} {place}": reason for place in ("sure", "brief", "opening") for reason in REASONS
}
RANKS = {cue: rank for rank, cue in enumerate(SETTLED)}

# A long paragraph may speak of cookies or of a photo by somebody; a short line announces them.
# Of 1000 lines with such signs, 32 are part of an article (234 scraped English articles).
LONGEST = 60
LABELLED = re.compile(r"([^:»|]{0,39})[:»|]")
LABEL_WORDS, HEADLINE_WORDS = 5, range(4, 26)  # of a label, and of the headlines below it
AGO = 5  # words: "Updated 3 hours ago"
SHOUTED = 6  # words: a headline in capitals is longer than a heading in capitals
NOTE = 10  # words: a line that starts with the author's name and tells about him or her
REPEATED = 8  # words: no reporter writes as many twice in a row
QUOTED = '“„"«'
PULLED = 1_000  # characters: a longer line is no paragraph that another was pulled out of
STARTED, ENDING, ENDED = 0.05, 0.5, 0.8  # share of the prose that is above a line
NEAR, BYLINE = 12, 120  # lines above the article that may name its author; and characters
MOST_QUOTES = 200  # lines that are looked for elsewhere
WORD = 5  # characters: two words more make a line a longer one


@cache
def load_labels(language: str | None) -> Mapping[str, Reason]:
    """Return the reasons of what stands before a colon: {"related": "teaser"}."""
    lists = load_words(language, "clean")
    return {label: reason for reason in REASONS for label in lists.get(f"{reason} label", ())}


def find_certain(text: Text, columns: Columns, language: str | None) -> list[Reason | None]:
    """Return for each line the reason why it can't be part of the article, if one is certain."""
    labels, marks = load_labels(language), load_marks(language)
    authors = _find_authors(text, columns, language)
    pulled = _find_pulled(text)
    found = [
        (text.cues[i] and _of_phrases(text.cues[i]))
        or labels.get(_read_label(line.text))
        or _of_start(text, i, columns)
        or read_marks(line.text, text.words[i], marks)
        or _of_place(text, i, columns, authors)
        or ("teaser" if i in pulled else None)
        if 0 < len(text.words[i]) <= LONGEST
        else None
        for i, line in enumerate(text.lines)
    ]
    return spread_teasers(text, found)


def _of_phrases(cues: frozenset[str]) -> Reason | None:
    settled = [cue for cue in cues if cue in SETTLED]
    return SETTLED[min(settled, key=RANKS.__getitem__)] if settled else None


def _read_label(line: str) -> str:
    """Return what stands before the first colon, in lower case; "" if there is none."""
    match = LABELLED.match(line)
    return match[1].strip().lower() if match else ""


def _of_place(text: Text, i: int, columns: Columns, authors: tuple[str, ...]) -> Reason | None:
    size, line, above = len(text.words[i]), text.lines[i].text, columns["prose before"][i]
    if "navigation line" in text.cues[i] and STARTED < above < 1 - STARTED:
        return "navigation"
    ending = above > ENDING and columns["prose after"][i] < 1 - ENDED
    if size >= NOTE and ending and (line.startswith(authors) or _is_note(text, i)):
        return "bio"
    again = size >= REPEATED and i > 0 and text.words[i] == text.words[i - 1]
    return "teaser" if again or (size >= SHOUTED and line.isupper()) else None


def _of_start(text: Text, i: int, columns: Columns) -> Reason | None:
    cues, size = text.cues[i], len(text.words[i])
    if "copyright start" in cues:
        return "copyright"
    if "date end" in cues and size <= AGO:
        return "date"
    if size > STAMPED:
        return None
    return read_stamp(
        text.lines[i].text,
        size,
        dated=columns["date"][i] > 0,
        signed="byline start" in cues,
        said="date start" in cues,
    )


def _is_note(text: Text, i: int) -> bool:
    """Tell whether a line starts with a name and says what that person works as."""
    return "bio within" in text.cues[i] and NAME.match(text.lines[i].text) is not None


def _find_authors(text: Text, columns: Columns, language: str | None) -> tuple[str, ...]:
    """Return the names that lines right above the article start with, perhaps after "By"."""
    by = tuple(f"{word} " for word in load_words(language, "clean")["by"])
    head = [
        line.text
        for line, distance in zip(text.lines, columns["after body start"], strict=True)
        if -NEAR <= distance <= 0 and len(line.text) < BYLINE
    ]
    return tuple(sorted({f"{name} " for line in head for name in find_names(_drop_by(line, by))}))


def _drop_by(line: str, by: tuple[str, ...]) -> str:
    said = line.lower()
    if not said.startswith(by):
        return line
    return line[len(next(start for start in by if said.startswith(start))) :]


def _find_pulled(text: Text) -> frozenset[int]:
    """Return the quotes whose words a longer line says too: they were pulled out of it."""
    quotes = [
        i
        for i, (line, words) in enumerate(zip(text.lines, text.words, strict=True))
        if REPEATED <= len(words) <= LONGEST and line.text[0] in QUOTED
    ]
    if not quotes:
        return frozenset()
    said = [" ".join(words) for words in text.words]
    whole = "\n".join(said)
    again = [i for i in quotes[:MOST_QUOTES] if whole.count(said[i]) > 1]
    return frozenset(i for i in again if any(_says_more(other, said[i]) for other in said))


def _says_more(other: str, line: str) -> bool:
    return line in other and len(line) + 2 * WORD < len(other) < PULLED


def spread_teasers(text: Text, reasons: Sequence[Reason | None]) -> list[Reason | None]:
    """Return the reasons, with the headlines gone that a label like "Read more" stands above.

    The list of other stories ends with the next sentence, and with the next line that has
    another reason to go.
    """
    spread, listed = list(reasons), False
    for i, (words, reason) in enumerate(zip(text.words, reasons, strict=True)):
        line = text.lines[i].text
        if len(words) <= LABEL_WORDS and ("teaser line" in text.cues[i] or reason == "teaser"):
            listed = True
        elif reason not in (None, "teaser") or line[-1] in ".:" or text.prose[i]:
            listed = False
        elif listed and len(words) in HEADLINE_WORDS:
            spread[i] = "teaser"
    return spread
