"""Reads and prints dates and times: as files state them, and as date lines of articles tell them.

A day stays a day and a time keeps its offset: nothing is rounded, shifted or invented.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

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
HINT = re.compile(r"(?:19|20)\d\d|\d/\d\d")  # no date lacks it, and most lines do
CLOCK_REACH = 30  # characters between a date and the time that belongs to it
NUMBERS = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})/(?:(?:19|20)\d\d|\d\d(?![\d/]))")
SUMMER_SINCE = 2007  # the rule of the United States that holds today
CENTURY = 2000  # of a year of two digits


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """What a language calls months and time zones, and the pattern of a date in its words."""

    months: Mapping[str, int]
    zones: Mapping[str, str]
    shifting: Mapping[str, int]
    """Zones of the United States that keep their name in summer, and their hours in winter."""
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
    gap = rf"(?:[-/]|\.?,?\s?(?:(?:{joiner})\s)?)"
    start = r"(?:\b|(?-i:(?<=[a-z])(?=[A-Z])))"  # "2 minute readApril 25" was two elements
    pattern = rf"""
        (?P<iso> (?:19|20)\d\d-\d\d-\d\d (?: [T ]\d\d:\d\d (?::\d\d)? (?:\.\d{{1,9}})?
            (?: Z | [+-]\d\d:?\d\d )? )? )
      | (?P<year4>(?:19|20)\d\d)/(?P<month4>\d\d)/(?P<day4>\d\d)(?!\d)
      | {start}(?P<month>{month})\b [.-]? \s? (?P<day>\d{{1,2}}) (?:{ending})? ,? [\s-]? {YEAR}
      | (?<!\d)(?P<day2>\d{{1,2}}) (?:{ending})? {gap} (?P<month2>{month})\b {gap}
        {YEAR.replace("year", "year2")}
      | (?<![\d/.])(?P<a>\d{{1,2}}) (?P<mark>[./]) (?P<b>\d{{1,2}}) (?P=mark)
        (?:{YEAR.replace("year", "year3")} | (?<=/)(?P<short>\d\d)(?![\d/.]))
    """
    return DateWords(
        months=months,
        zones=dict(zone.split() for zone in words["zones"]),
        shifting={zone: int(hours) for zone, hours in map(str.split, words["shifting zones"])},
        pattern=re.compile(pattern, re.VERBOSE | re.IGNORECASE),
    )


def read_order(text: str) -> bool | None:
    """Return whether dates in numbers name the day first (30/04/2024), `None` if none tells it."""
    pairs = [(int(first), int(second)) for first, second in NUMBERS.findall(text)]
    told = {
        first > second
        for first, second in pairs
        if min(first, second) <= 12 < max(first, second) <= 31
    }
    return told.pop() if len(told) == 1 else None


def find_dates(
    text: str, words: DateWords, *, day_first: bool | None = None
) -> list[tuple[int, Moment]]:
    """Return the dates that a line tells, each with its offset, as a day or an aware time.

    Where a date in numbers leaves open which is the month, `day_first` decides; without it, such
    a date is none.
    """
    found: list[tuple[int, Moment]] = []
    if not HINT.search(text):
        return found
    matches = list(words.pattern.finditer(text))
    ends = [0, *(match.end() for match in matches)]
    starts = [*(match.start() for match in matches), len(text)]
    for i, match in enumerate(matches):
        after = text[match.end() : starts[i + 1]][:CLOCK_REACH]
        before = text[ends[i] : match.start()][-CLOCK_REACH:]
        order = _is_eastern(after, words) if day_first is None else day_first
        moment = _read_day(match, words.months, day_first=order)
        if moment and not isinstance(moment, datetime):
            moment = _read_time(after, moment, words) or _read_time(before, moment, words) or moment
        if moment:
            found.append((match.start(), moment))
    return found


def _is_eastern(text: str, words: DateWords) -> bool | None:
    """Return `True` if a time tells a zone east of America: there the day comes first."""
    offsets = [_read_zone(m["zone"], EPOCH, words) for m in CLOCK.finditer(text) if m["zone"]]
    return True if any(o and o[0] == "+" for o in offsets) and "UTC" not in text else None


def _read_day(
    match: re.Match[str], months: Mapping[str, int], *, day_first: bool | None
) -> Moment | None:
    if match["iso"]:
        told = ISO_ZONE.search(match["iso"])
        return parse_moment(match["iso"] if told else match["iso"][:10])
    if match["year4"]:
        return _make_day(match["year4"], int(match["month4"]), match["day4"])
    if match["mark"]:
        order = True if match["mark"] == "." else day_first
        year = match["year3"] or CENTURY + int(match["short"])
        return _read_numbers(int(match["a"]), int(match["b"]), year, day_first=order)
    month = months[(match["month"] or match["month2"]).lower()]
    return _make_day(match["year"] or match["year2"], month, match["day"] or match["day2"])


def _read_numbers(
    first: int, second: int, year: int | str, *, day_first: bool | None
) -> date | None:
    """Read 3.4.2024, 30/04/2024 and 04/30/2024; in 03/04/2024 the month is not told."""
    if day_first or first == second or first > 12:
        return _make_day(year, second, first)
    return _make_day(year, first, second) if second > 12 or day_first is False else None


def _make_day(year: int | str, month: int, day: int | str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def _read_time(text: str, day: date, words: DateWords) -> datetime | None:
    """Return the moment of a day that a text tells with its zone, or `None` if a part is missing.

    Without the zone a time is none: which of the world's clocks it was read from, is not told.
    """
    for match in CLOCK.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if not (match["minute"] or match["half"]) or hour > 23 or minute > 59:
            continue
        if match["half"]:
            hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
        time = datetime(day.year, day.month, day.day, hour, minute)
        if offset := _read_zone(match["zone"] or "", time, words):
            return datetime.fromisoformat(f"{time.isoformat()}{offset}")
    return None


def _read_zone(zone: str, time: datetime, words: DateWords) -> str | None:
    """Return what a zone is ahead of UTC at a local time, as ISO 8601 writes it."""
    if zone in words.zones:
        return words.zones[zone]
    if zone in words.shifting and time.year >= SUMMER_SINCE:
        return f"-{words.shifting[zone] - _is_american_summer(time):02}:00"
    match = re.fullmatch(r"(?:GMT|UTC)([+-])(\d{1,2}):?(\d\d)?", zone)
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}" if match else None


def _is_american_summer(time: datetime) -> bool:
    """Tell whether a local time in the United States is summer time (15 U.S.C. 260a)."""
    second_in_march = _first_sunday(time.year, 3) + timedelta(days=7)
    return second_in_march <= time < _first_sunday(time.year, 11)


def _first_sunday(year: int, month: int) -> datetime:
    """Return the hour at which the clocks change on the first Sunday of a month, if they do."""
    seventh = datetime(year, month, 7, 2)
    return seventh - timedelta(days=seventh.isoweekday() % 7)
