"""Tells who is meant by a name, a role or a pronoun at a place of an article."""

from itertools import islice, pairwise
from typing import NamedTuple

from digest.speakers.lexicon import Lexicon
from digest.speakers.people import MANY, Cast
from digest.speakers.phrases import join_names
from digest.speakers.reading import Phrase
from digest.speakers.subjects import main_subject
from digest.speakers.tokens import Sentence

LOOK_BACK = 8  # sentences
TELLS_MORE = frozenset({"prepositions", "conjunctions", "genitives"})
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
    told: Sentence = ()
    """The sentence before in the paragraph."""


NOBODY = Speaker(None)


def resolve(phrase: Phrase, place: Place, cast: Cast, lexicon: Lexicon) -> Speaker:
    """Return who is meant by a phrase; a name of `None` where the article does not tell."""
    if phrase.kind == "answer":
        return _resolve_answer(place, cast)
    if phrase.kind == "name":
        return _resolve_name(phrase, cast, lexicon)
    if phrase.kind == "nominal":
        return _resolve_nominal(phrase, place, cast, lexicon)
    return _resolve_pronoun(phrase, place, cast, lexicon)


def _as_speaker(cast: Cast, person: int) -> Speaker:
    return Speaker(cast.people[person].name, cast.people[person].role, person)


def _resolve_answer(place: Place, cast: Cast) -> Speaker:
    """Return who answers in an interview: the only one whom the article has named before."""
    named = {mention.person for mention in islice(cast.mentions_before(place.start), MANY)}
    return _as_speaker(cast, *named) if len(named) == 1 else NOBODY


def _resolve_name(phrase: Phrase, cast: Cast, lexicon: Lexicon) -> Speaker:
    named = cast.mentions_in(phrase.start, phrase.end)
    if len(named) == 1:
        return _as_speaker(cast, named[0].person)
    joint = next((w for w in phrase.words.split() if "additions" in lexicon.tags_of(w)), None)
    if joint and len(named) == len(phrase.words.replace(f" {joint} ", ", ").split(", ")):
        return Speaker(join_names([cast.people[mention.person].name for mention in named], joint))
    return Speaker(phrase.words, phrase.role or None)


def _resolve_nominal(phrase: Phrase, place: Place, cast: Cast, lexicon: Lexicon) -> Speaker:
    """Return the person whose role the words tell: "the president", "the Russian leader".

    If several have that role, it is the one whose role tells no more than that, or least, and of
    these the one whom the article named last.
    """
    if not phrase.definite or "roles" not in phrase.head:
        return Speaker(phrase.words)
    words = _role_words(phrase.words)
    roles = ((i, _role_words(person.role or "")) for i, person in enumerate(cast.people[:MANY]))
    lengths = {i: len(role) for i, role in roles if role and _tells(role, words, lexicon)}
    least = min(lengths.values(), default=0)
    fits = {i for i, length in lengths.items() if length == least}
    named = (mention.person for mention in islice(cast.mentions_before(place.start), MANY))
    person = next((i for i in named if i in fits), min(fits, default=None))
    return Speaker(phrase.words) if person is None else _as_speaker(cast, person)


def _role_words(role: str) -> list[str]:
    return [word.removesuffix("'s") for word in role.lower().replace("’", "'").split()]


def _tells(role: list[str], words: list[str], lexicon: Lexicon) -> bool:
    """Tell whether a role may be worded so, with nothing that it does not say."""
    known, noun = _head(role, lexicon), _head(words, lexicon)
    leads = noun == "leader" and "leaders" in lexicon.tags_of(known)
    same = known == noun or (lexicon.verb_second and known.endswith(noun))
    return (same or leads) and set(words) - {noun} <= set(role)


def _head(words: list[str], lexicon: Lexicon) -> str:
    """Return the noun before what tells more: "mayor" of "mayor of Rome and a former nurse"."""
    for word, behind in pairwise(words):
        if not lexicon.tags_of(behind).isdisjoint(TELLS_MORE):
            return word
    return words[-1]


def _resolve_pronoun(phrase: Phrase, place: Place, cast: Cast, lexicon: Lexicon) -> Speaker:
    tags = lexicon.tags[phrase.words]
    if "neuter_pronouns" in tags:
        told = _told_before(phrase, place, lexicon)
        return place.before if told is NOBODY and place.before.person is None else told
    if tags.isdisjoint({"male_pronouns", "female_pronouns"}):
        return NOBODY
    other = "male" if "female_pronouns" in tags else "female"
    scores: dict[int, float] = {}
    for mention in cast.mentions_before(place.start):
        if place.sentence - mention.sentence > LOOK_BACK:
            break
        if cast.people[mention.person].sex != other:
            score = FADE ** (place.sentence - mention.sentence)
            score *= SUBJECT if cast.is_subject(mention) else 1
            scores[mention.person] = max(scores.get(mention.person, 0), score)
    if place.last is not None and cast.people[place.last[0]].sex != other:
        score = FADE ** (place.sentence - place.last[1]) * SPOKE_LAST
        scores[place.last[0]] = scores.get(place.last[0], 0) + score
    ranked = sorted(scores, key=lambda i: (-scores[i], i))
    if not ranked and _can_be_person(place.before, lexicon):
        return place.before
    if not ranked or (len(ranked) > 1 and scores[ranked[1]] > RIVAL * scores[ranked[0]]):
        return NOBODY
    return _as_speaker(cast, ranked[0])


def _can_be_person(speaker: Speaker, lexicon: Lexicon) -> bool:
    """Tell whether somebody who is none of the cast may be "he": Smith, or a spokesman."""
    head = (speaker.name or " ").rpartition(" ")[2]
    tags = lexicon.tags_of(head)
    if head[:1].isupper():
        return "organisation_names" not in tags
    return "roles" in tags and "plurals" not in tags


def _told_before(phrase: Phrase, place: Place, lexicon: Lexicon) -> Speaker:
    """Return whom "it" or "they" means: the subject of the sentence before, if it is no person."""
    subject = main_subject(place.told, 0, len(place.told)) if place.told else None
    if subject is None or subject.kind != "nominal":
        return NOBODY
    many = "plurals" in lexicon.tags_of(subject.words.rpartition(" ")[2])
    one = not subject.head.isdisjoint({"organisations", "documents"})
    fits = many if "plural_pronouns" in lexicon.tags[phrase.words] else one and not many
    return Speaker(subject.words) if fits else NOBODY
