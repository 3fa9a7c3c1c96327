"""Tells who is meant by a name, a role or a pronoun at a place of an article."""

from collections.abc import Iterator
from typing import NamedTuple

from digest.speakers.lexicon import Lexicon
from digest.speakers.people import Cast, Mention, is_same
from digest.speakers.phrases import Phrase

LOOK_BACK = 8  # sentences
OPPOSITE = {"he": "female", "she": "male"}
# Who is "he"? Weights from a search on PolNeAR's development half.
SUBJECT = 3.0
FADE = 0.6
SPOKE_LAST = 1.5


class Place(NamedTuple):
    """Where somebody is spoken of, and who spoke last."""

    start: int
    sentence: int
    last: int | None
    """The person who spoke last."""


class Speaker(NamedTuple):
    """Who speaks: `person` counts in the cast, if it is one of its people."""

    name: str | None
    role: str | None = None
    person: int | None = None


NOBODY = Speaker(None)


def resolve(phrase: Phrase, place: Place, cast: Cast, lexicon: Lexicon) -> Speaker:
    """Return who is meant by a phrase; a name of `None` where the article does not tell."""
    if phrase.kind == "name":
        return _resolve_name(phrase, place, cast, lexicon)
    if phrase.kind == "nominal":
        return _resolve_nominal(phrase, cast, lexicon)
    return _resolve_pronoun(phrase, place, cast)


def _as_speaker(cast: Cast, person: int) -> Speaker:
    return Speaker(cast.people[person].name, cast.people[person].role, person)


def _resolve_name(phrase: Phrase, place: Place, cast: Cast, lexicon: Lexicon) -> Speaker:
    words = phrase.words.split()
    while len(words) > 1 and "name_endings" in lexicon.tags.get(words[-1], ()):
        words.pop()
    fits = _fitting(words, cast)
    if not fits:
        return Speaker(phrase.words, phrase.role or None)
    if len(fits) > 1:
        fits = _of_sex(phrase.title, fits, cast, lexicon)
    return _as_speaker(cast, max(fits, key=lambda i: (_weight(i, cast), -i)))


def _fitting(words: list[str], cast: Cast) -> list[int]:
    names = [person.name.split() for person in cast.people]
    if len(words) > 1:
        return [i for i, n in enumerate(names) if n[-1] == words[-1] and is_same(n, words)]
    fits = [i for i, n in enumerate(names) if n[-1] == words[0]]
    return fits or [i for i, n in enumerate(names) if n[0] == words[0]]


def _of_sex(title: str, fits: list[int], cast: Cast, lexicon: Lexicon) -> list[int]:
    tags = lexicon.tags.get(title, frozenset())
    for sex in ("female", "male"):
        if f"{sex}_titles" in tags:
            return [i for i in fits if cast.people[i].sex == sex] or fits
    return fits


def _weight(person: int, cast: Cast) -> int:
    return sum(mention.person == person for mention in cast.mentions)


def _resolve_nominal(phrase: Phrase, cast: Cast, lexicon: Lexicon) -> Speaker:
    """Return the person whose role the words tell: "the president", "the Russian leader"."""
    if phrase.definite and "roles" in phrase.head:
        words = phrase.words.lower().split()
        roles = [(person.role or "").lower().split() for person in cast.people]
        fits = [(len(role), i) for i, role in enumerate(roles) if _tells(role, words, lexicon)]
        if fits:
            return _as_speaker(cast, min(fits)[1])
    return Speaker(phrase.words)


def _tells(role: list[str], words: list[str], lexicon: Lexicon) -> bool:
    """Tell whether a role may be worded so, with nothing that it does not say."""
    if not role or not set(words[:-1]) <= set(role):
        return False
    leads = words[-1] == "leader" and "leaders" in lexicon.tags.get(role[-1], ())
    return role[-1] == words[-1] or leads


def _resolve_pronoun(phrase: Phrase, place: Place, cast: Cast) -> Speaker:
    if phrase.words not in OPPOSITE:
        return NOBODY
    other = OPPOSITE[phrase.words]
    scores: dict[int, float] = {}
    for mention in _mentions_before(cast, place):
        if cast.people[mention.person].sex != other:
            score = FADE ** (place.sentence - mention.sentence) * (
                SUBJECT if mention.subject else 1
            )
            scores[mention.person] = max(scores.get(mention.person, 0), score)
    if place.last is not None and cast.people[place.last].sex != other:
        scores[place.last] = scores.get(place.last, 0) + SPOKE_LAST
    if not scores:
        return NOBODY
    return _as_speaker(cast, max(scores, key=lambda i: (scores[i], -i)))


def _mentions_before(cast: Cast, place: Place) -> Iterator[Mention]:
    for mention in reversed(cast.mentions):
        if place.sentence - mention.sentence > LOOK_BACK:
            return
        if mention.start < place.start:
            yield mention
