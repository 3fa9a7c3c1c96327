"""Tells which speakers of different stories are one person, and which only share a name.

One full name is one person, unless all else says otherwise: mentions whose roles have no word in
common, in stories that are not related and have neither a tag nor another person in common, are
two people. A bare surname joins a full name only where something of that kind ties them. So two
people of one name do not melt into one; rather one person has two pages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from digest.briefs import Brief
from digest.language import load_words

NAME_PART = re.compile(r"[^\W\d_][\w'’-]*")
WORD = re.compile(r"\w{3,}")
KNOWN = 50_000  # names and roles that come again and again, so that each is looked at once

Name = tuple[str, ...]
"""A name as it is compared: lower case, without titles and initials."""
Note = list[Any]
"""What a mention tells besides its story: the last five parts of a `Mention`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One speaker of one or more stories."""

    name: str
    """The fullest that a story gives."""
    role: str | None
    """As most quotes word it."""
    mentions: tuple[tuple[str, str], ...]
    """The slug of each story with the name that it uses, in the order of the stories."""
    first: tuple[int, str, int]
    """What sorts the first mention among all others."""


class Mention(NamedTuple):
    """A speaker of one story, with what may tie him or her to those of others."""

    time: int
    """Of the story: with its slug and the number, it sorts mentions and is unique."""
    slug: str
    number: int
    """Its place among the speakers of its story."""
    speaker: str
    name: str
    """As it is compared, with blanks between its parts."""
    roles: list[str]
    ties: list[str]
    """Words of the roles, the story with its related ones and its tags, the other people in it."""


def find_mentions(story: Brief, language: str = "en") -> Iterator[tuple[str, Note]]:
    """Yield the speakers of a story, each with the surname under which persons are told apart.

    Whoever has no name ("another man", "a senior official") could be anybody and is left out.
    """
    speakers = [(name, roles) for name, roles in story.speakers if _is_name(name, language)]
    if not speakers:
        return
    names = {speaker: _parse_name(speaker, language) for speaker, _ in speakers}
    known = {*names.values(), *(_parse_name(person, language) for person in story.people)}
    full = {name: " ".join(name) for name in known if len(name) > 1}
    common = {f"/{story.slug}", *(f"/{slug}" for slug in story.related)}
    common.update(f"#{tag.casefold()}" for tag in story.tags)
    for number, (speaker, roles) in enumerate(speakers):
        own = names[speaker]
        others = [words for name, words in full.items() if name != own]
        meaning = [_find_meaning(role, language) for role in roles]
        ties = sorted(common.union(others, *meaning))
        yield own[-1], [number, speaker, " ".join(own), roles, ties]


def find_persons(mentions: Iterable[Mention]) -> list[Person]:
    """Return the speakers that share a surname, each once, whoever spoke first at the front.

    Speakers of other surnames change nothing about them.
    """
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions):
        by_name[mention.name].append(mention)
    full = [g for name, same in by_name.items() if " " in name for g in _group(same)]
    bare = [g for name, same in by_name.items() if " " not in name for g in _split(same)]
    return [_person(group) for group in sorted(map(sorted, _join_surnames(full, bare)))]


@lru_cache(maxsize=KNOWN)
def _is_name(speaker: str, language: str) -> bool:
    """Tell "Ada de Wit" from "another man", and from "Ada de Wit and Jan Mol".

    A name ends in a word with a capital.
    """
    words = NAME_PART.findall(speaker)
    several = not frozenset(load_words(language, "identities")["joint"]).isdisjoint(words)
    return bool(words) and not words[-1][0].islower() and not several


@lru_cache(maxsize=KNOWN)
def _parse_name(speaker: str, language: str) -> Name:
    titles = load_words(language, "identities")["titles"]
    parts = (part.lower().replace("’", "'") for part in NAME_PART.findall(speaker))
    name = tuple(part for part in parts if part not in titles and len(part) > 1)
    return name or ("".join(speaker.lower().split()),)


@lru_cache(maxsize=KNOWN)
def _find_meaning(role: str, language: str) -> frozenset[str]:
    """Return the words of a role that tell one from another."""
    vague = load_words(language, "identities")["vague"]
    return frozenset(WORD.findall(role.lower())).difference(vague)


def _group(same: list[Mention]) -> list[list[Mention]]:
    """Return mentions of one full name as persons: who has no role belongs to the largest."""
    groups = _split(same)
    silent = [group for group in groups if not any(mention.roles for mention in group)]
    telling = [group for group in groups if any(mention.roles for mention in group)]
    if not telling:
        return [same]
    max(telling, key=len).extend(mention for group in silent for mention in group)
    return telling


def _split(same: Sequence[Mention]) -> list[list[Mention]]:
    """Return mentions in groups that ties hold together, directly or through others."""
    leader = list(range(len(same)))
    first: dict[str, int] = {}
    for number, mention in enumerate(same):
        for tie in mention.ties:
            earlier = first.setdefault(tie, number)
            if leader[earlier] != leader[number]:
                one, other = _find(leader, earlier), _find(leader, number)
                # The earliest leads, so that groups come in the order of their first mention.
                leader[max(one, other)] = min(one, other)
    groups: dict[int, list[Mention]] = defaultdict(list)
    for number, mention in enumerate(same):
        groups[_find(leader, number)].append(mention)
    return list(groups.values())


def _find(leader: list[int], number: int) -> int:
    """Return who leads the group of a mention, and shorten the way there."""
    while leader[number] != number:
        leader[number] = number = leader[leader[number]]
    return number


def _join_surnames(full: list[list[Mention]], bare: list[list[Mention]]) -> Iterator[list[Mention]]:
    """Yield all groups; a bare surname goes to the one full name that something ties it to."""
    groups = [list(group) for group in full]
    known = [_ties_of(group) for group in full] if bare else []
    for group in bare:
        ties = _ties_of(group)
        tied = [number for number, own in enumerate(known) if not own.isdisjoint(ties)]
        if len(tied) == 1:
            groups[tied[0]].extend(group)
            known[tied[0]] |= ties
        else:
            yield group
    yield from groups


def _ties_of(group: Iterable[Mention]) -> set[str]:
    return set().union(*(mention.ties for mention in group))


def _person(group: Sequence[Mention]) -> Person:
    names = Counter(mention.speaker for mention in group)
    roles = Counter(role for mention in group for role in mention.roles)
    fullest = max(names, key=lambda name: (len(name.split()), names[name], name))
    role = max(roles, key=lambda role: (roles[role], role), default=None)
    mentions = tuple((mention.slug, mention.speaker) for mention in group)
    return Person(name=fullest, role=role, mentions=mentions, first=group[0][:3])
