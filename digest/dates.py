"""Reads and prints dates and times: as files state them, and as date lines of articles tell them.

A day stays a day and a time keeps its offset: nothing is rounded, shifted or invented.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from digest.models import Moment

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

YEAR = r"(?P<year>(?:19|20)\d\d)(?=\D|\d{1,2}[:.]\d\d|$)"  # "March 7, 20247:55 AM" was two elements
ISO_ZONE = re.compile(r"Z$|[+-]\d\d:?\d\d$")
CLOCK = re.compile(
    r"""
    (?P<hour>\d{1,2}) (?: [:.h] (?P<minute>\d\d) (?: :\d\d )? )?
    \s? (?P<half>[aApP]\.?[mM]\b\.?)?
    (?: \s? \(? (?P<zone>[A-Z]{1,4} (?: [+-]\d{1,2} (?: :?\d\d )? )?) (?=[^A-Za-z]|[A-Z][a-z]|$) )?
    """,
    re.VERBOSE,
)
CLOCK_REACH = 30  # characters between a date and the time that belongs to it


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """What a language calls months and time zones, and the pattern of a date in its words."""

    months: Mapping[str, int]
    zones: Mapping[str, str]
    pattern: re.Pattern[str]


def parse_moment(text: str) -> Moment | None:
    """Return the day or time that ISO 8601 text states, or `None` if it states none.

    A time without an offset counts as UTC.
    """
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def format_moment(moment: Moment) -> str:
    """Return the ISO 8601 text that `parse_moment` reads back as the same day or time."""
    return moment.isoformat()


def moment_key(moment: Moment | None) -> tuple[bool, datetime]:
    """Return a key that sorts by time: undated first, a day as its first instant in UTC.

    Sorted in reverse, that is newest first with what is undated at the end.
    """
    if moment is None:
        return False, EPOCH
    if isinstance(moment, datetime):
        return True, moment
    return True, datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def read_date_words(words: Mapping[str, Sequence[str]]) -> DateWords:
    """Return the words of a language (its `dates.yaml`) made ready for `find_dates`."""
    months = {name: number for number in range(1, 13) for name in words[f"month {number}"]}
    month = "|".join(sorted(map(re.escape, months), key=lambda name: (-len(name), name)))
    ending = "|".join(map(re.escape, words["day endings"]))
    joiner = "|".join(map(re.escape, words["joiners"]))
    gap = rf"(?:\.?,?\s?(?:(?:{joiner})\s)?)"
    pattern = rf"""
        (?P<iso> (?:19|20)\d\d-\d\d-\d\d (?: [T ]\d\d:\d\d (?::\d\d)? (?:\.\d{{1,9}})?
            (?: Z | [+-]\d\d:?\d\d )? )? )
      | \b(?P<month>{month})\b \.? \s? (?P<day>\d{{1,2}}) (?:{ending})? ,? \s? {YEAR}
      | (?<!\d)(?P<day2>\d{{1,2}}) (?:{ending})? {gap} (?P<month2>{month})\b {gap}
        {YEAR.replace("year", "year2")}
      | (?<![\d/.])(?P<a>\d{{1,2}}) (?P<mark>[./]) (?P<b>\d{{1,2}}) (?P=mark)
        {YEAR.replace("year", "year3")}
    """
    zones = dict(zone.split() for zone in words["zones"])
    return DateWords(
        months=months, zones=zones, pattern=re.compile(pattern, re.VERBOSE | re.IGNORECASE)
    )


def find_dates(text: str, words: DateWords) -> list[tuple[int, Moment]]:
    """Return the dates that a line tells, each with its offset, as a day or an aware time."""
    found: list[tuple[int, Moment]] = []
    matches = list(words.pattern.finditer(text))
    ends = [0, *(match.end() for match in matches)]
    starts = [*(match.start() for match in matches), len(text)]
    for i, match in enumerate(matches):
        moment = _read_day(match, words.months)
        if moment and not isinstance(moment, datetime):
            after = text[match.end() : starts[i + 1]][:CLOCK_REACH]
            before = text[ends[i] : match.start()][-CLOCK_REACH:]
            time = _read_clock(after, words) or _read_clock(before, words)
            moment = datetime.fromisoformat(f"{moment}T{time}") if time else moment
        if moment:
            found.append((match.start(), moment))
    return found


def _read_day(match: re.Match[str], months: Mapping[str, int]) -> Moment | None:
    if match["iso"]:
        told = ISO_ZONE.search(match["iso"])
        return parse_moment(match["iso"] if told else match["iso"][:10])
    if match["mark"]:
        first, second, year = int(match["a"]), int(match["b"]), int(match["year3"])
        return _read_numbers(first, second, year, day_first=match["mark"] == ".")
    month = months[(match["month"] or match["month2"]).lower()]
    return _make_day(
        int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"])
    )


def _read_numbers(first: int, second: int, year: int, *, day_first: bool) -> date | None:
    """Read 3.4.2024, 30/04/2024 and 04/30/2024; in 03/04/2024 the month is not told."""
    if day_first or first == second or first > 12:
        return _make_day(year, second, first)
    return _make_day(year, first, second) if second > 12 else None


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_clock(text: str, words: DateWords) -> str | None:
    """Return the time of day with its offset, "18:30:00-05:00", or `None` if a part is missing.

    Without the offset a time is none: which of the world's clocks it was read from, is not told.
    """
    for match in CLOCK.finditer(text):
        offset = _read_zone(match["zone"] or "", words)
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if not offset or not (match["minute"] or match["half"]) or hour > 23 or minute > 59:
            continue
        if match["half"]:
            hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
        return f"{hour:02}:{minute:02}:00{offset}"
    return None


def _read_zone(zone: str, words: DateWords) -> str | None:
    if zone in words.zones:
        return words.zones[zone]
    match = re.fullmatch(r"(?:GMT|UTC)([+-])(\d{1,2}):?(\d\d)?", zone)
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}" if match else None
