"""Finds the names in texts, and tells which of them are people."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from digest.language import load_words
from digest.words import common_words

# Capitalised words in a row; "of" and the like only between two of them.
# (A look-behind that stands second is tried where there is a capital only.)
CAPITAL, REST = r"[^\W\da-z_]", r"[\w&-]*+(?:[’'][A-Z]\w++)?"
PART = CAPITAL + REST
INSIDE = "(?:of|for|de|la|van|von|al|bin) (?:the )?"
NAME = re.compile(rf"{CAPITAL}(?<!\w.){REST}(?: (?:{INSIDE})?{PART}){{0,9}}")
OPENS, CLOSES, ENDS = "“‘\"'(", "”’\"')", frozenset(".!?:…\n")  # around the end of a sentence
MOST_WORDS = 6  # a longer run of capitals is a headline
KNOWN_NAMES = 2**15  # so many are looked at once only


class Names(NamedTuple):
    """The names of some texts, each with the number of its mentions."""

    people: Counter[str]
    """Full names; a mention by the surname is one too."""
    others: Counter[str]
    """Places, organisations, events: whatever else has a name."""
    surnames: frozenset[str]
    """Last words of names behind a title or a role: "Lund" of "Mr. Lund" and "Captain Lund"."""


def find_names(texts: Sequence[str], *, language: str | None = None) -> Names:
    """Return the names that stand inside sentences, where a capital means something.

    A name of two or three words is a person if there is a title or a role in front somewhere,
    or a verb of speech behind: "Mr. Lund", "skipper Ada Lund", "Lund said". If its last word is
    also used alone, as surnames are, without any of these, it counts neither here nor there.
    """
    return _find_names(tuple(texts), language)


@lru_cache(maxsize=1)  # a story asks twice in a row: for its topics, and for its people
def _find_names(texts: tuple[str, ...], language: str | None) -> Names:
    lists = _load_lists(language)
    mentions = [mention for text in texts for mention in _mentions_of(text, lists)]
    counts = Counter(mention.name for mention in mentions)
    surnames = frozenset(_last(mention.name) for mention in mentions if mention.titled)
    human = surnames | {_last(mention.name) for mention in mentions if mention.speaks}
    likely = [
        name
        for name in counts
        if _may_be_person(name.split(), lists) and (counts[_last(name)] or _last(name) in human)
    ]
    people = {n: counts[n] + counts[_last(n)] for n in likely if _last(n) in human}
    known = {part for name in likely for part in name.split()}
    others = {
        name: many
        for name, many in counts.items()
        if known.isdisjoint(parts := name.split())
        and (name not in surnames or name.isupper())
        and lists.titles.isdisjoint(part.lower() for part in parts[:-1])
    }
    return Names(people=Counter(people), others=Counter(others), surnames=surnames)


class _Mention(NamedTuple):
    """A name where it stands, and what tells that a person is meant."""

    name: str
    titled: bool
    speaks: bool


class _Lists(NamedTuple):
    """Words of one language, in lower case, that stand in front of names or in them."""

    titles: frozenset[str]
    bodies: frozenset[str]
    adjectives: frozenset[str]
    calendar: frozenset[str]
    speech: frozenset[str]
    common: frozenset[str]


@cache
def _load_lists(language: str | None) -> _Lists:
    words = load_words(language, "speakers")
    return _Lists(
        titles=_lower((*words["titles"], *words["roles"])),
        bodies=_lower(words["organisation_names"]),
        adjectives=_lower(words["affiliations"]),
        calendar=_lower((*words["calendar"], *load_words(language, "text")["short"])),
        speech=_lower(load_words(language, "text")["speech"]),
        common=common_words(language),
    )


def _lower(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower().rstrip(".") for word in words)


def _may_be_person(parts: Sequence[str], lists: _Lists) -> bool:
    plain = all(part[0].isupper() and part.replace("-", "").isalpha() for part in parts)
    return 2 <= len(parts) <= 3 and plain and lists.bodies.isdisjoint(map(str.lower, parts))


def _mentions_of(text: str, lists: _Lists) -> Iterator[_Mention]:
    """Yield each name, and whether a title or a role is in front, or a verb of speech behind."""
    for match in NAME.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 20) : start]
        titled = _last(before.rstrip(". ")).lower() in lists.titles
        if not titled and " " not in match[0] and _opens_sentence(before):
            continue  # any word has a capital there
        name, has_title = _read_name(match[0], lists)
        if name:
            behind = text[end : end + 12].split(" ")
            speaks = len(behind) > 1 and behind[1] in lists.speech
            yield _Mention(name, titled or has_title, speaks)


def _opens_sentence(before: str) -> bool:
    """Tell whether a sentence begins behind these characters."""
    before = before.rstrip(OPENS)
    ended = before.rstrip()
    if not before or "\n" in before[len(ended) : -1]:
        return True
    return len(ended) < len(before) and ended.rstrip(CLOSES)[-1:] in ENDS


@lru_cache(KNOWN_NAMES)
def _read_name(words: str, lists: _Lists) -> tuple[str, bool]:
    """Return a name without what only stands in front of it, and whether a title does.

    It is empty where no name is left, or a day, or a headline.
    """
    parts = words.split()
    titled = False
    while parts and _is_dropped(parts, lists):
        titled |= parts.pop(0).lower() in lists.titles
    name = " ".join(parts)
    named = len(parts) <= MOST_WORDS and len(name) > 1 and name.lower() not in lists.calendar
    return name if named else "", titled


def _is_dropped(parts: Sequence[str], lists: _Lists) -> bool:
    """Tell whether the first word only stands in front of the name, or of nothing."""
    first, second = parts[0].lower().removesuffix("-elect"), "".join(parts[1:2]).lower()
    if first in lists.adjectives:
        return not second or second not in lists.bodies
    return first in lists.common or (first in lists.titles and second not in lists.bodies)


def _last(name: str) -> str:
    return name.rpartition(" ")[2]
