"""Dates: what ISO 8601 states is read, printed and sorted as it is."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from digest.dates import (
    find_dates,
    format_moment,
    moment_key,
    parse_moment,
    read_date_words,
    read_order,
)
from digest.language import load_words
from digest.models import Moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-02-29T10:30:00Z", datetime(2024, 2, 29, 10, 30, tzinfo=UTC)),
        (
            "2024-02-29T10:30:00-05:00",
            datetime(2024, 2, 29, 10, 30, tzinfo=timezone(timedelta(hours=-5))),
        ),
        (" 2024-02-29 10:30 ", datetime(2024, 2, 29, 10, 30, tzinfo=UTC)),
        ("2023-02-29", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_iso_text_is_read_as_a_day_or_an_aware_time(text: str, moment: Moment | None) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize("text", ["2024-02-29", "2024-02-29T10:30:00+05:30"])
def test_a_printed_moment_reads_back_equal(text: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert format_moment(moment) == text


def test_undated_sorts_before_days_and_times_in_order() -> None:
    moments = [
        parse_moment(t) for t in ("2024-01-02", "2024-01-01T23:30:00-05:00", "2024-01-01T23:00Z")
    ]
    assert sorted([*moments, None], key=moment_key) == [None, moments[2], moments[0], moments[1]]


ENGLISH = read_date_words(load_words("en", "dates"))
GERMAN = read_date_words(load_words("de", "dates"))


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("Nov. 19, 2019", ["2019-11-19"]),
        ("Tue., 19th November 2019", ["2019-11-19"]),
        ("1st of May 2020", ["2020-05-01"]),
        ("2019-11-19", ["2019-11-19"]),
        ("30/04/2024 - 16:38", ["2024-04-30"]),
        ("03/04/2024 - 16:38 GMT+2", ["2024-04-03T16:38:00+02:00"]),
        ("2024/04/30", ["2024-04-30"]),
        ("30-Apr-2024", ["2024-04-30"]),
        ("4/30/24", ["2024-04-30"]),
        ("2 minute readApril 30, 2024", ["2024-04-30"]),
        ("January 30, 2024 at 9:05 a.m. ET", ["2024-01-30T09:05:00-05:00"]),
        ("July 30, 2024, 9:05 p.m. PT", ["2024-07-30T21:05:00-07:00"]),
        ("July 30, 2004, 9:05 p.m. PT", ["2004-07-30"]),
        ("04/30/2024", ["2024-04-30"]),
        ("Sat 24 Feb 2024 12.42 CET", ["2024-02-24T12:42:00+01:00"]),
        ("17:41 JST, October 13, 2024", ["2024-10-13T17:41:00+09:00"]),
        ("April 25, 20232:26 PM GMT+2", ["2023-04-25T14:26:00+02:00"]),
        (
            "Published: Nov. 19, 2019, 6:18 p.m. Updated: Nov. 20, 2019",
            ["2019-11-19", "2019-11-20"],
        ),
        ("2025-03-29T11:36:01Z", ["2025-03-29T11:36:01+00:00"]),
        ("03/04/2024 may be March or April", []),
        ("Sept. 31, 2024", []),
        ("Monday at 6:18 p.m. ET", []),
        ("19 people, 2019 stones", []),
    ],
)
def test_dates_are_found_as_exactly_as_a_line_tells_them(line: str, dates: list[str]) -> None:
    assert [format_moment(moment) for _, moment in find_dates(line, ENGLISH)] == dates


@pytest.mark.parametrize(
    ("page", "date"),
    [
        ("04/30/2024 03/04/2024", "2024-03-04"),
        ("30/04/2024 03/04/2024", "2024-04-03"),
        ("04/30/2024 30/04/2024 03/04/2024", None),
        ("03/04/2024", None),
    ],
)
def test_other_dates_of_a_page_tell_whether_the_day_comes_first(
    page: str, date: str | None
) -> None:
    found = find_dates(page.split()[-1], ENGLISH, day_first=read_order(page))
    assert [format_moment(moment) for _, moment in found] == ([date] if date else [])


@pytest.mark.parametrize(
    ("time", "offset"),
    [
        ("March 10, 2024 1:59 am ET", "-05:00"),
        ("March 10, 2024 3:00 am ET", "-04:00"),
        ("November 3, 2024 1:59 am ET", "-04:00"),
        ("November 3, 2024 2:00 am ET", "-05:00"),
    ],
)
def test_american_clocks_change_in_march_and_november(time: str, offset: str) -> None:
    [(_, moment)] = find_dates(time, ENGLISH)
    assert format_moment(moment).endswith(offset)


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("Veröffentlicht am 3. Juli 2024, 18:30 Uhr", ["2024-07-03"]),
        ("03.07.2024, 18:30 Uhr MESZ", ["2024-07-03"]),
        ("Stand: 23.07.2024", ["2024-07-23"]),
        ("3. März 2024 18:30 MEZ", ["2024-03-03T18:30:00+01:00"]),
    ],
)
def test_german_dates_are_found(line: str, dates: list[str]) -> None:
    assert [format_moment(moment) for _, moment in find_dates(line, GERMAN)] == dates


@pytest.mark.parametrize("piece", ["1", "1.", "1/", "May 1, ", "2020-01-01T", "a ", "9:9 A"])
def test_a_megabyte_of_dates_cut_short_tells_none(piece: str) -> None:
    found = find_dates(piece * (1_000_000 // len(piece)), ENGLISH)
    assert all(moment for _, moment in found)
