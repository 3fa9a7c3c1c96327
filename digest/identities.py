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
from typing import NamedTuple

from digest.briefs import Brief
from digest.language import load_words

NAME_PART = re.compile(r"[^\W\d_][\w'’-]*")
WORD = re.compile(r"\w{3,}")
KNOWN = 50_000  # names and roles that come again and again, so that each is looked at once

Name = tuple[str, ...]
"""A name as it is compared: lower case, without titles and initials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One speaker of one or more stories."""

    name: str
    """The fullest that a story gives."""
    role: str | None
    """As most quotes word it."""
    mentions: tuple[tuple[str, str], ...]
    """The slug of each story with the name that it uses, in the order of the stories."""


class _Mention(NamedTuple):
    """A speaker of one story, with what may tie him or her to those of others."""

    number: int
    """Its place among all mentions."""
    slug: str
    speaker: str
    name: Name
    roles: Sequence[str]
    ties: frozenset[str]
    """Words of the roles, the story with its related ones and its tags, the other people in it."""


def find_persons(stories: Sequence[Brief], *, language: str = "en") -> list[Person]:
    """Return the speakers of all stories, each once, in the order of their first story.

    Whoever has no name ("another man", "a senior official") could be anybody and is left out.
    """
    by_name: dict[Name, list[_Mention]] = defaultdict(list)
    for mention in _find_mentions(stories, language):
        by_name[mention.name].append(mention)
    full = [g for name, same in by_name.items() if len(name) > 1 for g in _group(same)]
    bare = [g for name, same in by_name.items() if len(name) == 1 for g in _split(same)]
    # The number comes first and is unique, so nothing else is compared.
    return [_person(group) for group in sorted(map(sorted, _join_surnames(full, bare)))]


def _find_mentions(stories: Iterable[Brief], language: str) -> Iterator[_Mention]:
    number = 0
    for story in stories:
        speakers = [(name, roles) for name, roles in story.speakers if _is_name(name, language)]
        if not speakers:
            continue
        names = {speaker: _parse_name(speaker, language) for speaker, _ in speakers}
        known = {*names.values(), *(_parse_name(person, language) for person in story.people)}
        full = {name: " ".join(name) for name in known if len(name) > 1}
        common = {f"/{story.slug}", *(f"/{slug}" for slug in story.related)}
        common.update(f"#{tag.casefold()}" for tag in story.tags)
        for speaker, roles in speakers:
            own = names[speaker]
            others = [words for name, words in full.items() if name != own]
            meaning = [_find_meaning(role, language) for role in roles]
            ties = frozenset(common.union(others, *meaning))
            yield _Mention(number, story.slug, speaker, own, roles, ties)
            number += 1


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
    return name or (speaker.lower(),)


@lru_cache(maxsize=KNOWN)
def _find_meaning(role: str, language: str) -> frozenset[str]:
    """Return the words of a role that tell one from another."""
    vague = load_words(language, "identities")["vague"]
    return frozenset(WORD.findall(role.lower())).difference(vague)


def _group(same: list[_Mention]) -> list[list[_Mention]]:
    """Return mentions of one full name as persons: who has no role belongs to the largest."""
    groups = _split(same)
    silent = [group for group in groups if not any(mention.roles for mention in group)]
    telling = [group for group in groups if any(mention.roles for mention in group)]
    if not telling:
        return [same]
    max(telling, key=len).extend(mention for group in silent for mention in group)
    return telling


def _split(same: Sequence[_Mention]) -> list[list[_Mention]]:
    """Return mentions in groups that ties hold together, directly or through others."""
    leader = list(range(len(same)))
    first: dict[str, int] = {}
    for number, mention in enumerate(same):
        for tie in mention.ties:
            earlier = first.setdefault(tie, number)
            if earlier != number:
                one, other = _find(leader, earlier), _find(leader, number)
                # The earliest leads, so that groups come in the order of their first mention.
                leader[max(one, other)] = min(one, other)
    groups: dict[int, list[_Mention]] = defaultdict(list)
    for number, mention in enumerate(same):
        groups[_find(leader, number)].append(mention)
    return list(groups.values())


def _find(leader: list[int], number: int) -> int:
    """Return who leads the group of a mention, and shorten the way there."""
    while leader[number] != number:
        leader[number] = number = leader[leader[number]]
    return number


def _join_surnames(
    full: list[list[_Mention]], bare: list[list[_Mention]]
) -> Iterator[list[_Mention]]:
    """Yield all groups; a bare surname goes to the one full name that something ties it to."""
    by_surname: dict[str, list[list[_Mention]]] = defaultdict(list)
    for group in full:
        by_surname[group[0].name[-1]].append(list(group))
    for group in bare:
        ties = frozenset().union(*(mention.ties for mention in group))
        tied = [other for other in by_surname[group[0].name[0]] if _tied(other, ties)]
        if len(tied) == 1:
            tied[0].extend(group)
        else:
            yield group
    for groups in by_surname.values():
        yield from groups


def _tied(group: Iterable[_Mention], ties: frozenset[str]) -> bool:
    return any(mention.ties & ties for mention in group)


def _person(group: Sequence[_Mention]) -> Person:
    names = Counter(mention.speaker for mention in group)
    roles = Counter(role for mention in group for role in mention.roles)
    fullest = max(names, key=lambda name: (len(name.split()), names[name], name))
    role = max(roles, key=lambda role: (roles[role], role), default=None)
    mentions = tuple((mention.slug, mention.speaker) for mention in group)
    return Person(name=fullest, role=role, mentions=mentions)
