"""Meets the people of an article: every name that stands in it, and whose name it is."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from digest.speakers.lexicon import Lexicon
from digest.speakers.names import Named, find_names
from digest.speakers.sexes import clear_sex, find_votes, shown_sex
from digest.speakers.subjects import main_subject
from digest.speakers.tokens import Sentence

MANY = 100  # people of one name or role; an article that has more is a list


class Mention(NamedTuple):
    """A place where the article names one of its people."""

    start: int
    sentence: int
    person: int
    owner: bool
    """Something of his or hers is spoken of: "Smith's house"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom the article names."""

    name: str
    """The fullest that the article gives."""
    role: str | None
    """The first that the article gives, as it words it."""
    sex: str
    """ "male" or "female" if the article shows it, else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The people of an article, and where it names them in the order of the text."""

    people: tuple[Person, ...]
    mentions: tuple[Mention, ...]
    sentences: Sequence[Sentence]

    def is_subject(self, mention: Mention) -> bool:
        """Tell whether a mention stands where the subject of its sentence stands."""
        sentence = self.sentences[mention.sentence]
        subject = None if mention.owner else main_subject(sentence, 0, len(sentence))
        return subject is not None and subject.start <= mention.start < subject.end

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions in a stretch of the text."""
        first = bisect_left(self.mentions, start, key=_place)
        return self.mentions[first : bisect_left(self.mentions, end, lo=first, key=_place)]

    def mentions_before(self, start: int) -> Iterator[Mention]:
        """Yield the mentions before a place of the text, the nearest first."""
        for i in range(bisect_left(self.mentions, start, key=_place) - 1, -1, -1):
            yield self.mentions[i]


def _place(mention: Mention) -> int:
    return mention.start


class _Placed(NamedTuple):
    """A name, and the sentence that it stands in."""

    name: Named
    sentence: int
    alone: bool
    """It is the only name in its sentence."""
    sex: str
    """As what stands beside it shows it."""


@dataclass(slots=True)
class _Draft:
    """What is known of a person so far."""

    words: tuple[str, ...]
    role: str | None = None
    votes: Counter[str] = field(default_factory=Counter)

    sex: str = ""
    """As a title or role shows it."""

    def can_be(self, words: Sequence[str], sex: str = "") -> bool:
        """Tell whether a name of the same surname can be this person's."""
        if sex and self.sex and sex != self.sex:
            return False
        return len(words) == 1 or len(self.words) == 1 or is_same_first(self.words[0], words[0])


_Finder = dict[str, list[_Draft]]


def meet_people(sentences: Sequence[Sentence], lexicon: Lexicon) -> Cast:
    """Return the people that the sentences of an article name, and where.

    Names that leave no doubt come first: what they show of a person helps to tell whose the
    others are.
    """
    placed = list(_place_names(sentences, lexicon))
    drafts = _draft_people(placed)
    finder = _index(drafts)
    placed = [one for one in placed if _key(one.name.words[-1]) in finder]
    votes = [list(_find_votes(one, sentences, lexicon)) for one in placed]
    _learn(placed, _owners(placed, finder, sure=True), votes)
    owners = _owners(placed, finder, sure=False)
    _learn(placed, owners, votes)
    people = tuple(
        Person(name=" ".join(draft.words), role=draft.role, sex=clear_sex(draft.votes))
        for draft in drafts
    )
    numbers = {id(draft): i for i, draft in enumerate(drafts)}
    return Cast(people=people, mentions=_mentions(placed, owners, numbers), sentences=sentences)


def _place_names(sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[_Placed]:
    for number, sentence in enumerate(sentences):
        names = list(find_names(sentence))
        for name in names:
            yield _Placed(name, number, len(names) == 1, shown_sex(name.hints, lexicon))


def _find_votes(
    placed: _Placed, sentences: Sequence[Sentence], lexicon: Lexicon
) -> Iterator[tuple[str, int]]:
    name, number, alone, _ = placed
    return find_votes(name, sentences[number], lexicon, alone=alone)


def is_same_first(a: str, b: str) -> bool:
    """Tell whether two first names can be one person's: Tim and Timothy, H. and Harry."""
    length = min(len(a.rstrip(".")), len(b.rstrip(".")), 3)
    return a[:length] == b[:length]


def _draft_people(placed: Sequence[_Placed]) -> list[_Draft]:
    """Return one draft for each person who is named in full, or only with a title or role."""
    drafts: list[_Draft] = []
    by_surname: _Finder = {}
    full = [one for one in placed if len(one.name.words) > 1]
    alone = [one for one in placed if len(one.name.words) == 1]
    short = [one for one in alone if one.name.title or one.name.role]
    for name, _, _, sex in (*full, *short):
        known = by_surname.setdefault(_key(name.words[-1]), [])
        same = next((d for d in known[:MANY] if d.can_be(name.words, sex)), None)
        if same is None:
            same = _Draft(name.words)
            drafts.append(same)
            known.append(same)
        same.words = max(same.words, name.words, key=len)
        if len(name.words) > 1 or len(known) == 1:
            same.sex = same.sex or sex
    return drafts


def _key(word: str) -> str:
    """Return what finds a name: Mcconnell and McConnell are one."""
    return word.lower()


def _index(drafts: Sequence[_Draft]) -> _Finder:
    """Return whom each surname may mean, and each first name that is no surname."""
    finder: _Finder = {}
    for draft in drafts:
        finder.setdefault(_key(draft.words[-1]), []).append(draft)
    surnames = set(finder)
    for draft in drafts:
        if _key(draft.words[0]) not in surnames:
            finder.setdefault(_key(draft.words[0]), []).append(draft)
    return finder


def _owners(placed: Iterable[_Placed], finder: _Finder, *, sure: bool) -> list[_Draft | None]:
    """Return the person whose each name is, if there is one; with `sure`, only beyond doubt.

    A surname that several people bear means the one whom the article named last in full: right
    for 1943 of 2030 names in PolNeAR's development half, for 1933 if it means the first.
    """
    owners: list[_Draft | None] = []
    named_last: dict[str, _Draft] = {}
    for name, _, _, sex in placed:
        fits = _fitting(name, finder, sex)
        owner = fits[0] if fits else None
        if len(fits) > 1:
            last = named_last.get(_key(name.words[-1]), owner)
            owner = None if sure else last if last in fits else owner
        if owner is not None:
            owner.sex = owner.sex or sex
            if len(name.words) > 1:
                named_last[_key(name.words[-1])] = owner
        owners.append(owner)
    return owners


def _fitting(name: Named, finder: _Finder, sex: str) -> list[_Draft]:
    """Return the people whose name it may be, if it shows a sex only those who have it."""
    known = finder.get(_key(name.words[-1]), [])[:MANY]
    if len(name.words) > 1:
        return [draft for draft in known if draft.can_be(name.words)][:1]
    if not sex or len(known) < 2:
        return known
    sexes = [(draft, draft.sex or clear_sex(draft.votes)) for draft in known]
    same = [draft for draft, shown in sexes if shown == sex]
    return same or [draft for draft, shown in sexes if not shown] or known


def _learn(
    placed: Sequence[_Placed],
    owners: Sequence[_Draft | None],
    votes: Sequence[Sequence[tuple[str, int]]],
) -> None:
    """Note the first role of each person, and what the article shows of his or her sex."""
    for one, owner, shown in zip(placed, owners, votes, strict=True):
        if owner is not None:
            owner.role = owner.role or one.name.role or None
            for sex, weight in shown:
                owner.votes[sex] += weight


def _mentions(
    placed: Sequence[_Placed], owners: Sequence[_Draft | None], numbers: dict[int, int]
) -> tuple[Mention, ...]:
    return tuple(
        Mention(name.start, number, numbers[id(owner)], name.owner)
        for (name, number, _, _), owner in zip(placed, owners, strict=True)
        if owner is not None
    )
