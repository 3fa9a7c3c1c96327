"""Chooses what leads the front page: stories that many report, unless they are old."""

from collections.abc import Sequence
from datetime import date, datetime

from digest.models import Moment, Story, StoryFile


def order_front(newest_first: Sequence[StoryFile]) -> list[StoryFile]:
    """Return the newest edition by weight, the lead story first.

    One outlet more weighs as much as one day less; equals keep the order of the list.
    """
    dated = [file.story.published for file in newest_first if file.story.published]
    today = _day(dated[0]) if dated else date.min
    return sorted(newest_first, key=lambda file: -_weight(file.story, today))


def _weight(story: Story, today: date) -> int:
    outlets = {article.source or article.path for article in story.articles}
    age = (today - _day(story.published)).days if story.published else today.toordinal()
    return len(outlets) - age


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
