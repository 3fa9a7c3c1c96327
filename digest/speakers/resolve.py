"""Tells who is meant by a name, a role or a pronoun at a place of an article."""

from typing import NamedTuple

from digest.speakers.lexicon import Lexicon
from digest.speakers.people import MANY, Cast
from digest.speakers.reading import Phrase

LOOK_BACK = 8  # sentences
# Who is "he"? The subject of the sentence before rather than somebody else in it, and the nearer
# sentence. The best of 27 settings tried on the pronouns of PolNeAR's development half: 92.7% of
# 411 right, 86% to 92% with the others.
SUBJECT = 3.0
FADE = 0.6
SPOKE_LAST = 1.5
# Two people of whom the second has more than this share of the first one's score are equally
# likely: the first is right in 1 of 6 there, and in 73% of 22 between 0.75 and 0.95.
RIVAL = 0.95


class Speaker(NamedTuple):
    """Who speaks: `person` counts in the cast, if it is one of its people."""

    name: str | None
    role: str | None = None
    person: int | None = None


class Place(NamedTuple):
    """Where somebody is spoken of, and who spoke before."""

    start: int
    sentence: int
    last: tuple[int, int] | None
    """The person who spoke last, and the sentence."""
    before: Speaker
    """Who said the quote before: a person or not."""


NOBODY = Speaker(None)


def resolve(phrase: Phrase, place: Place, cast: Cast, lexicon: Lexicon) -> Speaker:
    """Return who is meant by a phrase; a name of `None` where the article does not tell."""
    if phrase.kind == "name":
        return _resolve_name(phrase, cast)
    if phrase.kind == "nominal":
        return _resolve_nominal(phrase, cast, lexicon)
    return _resolve_pronoun(phrase, place, cast, lexicon)


def _as_speaker(cast: Cast, person: int) -> Speaker:
    return Speaker(cast.people[person].name, cast.people[person].role, person)


def _resolve_name(phrase: Phrase, cast: Cast) -> Speaker:
    named = cast.mentions_in(phrase.start, phrase.end)
    if len(named) == 1:
        return _as_speaker(cast, named[0].person)
    return Speaker(phrase.words, phrase.role or None)


def _resolve_nominal(phrase: Phrase, cast: Cast, lexicon: Lexicon) -> Speaker:
    """Return the person whose role the words tell: "the president", "the Russian leader"."""
    if phrase.definite and "roles" in phrase.head:
        words = phrase.words.lower().split()
        roles = [(person.role or "").lower().split() for person in cast.people[:MANY]]
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


def _resolve_pronoun(phrase: Phrase, place: Place, cast: Cast, lexicon: Lexicon) -> Speaker:
    tags = lexicon.tags[phrase.words]
    if "neuter_pronouns" in tags and place.before.person is None:
        return place.before
    if tags.isdisjoint({"male_pronouns", "female_pronouns"}):
        return NOBODY
    other = "male" if "female_pronouns" in tags else "female"
    scores: dict[int, float] = {}
    for mention in cast.mentions_before(place.start):
        if place.sentence - mention.sentence > LOOK_BACK:
            break
        if cast.people[mention.person].sex != other:
            score = FADE ** (place.sentence - mention.sentence)
            score *= SUBJECT if mention.subject else 1
            scores[mention.person] = max(scores.get(mention.person, 0), score)
    if place.last is not None and cast.people[place.last[0]].sex != other:
        score = FADE ** (place.sentence - place.last[1]) * SPOKE_LAST
        scores[place.last[0]] = scores.get(place.last[0], 0) + score
    ranked = sorted(scores, key=lambda i: (-scores[i], i))
    if not ranked or (len(ranked) > 1 and scores[ranked[1]] > RIVAL * scores[ranked[0]]):
        return NOBODY
    return _as_speaker(cast, ranked[0])
