"""Finds when an article was published and updated, in the lines that say so."""

from collections.abc import Mapping, Sequence
from functools import cache

from digest.clean.cues import split_words
from digest.clean.looks import Text
from digest.dates import DateWords, find_dates, read_date_words, read_order
from digest.language import load_words
from digest.models import Moment

DATELINE_WORDS = 24  # a longer line tells something else, in which a date occurs
DAY_WORDS = 4  # "Friday, May 3, 2024"
DATELINE = 60  # characters of such a line that may still be one: "Posted by … on …"


@cache
def load_date_words(language: str | None) -> DateWords:
    """Return the words that dates are made of in a language."""
    return read_date_words(load_words(language, "dates"))


def find_times(
    text: Text, head: Sequence[int], tail: Sequence[int], language: str | None
) -> tuple[Moment | None, Moment | None]:
    """Return when the article was published and when it was updated, `None` where it is not told.

    Above the article a date line needs no words; below it only "Published" or "Updated" counts.
    Where "Updated" stands alone, it is the article's only date, and tells both.
    """
    found: dict[str, Moment] = {}
    starts = [line.text[:DATELINE] for line in text.lines if "/" in line.text]
    day_first, heading = read_order("\n".join(starts)), frozenset(head)
    for i in [*head, *tail]:
        if _tells_more(text, i, above=i in heading):
            continue
        for role, moment in _read_line(text, i, language, day_first=day_first):
            told = role or ("published" if i in heading else "")
            if told and _is_dateline(text, i, role):
                found.setdefault(told, moment)
    return found.get("published", found.get("updated")), found.get("updated")


def find_only_day(text: Text, lines: Sequence[int], language: str | None) -> Moment | None:
    """Return the day that lines tell which tell nothing else, `None` if they tell several.

    The article's own stands below it on some pages; the days of several articles differ. Of 203
    scraped English articles, 3 have only such a date, and it is theirs.
    """
    days: set[Moment] = set()
    for i in lines:
        if len(text.words[i]) <= DAY_WORDS and not text.cues[i]:
            days |= {moment for _, moment in _find_dates(text.lines[i].text, language)}
    return days.pop() if len(days) == 1 else None


def _find_dates(line: str, language: str | None) -> list[tuple[int, Moment]]:
    return find_dates(line, load_date_words(language))


def _tells_more(text: Text, i: int, *, above: bool) -> bool:
    """Tell whether a line is a sentence or a list in which a date merely occurs."""
    starts = "date start" in text.cues[i] and above
    return not starts and (text.prose[i] or (len(text.words[i]) > DATELINE_WORDS and not above))


def _is_dateline(text: Text, i: int, role: str) -> bool:
    return bool(role) or not any(cue.startswith(("caption", "copyright")) for cue in text.cues[i])


def _read_line(
    text: Text, i: int, language: str | None, *, day_first: bool | None
) -> list[tuple[str, Moment]]:
    """Return the dates of a line with what they are: "published", "updated", or "" if not told."""
    line = text.lines[i].text
    if len(text.words[i]) > DATELINE_WORDS:
        line = line[:DATELINE]
    above = text.lines[i - 1].text if i and len(text.words[i - 1]) <= 2 else ""
    told, last = [], 0
    for at, moment in find_dates(line, load_date_words(language), day_first=day_first):
        told.append((_last_role(line[last:at] or above, language), moment))
        last = at + 1
    return told


@cache
def _load_roles(language: str | None) -> Mapping[str, str]:
    """Return which of the two each word tells."""
    words = load_words(language, "dates")
    return {word: role for role in ("published", "updated") for word in words[role]}


def _last_role(before: str, language: str | None) -> str:
    """Return which of the two the last word tells that tells one."""
    roles = _load_roles(language)
    return next((roles[word] for word in reversed(split_words(before)) if word in roles), "")
