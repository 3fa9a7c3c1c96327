"""Finds the names in a sentence, each with the role and the title that stand beside it."""

from collections.abc import Iterator
from typing import NamedTuple

from digest.speakers.reading import (
    is_boundary,
    is_connector,
    is_no_first_name,
    is_office,
    is_particle,
    joined,
    unshouted,
)
from digest.speakers.tokens import Sentence, Token

MAX_NAME = 5  # words; more are a headline in capitals
MAX_ROLE = 14  # words; a longer apposition tells a story
SMALL = frozenset({"prepositions", "conjunctions", "determiners", "auxiliaries"})
PREDICATES = frozenset({"speech", "manner", "auxiliaries"})
BEFORE_NAMES = frozenset({"roles", "affiliations", "participles", "offices"})
NO_ROLE = frozenset({"prepositions", "determiners", "adverbs", "calendar", "pronouns"})


class Named(NamedTuple):
    """A name as it stands in a sentence."""

    words: tuple[str, ...]
    start: int
    behind: int
    """The place of the token behind it in its sentence."""
    role: str
    title: str
    hints: tuple[str, ...]
    """Words beside it that may show a sex: its title, and what he or she is to others."""
    owner: bool
    """Something of his or hers is spoken of: "Smith's house"."""


def find_names(sentence: Sentence) -> Iterator[Named]:
    """Yield the names of a sentence that may be those of people, in their order."""
    places = [at for at, token in enumerate(sentence) if token.kind == "name"]
    if not places or _is_headline(sentence):
        return
    end = 0
    for at in places:
        if at < end:
            continue
        end = _run_end(sentence, at)
        start = at
        while end - start > 1 and is_no_first_name(sentence, start):
            start += 1
        name = _read_named(sentence, start, end)
        if name is not None:
            yield name


def _is_headline(sentence: Sentence) -> bool:
    """Tell whether all words but the smallest have a capital: then capitals do not tell names."""
    if len(sentence) <= MAX_NAME or not all(_fits_headline(token) for token in sentence):
        return False
    return sum(token.kind == "name" or token.kind == "word" for token in sentence) > MAX_NAME


def _fits_headline(token: Token) -> bool:
    if token.kind == "word":
        return token.text[:1].isupper() or not token.tags.isdisjoint(SMALL)
    return token.kind != "quote"


def _run_end(sentence: Sentence, start: int) -> int:
    end = start + 1
    while end < len(sentence) and (sentence[end].kind == "name" or is_particle(sentence, end)):
        end += 1
    return end


def _read_named(sentence: Sentence, start: int, end: int) -> Named | None:
    first = start
    while first and "titles" in sentence[first - 1].tags:
        first -= 1
    run = sentence[start:end]
    if len(run) > MAX_NAME or (first == start and _is_organisation(run)):
        return None
    while len(run) > 1 and "name_endings" in run[-1].tags:
        run = run[:-1]
    before = _role_before(sentence, first, end)
    title = sentence[start - 1].text if first < start else ""
    return Named(
        words=tuple(unshouted(" ".join([token.text for token in run])).split()),
        start=run[0].start,
        behind=end,
        role=_shown_role(before) or _role_after(sentence, end),
        title=title,
        hints=tuple(filter(None, (title, *[token.text for token in before]))),
        owner=end < len(sentence) and sentence[end].kind == "possessive",
    )


def _is_organisation(run: Sentence) -> bool:
    return any("organisation_names" in token.tags for token in run)


def _role_before(sentence: Sentence, start: int, end: int) -> Sentence:
    """Return the words of the role that a name follows: "White House press secretary".

    A comma may stand between them: "Smith's lawyer, Ben Jones,".
    """
    if not start or _is_plain(sentence[start - 1]):
        return ()
    role = start
    while role and is_no_first_name(sentence, role - 1):
        role -= 1
    role = role - 1 if is_office(sentence, role - 1) else start
    closed = end == len(sentence) or sentence[end].kind == "mark"
    if role == start and closed and start > 1 and sentence[start - 1].text == ",":
        role = start = start - 1
    if not role or not _is_role(sentence[role - 1]):
        return ()
    role -= 1
    while role and _fits_role(sentence, role - 1):
        role -= 1
    if role and "possessives" in sentence[role - 1].tags:
        role -= 1
    return sentence[role:start]


def _is_plain(token: Token) -> bool:
    """Tell whether a token can be no part of a role, nor stand between it and a name."""
    return token.kind != "name" and token.text != "," and token.tags.isdisjoint(BEFORE_NAMES)


def _is_role(token: Token) -> bool:
    return "roles" in token.tags and token.tags.isdisjoint({"plurals", "ages"})


def _shown_role(words: Sentence) -> str:
    """Return a role to be shown: what somebody is to others tells little ("his rival")."""
    return "" if not words or "possessives" in words[0].tags else joined(words)


def _fits_role(sentence: Sentence, at: int) -> bool:
    """Tell whether a role can begin with a token: "former | White House", "met | President"."""
    token, after = sentence[at : at + 2]
    if "modifiers" in token.tags or is_connector(sentence, at):
        return True
    if token.kind in {"number", "quote"} or is_boundary(token):
        return False
    if token.kind == "word" and (after.text[:1].isupper() or "pasts" in token.tags):
        return token.text[:1].isupper() and token.tags.isdisjoint(NO_ROLE)
    return token.tags.isdisjoint(NO_ROLE)


def _role_after(sentence: Sentence, end: int) -> str:
    """Return the role in the apposition behind a name: ", co-founder of the club,".

    Or behind "is the".
    """
    is_one = end + 1 < len(sentence) and "copulas" in sentence[end].tags
    if end >= len(sentence) or (sentence[end].text != "," and not is_one):
        return ""
    start = end + 1
    if is_one and "definite" not in sentence[start].tags:
        return ""
    if len(sentence) > start + 1 and sentence[start].kind == "number":  # the age
        start += 2
    while start < len(sentence) and "articles" in sentence[start].tags:
        start += 1
    stop = start
    while stop < len(sentence) and stop - start <= MAX_ROLE and _goes_on(sentence, stop):
        stop += 1
    if stop < len(sentence) and not sentence[stop].tags.isdisjoint(PREDICATES):
        return ""  # "With Smith, the chair said"
    while stop > start and not sentence[stop - 1].tags.isdisjoint(NO_ROLE):
        stop -= 1
    return joined(sentence[start:stop]) if _tells_role(sentence[start:stop]) else ""


def _goes_on(sentence: Sentence, at: int) -> bool:
    token = sentence[at]
    return "additions" in token.tags or not is_boundary(token)


def _tells_role(words: Sentence) -> bool:
    """Tell whether a role comes before the first preposition, and no verb before it."""
    for token in words:
        if _is_role(token):
            return True
        if "prepositions" in token.tags or "possessives" in token.tags:
            return False
        if token.kind == "word" and token.tags == {"participles"}:
            return False
    return False
