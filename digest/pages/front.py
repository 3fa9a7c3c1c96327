"""Chooses what leads the front page: stories that many report, unless they are old."""

from collections.abc import Sequence
from datetime import date, datetime

from digest.briefs import Brief
from digest.models import Moment


def order_front(newest_first: Sequence[Brief]) -> list[Brief]:
    """Return the newest edition by weight, the lead story first.

    One outlet more weighs as much as one day less; equals keep the order of the list.
    """
    dated = [story.published for story in newest_first if story.published]
    today = _day(dated[0]) if dated else date.min
    return sorted(newest_first, key=lambda story: -_weight(story, today))


def _weight(story: Brief, today: date) -> int:
    _, outlets, _, _ = story.counts
    age = (today - _day(story.published)).days if story.published else today.toordinal()
    return outlets - age


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
