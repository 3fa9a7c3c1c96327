"""Meets the people of an article: every name that stands in it, and whose name it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from digest.speakers.lexicon import Lexicon
from digest.speakers.names import Named, find_names
from digest.speakers.subjects import main_subject
from digest.speakers.tokens import Sentence

# A title or a role shows a sex for certain; a pronoun in a sentence that names one person does so
# nine times in ten.
SURE, LIKELY = 10, 1
CLEAR = 1.5  # times as many votes as for the other sex


class Mention(NamedTuple):
    """A place where the article names one of its people."""

    start: int
    sentence: int
    person: int
    subject: bool
    """It stands where the subject of the sentence stands."""
    full: bool
    """With first name and surname."""


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


@dataclass(slots=True)
class _Draft:
    """What is known of a person so far."""

    words: tuple[str, ...]
    role: str | None = None
    votes: Counter[str] = field(default_factory=Counter)


def meet_people(sentences: Sequence[Sentence], lexicon: Lexicon) -> Cast:
    """Return the people that the sentences of an article name, and where."""
    named = [
        (number, name) for number, sentence in enumerate(sentences) for name in find_names(sentence)
    ]
    drafts = _draft_people(name for _, name in named)
    finder = _index(drafts)
    subjects = {number: _subject_place(sentences[number]) for number, _ in named}
    mentions = []
    for number, name in named:
        person = _whose(name, drafts, finder)
        if person is not None:
            subject = name.start in subjects[number] and not name.owner
            full = len(name.words) > 1
            mentions.append(Mention(name.start, number, person, subject, full))
            _learn(drafts[person], name, lexicon)
    _count_pronouns(sentences, mentions, drafts)
    people = tuple(
        Person(name=" ".join(draft.words), role=draft.role, sex=_sex(draft.votes))
        for draft in drafts
    )
    return Cast(people=people, mentions=tuple(mentions))


def _draft_people(names: Iterable[Named]) -> list[_Draft]:
    """Return one draft for each person who is named in full, or with a title or role."""
    drafts: list[_Draft] = []
    by_surname: dict[str, list[_Draft]] = {}
    for name in names:
        if len(name.words) > 1 or name.title or name.role:
            known = by_surname.setdefault(name.words[-1], [])
            same = next((draft for draft in known if is_same(draft.words, name.words)), None)
            if same is None:
                drafts.append(_Draft(name.words))
                known.append(drafts[-1])
            elif len(name.words) > len(same.words):
                same.words = name.words
    return drafts


def is_same(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two names of one surname can be one person's: Tim and Timothy, H. and Harry."""
    if len(a) == 1 or len(b) == 1:
        return True
    short = min(len(a[0].rstrip(".")), len(b[0].rstrip(".")), 3)
    return a[0][:short] == b[0][:short]


def _index(drafts: Sequence[_Draft]) -> dict[str, list[int]]:
    """Return which people each surname may mean, and each first name that is no surname."""
    finder: dict[str, list[int]] = {}
    for i, draft in enumerate(drafts):
        finder.setdefault(draft.words[-1], []).append(i)
    surnames = set(finder)
    for i, draft in enumerate(drafts):
        if draft.words[0] not in surnames:
            finder.setdefault(draft.words[0], []).append(i)
    return finder


def _whose(name: Named, drafts: Sequence[_Draft], finder: dict[str, list[int]]) -> int | None:
    known = finder.get(name.words[-1], [])
    if len(name.words) == 1:
        return known[0] if known else None
    return next((i for i in known if is_same(drafts[i].words, name.words)), None)


def _subject_place(sentence: Sentence) -> range:
    """Return where in the text the subject of a sentence stands."""
    subject = main_subject(sentence, 0, len(sentence))
    return range(subject.start, subject.end) if subject else range(0)


def _learn(draft: _Draft, name: Named, lexicon: Lexicon) -> None:
    """Note the role of a person, and what his or her title or role shows."""
    draft.role = draft.role or name.role or None
    for word in (name.title, *name.role.split()):
        tags = lexicon.tags.get(word, frozenset())
        if tags & {"female_titles", "female_roles"}:
            draft.votes["female"] += SURE
        elif tags & {"male_titles", "male_roles"}:
            draft.votes["male"] += SURE


def _count_pronouns(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], drafts: Sequence[_Draft]
) -> None:
    """Note how the article speaks of people: where a sentence names one, "she" is that one."""
    named: dict[int, list[Mention]] = {}
    for mention in mentions:
        named.setdefault(mention.sentence, []).append(mention)
    for number, there in named.items():
        if len({mention.person for mention in there}) == 1:
            pronoun = _first_pronoun(sentences[number], there[0].start)
            drafts[there[0].person].votes[pronoun] += LIKELY


def _first_pronoun(sentence: Sentence, start: int) -> str:
    for token in sentence:
        if token.start > start:
            if "male_pronouns" in token.tags:
                return "male"
            if "female_pronouns" in token.tags:
                return "female"
    return ""


def _sex(votes: Counter[str]) -> str:
    male, female = votes["male"], votes["female"]
    if male > CLEAR * female:
        return "male"
    return "female" if female > CLEAR * male else ""
