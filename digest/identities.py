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
from itertools import pairwise

from digest.language import load_words
from digest.models import Story

NAME_PART = re.compile(r"[^\W\d_][\w'’-]*")
WORD = re.compile(r"\w{3,}")

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


@dataclass(frozen=True, slots=True)
class _Mention:
    """A speaker of one story, with what may tie him or her to those of others."""

    slug: str
    speaker: str
    name: Name
    roles: tuple[str, ...]
    ties: frozenset[str]
    """Words of the roles, the story with its related ones and its tags, the other people in it."""


def find_persons(stories: Sequence[Story], *, language: str = "en") -> list[Person]:
    """Return the speakers of all stories, each once, in the order of their first story.

    Whoever has no name ("another man", "a senior official") could be anybody and is left out.
    """
    mentions = [mention for story in stories for mention in _find_mentions(story, language)]
    by_name: dict[Name, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        by_name[mention.name].append(mention)
    full = [g for name, same in by_name.items() if len(name) > 1 for g in _group(same)]
    bare = [g for name, same in by_name.items() if len(name) == 1 for g in _split(same)]
    order = {id(mention): number for number, mention in enumerate(mentions)}
    groups = [
        sorted(group, key=lambda mention: order[id(mention)])
        for group in _join_surnames(full, bare)
    ]
    return [_person(group) for group in sorted(groups, key=lambda group: order[id(group[0])])]


def _find_mentions(story: Story, language: str) -> Iterator[_Mention]:
    words = load_words(language, "identities")
    titles, vague = frozenset(words["titles"]), frozenset(words["vague"])
    roles: dict[str, list[str]] = {}
    for quote in story.quotes:
        if quote.speaker and _is_name(quote.speaker):
            roles.setdefault(quote.speaker, []).extend([quote.role] if quote.role else [])
    names = {speaker: _parse_name(speaker, titles) for speaker in roles}
    near = {f"/{slug}" for slug in (story.slug, *story.related)}
    about = {f"#{tag.casefold()}" for tag in story.tags}
    known = {*names.values(), *(_parse_name(person, titles) for person in story.people)}
    for speaker, found in roles.items():
        meaning = {word for role in found for word in WORD.findall(role.lower())} - vague
        others = {" ".join(name) for name in known if len(name) > 1 and name != names[speaker]}
        ties = frozenset(near | about | meaning | others)
        yield _Mention(story.slug, speaker, names[speaker], tuple(found), ties)


def _is_name(speaker: str) -> bool:
    """Tell "Ada de Wit" from "another man": a name ends in a word with a capital."""
    words = NAME_PART.findall(speaker)
    return bool(words) and not words[-1][0].islower()


def _parse_name(speaker: str, titles: frozenset[str]) -> Name:
    parts = (part.lower().replace("’", "'") for part in NAME_PART.findall(speaker))
    name = tuple(part for part in parts if part not in titles and len(part) > 1)
    return name or (speaker.lower(),)


def _group(same: list[_Mention]) -> list[list[_Mention]]:
    """Return mentions of one full name as persons: who has no role belongs to the largest."""
    groups = _split(same)
    silent = [group for group in groups if not any(mention.roles for mention in group)]
    telling = [group for group in groups if any(mention.roles for mention in group)]
    if not telling:
        return [same]
    max(telling, key=len).extend(mention for group in silent for mention in group)
    return telling


def _split(same: Iterable[_Mention]) -> list[list[_Mention]]:
    """Return mentions in groups that ties hold together, directly or through others."""
    leader: dict[str, str] = {}

    def find(tie: str) -> str:
        while leader.setdefault(tie, tie) != tie:
            leader[tie] = tie = leader[leader[tie]]
        return tie

    for mention in same:
        for one, other in pairwise(sorted(mention.ties)):
            leader[find(one)] = find(other)
    groups: dict[str, list[_Mention]] = defaultdict(list)
    for mention in same:
        groups[find(f"/{mention.slug}")].append(mention)
    return list(groups.values())


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
