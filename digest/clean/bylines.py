"""Finds who wrote an article: in bylines above and below it, and in notes about people."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from digest.clean.cues import split_words
from digest.clean.datelines import load_date_words
from digest.clean.looks import Text
from digest.clean.names import NAME, find_names
from digest.dates import find_dates
from digest.language import load_words

BYLINE_WORDS = 24  # with jobs, places and times
DATE_WORDS = 12  # of a line beside the byline
JOB_WORDS = 8  # of a line that tells a job
NOTES = 3  # lines over which the notes about several authors may run
NOTE_WORDS = 10  # a note about a person tells the job within its first words
PARTS = re.compile(r"\s*[|•·∙*/]\s*|\s+[-–—]\s+|\s*:\s+")
MARK = re.compile("[|•·∙*/–—:-]")  # every part ends at one
HANDLE = re.compile(r"\s?@\w")
YEAR = re.compile(r"\b(?:19|20)\d\d(?!\d)")
DATED = frozenset({"date start", "date line", "date end"})
NAMED = 0.7  # share of a line that consists of names
# "The Associated Press", "TPN", "Ask the Doctors": what signs in the place of a person.
DESK = re.compile(r"[A-Z][\w&.'’]*(?: (?:of |the |and |& |for )?[A-Z][\w&.'’]*){0,4}")
COMPANY = re.compile(r",|\s(?:with|in|for)\s")
UNENDED = re.compile(r"(?:,|&|\band)$")
MOST_LINES = 8  # over which a list of authors may run
LONGEST_DESK = 40  # characters


class Words(NamedTuple):
    """Words of a language that bylines are made of."""

    by: re.Pattern[str]
    """What starts a byline."""
    posted: re.Pattern[str]
    """What starts one even in the middle of a line."""
    after: re.Pattern[str]
    """What starts one behind a date."""
    others: frozenset[str]
    """What no name of a person holds."""
    jobs: frozenset[str]
    desks: frozenset[str]
    """What the name of a team holds that signs articles."""
    signs: re.Pattern[str]
    """What ends a standfirst: "The ferry is back, writes Ann Ash"."""
    contacts: re.Pattern[str]
    """What starts a line that tells how to reach the author."""
    bodies: frozenset[str]
    """What the name of a team or an organisation holds, and no name of a person."""


@cache
def load_byline_words(language: str | None) -> Words:
    """Return the words of a language that bylines are made of."""
    words = load_words(language, "clean")
    phrases = [re.escape(phrase) for phrase in sorted(words["by"], key=len, reverse=True)]
    start, posted = "|".join(phrases), "|".join(p for p in phrases if " " in p)
    return Words(
        by=re.compile(rf"(?:[-–—•|*]\s?)?(?i:{start})(?![a-z])\s?:?\s?"),
        posted=re.compile(rf"\b(?i:{posted})\b\s?:?\s?"),
        after=re.compile(rf"(?<=\d)\s(?i:{start})\s"),
        others=frozenset(words["no names"]) | frozenset(words["jobs"]),
        jobs=frozenset(words["jobs"]),
        desks=frozenset(words["desks"]),
        signs=re.compile(rf"[,;–—-]\s?(?:{'|'.join(words['signs'])})\s(?=[A-Z][^,;–—-]*$)"),
        contacts=re.compile(rf"(?i:{'|'.join(words['contacts'])})\s"),
        bodies=frozenset(words["bodies"]),
    )


class Around(NamedTuple):
    """The lines around an article that may tell who wrote it, as indices."""

    headline: int
    above: Sequence[int]
    """From a few lines above the headline down to the first paragraph."""
    below: Sequence[int]
    """Behind the last paragraph, and notes about people wherever they stand."""
    body: Sequence[int]


def find_authors(text: Text, around: Around, language: str | None) -> tuple[str, ...]:
    """Return the names of the people who signed the article, else of the desk or agency that did.

    The surest place wins: behind "By" above the article, beside its date, behind "Reporting by"
    below it; then a line that is a name, and a note about a person.
    """
    words = load_byline_words(language)
    people = next(_people(text, around.above, words), ())
    return people or _find_unannounced(text, around, words, language)


def _find_unannounced(
    text: Text, around: Around, words: Words, language: str | None
) -> tuple[str, ...]:
    """Return who signed the article where no "By" above it tells."""
    signed = _signed(text, around, words, language)
    return (
        signed["sure"]
        or next(_people(text, around.below, words), ())
        or _name_behind(text.lines[around.headline].text, words)
        or next(_signing(text, [*around.above, *around.body[:1]], words), ())
        or next(_desks(text, around.above, words, language), ())
        or signed["repeated"]
        or _names_in_notes(text, around, words)
        or next(_desks(text, around.below, words, language), ())
    )


def _people(text: Text, lines: Sequence[int], words: Words) -> Iterator[tuple[str, ...]]:
    """Yield the names of people behind each "By", or below it."""
    for i in lines:
        for told in _told_behind(text, i, words):
            if names := find_names(told, words.others, words.bodies):
                yield names


def _told_behind(text: Text, i: int, words: Words) -> Iterator[str]:
    """Yield what a line tells behind "By", or the line below if the line says nothing else."""
    line = text.lines[i].text
    match = words.by.match(line) or (None if text.prose[i] else words.posted.search(line))
    if match and match.end() == len(line) and i + 1 < len(text.lines):
        yield text.lines[i + 1].text
    elif match and (len(text.words[i]) <= BYLINE_WORDS or " " in match[0].strip()):
        yield line[match.end() :]
    elif len(text.words[i]) <= BYLINE_WORDS:
        yield from (part[m.end() :] for part in _split(line)[1:] if (m := words.by.match(part)))
        yield from (line[m.end() :] for m in words.after.finditer(line))


def _split(line: str) -> list[str]:
    return PARTS.split(line) if MARK.search(line) else [line]


def _name_behind(headline: str, words: Words) -> tuple[str, ...]:
    """Return the names at the end of the title of a window: "Rain falls * by Ann Ash"."""
    last = _split(headline)[-1]
    match = words.by.match(last)
    return find_names(last[match.end() :], words.others, words.bodies) if match else ()


def _signing(text: Text, lines: Sequence[int], words: Words) -> Iterator[tuple[str, ...]]:
    """Yield the names at the end of standfirsts: "The ferry is back, writes Ann Ash"."""
    for i in lines:
        match = words.signs.search(text.lines[i].text)
        if match and (names := _only_names(text.lines[i].text[match.end() :].rstrip("."), words)):
            yield names


def _signed(
    text: Text, around: Around, words: Words, language: str | None
) -> dict[str, tuple[str, ...]]:
    """Return the names of the lines that consist of names, by what speaks for them.

    They are "sure" if a date stands beside or a job below, "repeated" if another line names them
    too. Without a date only lines below the headline count, and only if they name the same.
    """
    found: dict[str, list[tuple[str, ...]]] = {"sure": [], "repeated": []}
    topic = set(text.words[around.headline])
    for i in around.above:
        if len(text.words[i]) > BYLINE_WORDS:
            continue
        end = _end_of_list(text, i)
        lines = " ".join(line.text for line in text.lines[i : end + 1])
        start = _before_date(lines, language)[0]
        names = _only_names(start, words)
        if not names or topic >= {*split_words(names[0])} or _is_told(text, around, names[0]):
            continue
        below = i > around.headline
        if any(_is_dated(text, k, language) for k in (i, end)) or (
            below and _has_job_below(text, i, words)
        ):
            found["sure"].append(names)
        elif below and sum(names[0] in line.text for line in text.lines) > 1:
            found["repeated"].append(names)
    return {
        kind: names[0] if names and (kind == "sure" or len(set(names)) == 1) else ()
        for kind, names in found.items()
    }


def _end_of_list(text: Text, i: int) -> int:
    """Return the last of the lines over which a list of names runs that begins in a line."""
    end = i
    while UNENDED.search(text.lines[end].text) and end + 1 < min(i + MOST_LINES, len(text.lines)):
        end += 1
    return end


def _is_dated(text: Text, i: int, language: str | None) -> bool:
    dated = "date end" in text.cues[i] or _before_date(text.lines[i].text, language)[1]
    return dated or _has_date_beside(text, i)


def _is_told(text: Text, around: Around, name: str) -> bool:
    """Tell whether the article tells about a person, who then did not write it.

    A note about its author tells once.
    """
    return sum(name in text.lines[i].text for i in around.body if text.prose[i]) > 1


def _has_date_beside(text: Text, i: int) -> bool:
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(text.lines)]
    return any(
        YEAR.search(text.lines[k].text) or text.cues[k] & DATED
        for k in beside
        if len(text.words[k]) <= DATE_WORDS
    )


def _has_job_below(text: Text, i: int, words: Words) -> bool:
    below = text.words[i + 1] if i + 1 < len(text.words) else []
    return len(below) <= JOB_WORDS and not words.jobs.isdisjoint(below)


def _before_date(line: str, language: str | None) -> tuple[str, bool]:
    """Return the first part of a line, without the date that ends it, and whether one does."""
    dates = find_dates(line, load_date_words(language)) if YEAR.search(line) else []
    start = line[: dates[0][0]] if dates else line
    start = HANDLE.split(start)[0] if "@" in start else start
    return _split(start)[0].strip(" ,"), bool(dates)


def _only_names(line: str, words: Words) -> tuple[str, ...]:
    """Return the names that a line consists of, agencies beside them left out."""
    if words.by.match(line):
        return ()
    names = find_names(line, words.others, words.bodies)
    if not names:
        return ()
    said = split_words(line)
    known = {*split_words(" ".join(names)), *words.others}
    told = sum(word in known or word.isdigit() for word in said)
    return names if told >= NAMED * len(said) else ()


def _desks(
    text: Text, lines: Sequence[int], words: Words, language: str | None
) -> Iterator[tuple[str, ...]]:
    """Yield the desks and agencies that stand behind "By", or beside a date."""
    for i in lines:
        if len(text.words[i]) > BYLINE_WORDS or text.prose[i]:
            continue
        behind = [
            COMPANY.split(_before_date(part, language)[0])[0]
            for part in _told_behind(text, i, words)
        ]
        if not behind and words.desks.isdisjoint(text.words[i]):
            continue
        start = _before_date(text.lines[i].text, language)[0]
        desks = [desk for desk in map(str.strip, [*behind, start]) if _may_be_desk(desk)]
        dated = desks and any(
            _is_dated(text, k, language) for k in (i, i + 1) if k < len(text.lines)
        )
        for desk in desks:
            named = not words.desks.isdisjoint(split_words(desk))
            if (named or dated) if desk in behind else (named and dated):
                yield (desk,)


def _may_be_desk(text: str) -> bool:
    return len(text) <= LONGEST_DESK and DESK.fullmatch(text) is not None


def _names_in_notes(text: Text, around: Around, words: Words) -> tuple[str, ...]:
    """Return the names of the people whom notes that follow each other tell about."""
    told = {i: names for i in around.below if (names := _names_in_note(text, i, words))}
    run = [i for i in told if i - min(told) <= NOTES]
    people = dict.fromkeys(name for i in run for name in told[i])
    return tuple(name for name in people if not _is_told(text, around, name))


def _names_in_note(text: Text, i: int, words: Words) -> tuple[str, ...]:
    line = text.lines[i].text
    reach = words.contacts.match(line) if "@" in line else None
    match = NAME.match(line, reach.end() if reach else 0)
    names = find_names(match[0], words.others, words.bodies) if match else ()
    if not match or not names:
        return ()
    job = {*split_words(line[match.end() :])[:NOTE_WORDS]} & words.jobs
    return names if job or reach or "bio within" in text.cues[i] else ()
