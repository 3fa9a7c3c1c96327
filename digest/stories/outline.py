"""What grouping needs to know of an article: little enough to be held for a whole archive."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from digest.models import Moment

Load: TypeAlias = Callable[[Sequence[str]], Iterable[str]]
"""Yields the words by which the articles with these paths are compared (see `list_words`)."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An article without its text and its words, which are most of it."""

    path: str
    marks: tuple[str, ...]
    """What it is known by when its file has moved (see `make_marks`)."""
    published: Moment | None
    story: str | None
    """The slug of the story that the article itself says it belongs to."""
    title: str | None
    """Its headline."""
    opening: str
    """The first words of a text without one."""
    faults: int
    """How much the headline holds back (see `count_faults`)."""
    weekday: str | None
    """The one that an undated text names first."""
