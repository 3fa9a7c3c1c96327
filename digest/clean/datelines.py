"""Finds when an article was published and updated, in the lines that say so."""

from collections.abc import Sequence
from functools import cache

from digest.clean.cues import split_words
from digest.clean.looks import Text
from digest.dates import DateWords, find_dates, read_date_words
from digest.language import load_words
from digest.models import Moment

DATELINE_WORDS = 24  # a longer line tells something else, in which a date occurs


@cache
def load_date_words(language: str | None) -> DateWords:
    """Return the words that dates are made of in a language."""
    return read_date_words(load_words(language, "dates"))


def find_times(
    text: Text, head: Sequence[int], tail: Sequence[int], language: str | None
) -> tuple[Moment | None, Moment | None]:
    """Return when the article was published and when it was updated, `None` where it is not told.

    Above the article a date line needs no words; below it only "Published" or "Updated" counts.
    """
    words = load_words(language, "dates")
    found: dict[str, Moment] = {}
    for i in [*head, *tail]:
        if len(text.words[i]) > DATELINE_WORDS or text.prose[i]:
            continue
        for role, moment in _read_line(text, i, language, updated=words["updated"]):
            told = role or ("published" if i in head else "")
            if told and _is_dateline(text, i, role):
                found.setdefault(told, moment)
    return found.get("published"), found.get("updated")


def _is_dateline(text: Text, i: int, role: str) -> bool:
    return bool(role) or not any(cue.startswith(("caption", "copyright")) for cue in text.cues[i])


def _read_line(
    text: Text, i: int, language: str | None, *, updated: Sequence[str]
) -> list[tuple[str, Moment]]:
    """Return the dates of a line with what they are: "published", "updated", or "" if not told."""
    line = text.lines[i].text
    above = text.lines[i - 1].text if i and len(text.words[i - 1]) <= 2 else ""
    published = load_words(language, "dates")["published"]
    told, last = [], 0
    for at, moment in find_dates(line, load_date_words(language)):
        before = line[last:at] or above
        role = _last_role(before, published, updated)
        told.append((role, moment))
        last = at + 1
    return told


def _last_role(before: str, published: Sequence[str], updated: Sequence[str]) -> str:
    """Return which of the two the last word tells that tells one."""
    words = split_words(before)
    roles = {**dict.fromkeys(published, "published"), **dict.fromkeys(updated, "updated")}
    return next((roles[word] for word in reversed(words) if word in roles), "")
