"""Reads and prints dates and times: as files state them, and as date lines of articles tell them.

A day stays a day and a time keeps its offset: nothing is rounded, shifted or invented.
"""

from datetime import UTC, date, datetime

from digest.models import Moment

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
