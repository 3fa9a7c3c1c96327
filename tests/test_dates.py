"""Dates: what ISO 8601 states is read, printed and sorted as it is."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from digest.dates import format_moment, moment_key, parse_moment
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
