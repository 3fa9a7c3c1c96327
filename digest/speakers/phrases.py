"""Reads who is named by a run of words: a name with titles and roles, a noun, or a pronoun."""

from collections.abc import Sequence
from typing import NamedTuple

from digest.speakers.lexicon import GUESSED, NOUNS
from digest.speakers.tokens import Sentence, Token

LOOSE_ENDS = frozenset({"prepositions", "determiners", "adverbs"})
BOUNDARIES = frozenset({"conjunctions", "auxiliaries", "speech", "manner"})


class Phrase(NamedTuple):
    """Somebody as the article words it, without what is said about him or her afterwards."""

    kind: str
    """name, nominal or pronoun"""
    words: str
    """The name without titles, the noun without its article, or the pronoun."""
    start: int
    end: int
    role: str = ""
    """The role before the name: "White House press secretary"."""
    title: str = ""
    """The last title before the name: "Mr."."""
    definite: bool = False
    """Somebody whom the article has told of already: "the president"."""
    head: frozenset[str] = frozenset()
    """The lists of the lexicon that the noun stands in."""
    outset: int = 0
    """Where the words before the name begin."""


def is_boundary(token: Token) -> bool:
    """Tell whether a phrase cannot go on across a token."""
    if token.kind in {"mark", "quote"}:
        return token.text not in {"-", "&"}
    return token.kind == "word" and not token.tags.isdisjoint(BOUNDARIES)


def joined(tokens: Sequence[Token]) -> str:
    """Return tokens with the blanks that stood between them."""
    text = ""
    end = tokens[0].start if tokens else 0
    for token in tokens:
        text += (" " if token.start > end else "") + token.text
        end = token.end
    return text


def phrase_before(sentence: Sentence, low: int, end: int, *, last: bool = False) -> Phrase | None:
    """Return who is named by the words that end before `end`, looking no further than `low`.

    "a spokesman for Mr. Trump" is the spokesman; with `last`, it is Mr. Trump.
    """
    start = end
    while start > low and not is_boundary(sentence[start - 1]):
        start -= 1
    pieces = _split_at_prepositions(sentence, start, end)
    if pieces and (last or pieces[0][0] > start):
        pieces.reverse()
    for at, stop in pieces:
        phrase = read_phrase(sentence, _noun_start(sentence, at, stop), stop)
        if phrase is not None:
            phrase = _with_complement(sentence, stop, end, phrase)
            return _with_partner(sentence, low, start, phrase)
    return None


def _with_complement(sentence: Sentence, at: int, high: int, phrase: Phrase) -> Phrase:
    """Return a noun with what tells whom it means: "a person close to the family"."""
    while at and sentence[at - 1].start >= phrase.end:
        at -= 1
    start = at
    if phrase.kind != "nominal" or at >= high or "complements" not in sentence[at].tags:
        return phrase
    while at < high and not _ends_complement(sentence[at]):
        at += 1
    while at > start and not sentence[at - 1].tags.isdisjoint(LOOSE_ENDS):
        at -= 1
    if at == start:
        return phrase
    words = f"{phrase.words} {joined(sentence[start:at])}"
    return phrase._replace(words=words, end=sentence[at - 1].end)


def _ends_complement(token: Token) -> bool:
    if is_boundary(token) or "calendar" in token.tags:
        return True
    return "prepositions" in token.tags and "complements" not in token.tags


def _with_partner(sentence: Sentence, low: int, start: int, phrase: Phrase) -> Phrase:
    """Return both names of "Ann Smith and Ben Jones" if nothing else stands before them."""
    if start - 1 <= low or "additions" not in sentence[start - 1].tags or phrase.kind != "name":
        return phrase
    partner = phrase_after(sentence, low, start - 1)
    if partner is None or partner.kind != "name" or partner.end != sentence[start - 2].end:
        return phrase
    words = f"{partner.words} and {phrase.words}"
    return phrase._replace(words=words, start=partner.start, outset=partner.outset, role="")


def _split_at_prepositions(sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between prepositions, each from its place to its end."""
    pieces = []
    at = start
    for stop in range(start, end + 1):
        if stop == end or _is_preposition(sentence, stop):
            if stop > at:
                pieces.append((at, stop))
            at = stop + 1
    return pieces


def _is_preposition(sentence: Sentence, at: int) -> bool:
    return "prepositions" in sentence[at].tags and not _is_office(sentence, at)


def _is_office(sentence: Sentence, at: int) -> bool:
    """Tell whether "of" is part of an office before a name: Secretary of State Hillary Clinton."""
    if "genitives" not in sentence[at].tags or not at or len(sentence) <= at + 2:
        return False
    office, name = sentence[at + 1 : at + 3]
    if "roles" not in sentence[at - 1].tags or name.kind != "name":
        return False
    return "offices" in office.tags or (office.kind == "name" and sentence[at - 1].text.istitle())


def _noun_start(sentence: Sentence, start: int, end: int) -> int:
    """Return where the last noun phrase begins: "on Friday | Smith", "Smith held | a sign"."""
    at = end - 1
    while at > start:
        tags = sentence[at - 1].tags
        if "calendar" in tags or (sentence[at - 1].kind == "number" and at - 1 == start):
            return at
        if "determiners" in sentence[at].tags and "determiners" not in tags:
            return at
        at -= 1
    return start


def phrase_after(sentence: Sentence, start: int, high: int) -> Phrase | None:
    """Return who is named by the words from `start` on: "the chair, Ada Smith" is Ada Smith."""
    end = start
    while end < high and not _stops(sentence, end, start):
        end += 1
    phrase = read_phrase(sentence, start, end)
    if phrase is None or phrase.kind != "nominal":
        return phrase
    phrase = _with_complement(sentence, end, high, phrase)
    while end < high and sentence[end].start < phrase.end:
        end += 1
    if end + 1 < high and sentence[end].text == ",":
        return _named_behind(sentence, end + 1, high, phrase) or phrase
    return phrase


def _named_behind(sentence: Sentence, start: int, high: int, role: Phrase) -> Phrase | None:
    """Return the name that stands alone between commas behind a role."""
    end = start
    while end < high and (sentence[end].kind == "name" or "titles" in sentence[end].tags):
        end += 1
    if end == start or (end < high and sentence[end].kind not in {"mark", "quote"}):
        return None
    name = read_phrase(sentence, start, end)
    return name and name._replace(role=role.words)


def _stops(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether a phrase that begins at `start` has ended before `at`."""
    token = sentence[at]
    if is_boundary(token) or "adverbs" in token.tags:
        return True
    if "prepositions" in token.tags:
        return not _is_office(sentence, at)
    return at > start and _begins_anew(sentence, at, start)


def _begins_anew(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether something else follows a name or noun: "Smith | held", "Smith | the man"."""
    token, before = sentence[at], sentence[at - 1]
    if "determiners" in token.tags and "determiners" not in before.tags:
        return before.kind != "possessive"
    verb = "pasts" in token.tags
    if verb and not before.tags.isdisjoint(NOUNS):
        return True
    if token.kind == "word" and before.kind == "name":
        plain = "determiners" in sentence[start].tags and token.tags <= GUESSED and not verb
        return not (plain or role_follows(sentence, at))
    return "pronouns" in before.tags and "possessives" not in before.tags


def role_follows(sentence: Sentence, at: int) -> bool:
    """Tell whether a role ends the small words behind a name: White House | press secretary."""
    for token in sentence[at : at + 4]:
        if not token.tags.isdisjoint(NOUNS):
            return True
        if token.kind != "word" or not token.tags <= GUESSED:
            return False
    return False


def read_phrase(sentence: Sentence, start: int, end: int) -> Phrase | None:
    """Return who the words from `start` to `end` name, or nothing if they name nobody."""
    while start < end and ("adverbs" in sentence[start].tags or sentence[start].kind == "mark"):
        start += 1
    if start >= end:
        return None
    token = sentence[start]
    if end - start == 1 and "pronouns" in token.tags:
        return Phrase("pronoun", token.lower, token.start, token.end, outset=token.start)
    name = _name_start(sentence, start, end)
    if name < end:
        letter = end - name == 1 and len(sentence[name].text) == 1  # "Q:"
        return None if letter else _read_name(sentence, start, name, end)
    return _read_nominal(sentence, start, end)


def _name_start(sentence: Sentence, start: int, end: int) -> int:
    """Return where the name begins that ends at `end`; `end` if there is none."""
    at = end
    while at > start and _is_part_of_name(sentence, at - 1, end):
        at -= 1
    while (
        at < end and sentence[at].kind != "name" and not (at > start and is_particle(sentence, at))
    ):
        at += 1
    if (
        at > start and "genitives" in sentence[at - 1].tags and end - at > 1
    ):  # Secretary of State | Ann
        at += 1
    while end - at > 1 and "affiliations" in sentence[at].tags:
        at += 1
    return at


def _is_part_of_name(sentence: Sentence, at: int, end: int) -> bool:
    return sentence[at].kind == "name" or is_particle(sentence[:end], at)


def is_particle(sentence: Sentence, at: int) -> bool:
    """Tell whether a small word stands inside a name: Ursula | von | der | Leyen."""
    while at < len(sentence) and "name_particles" in sentence[at].tags:
        at += 1
        if at < len(sentence) and sentence[at].kind == "name":
            return True
    return False


def _read_name(sentence: Sentence, start: int, name: int, end: int) -> Phrase:
    first = name
    while first > start and "titles" in sentence[first - 1].tags:
        first -= 1
    role = start
    while role < first and not sentence[role].tags.isdisjoint({"determiners", "adverbs"}):
        role += 1
    has_role = any("roles" in token.tags for token in sentence[role:first])
    return Phrase(
        kind="name",
        words=" ".join(token.text for token in sentence[name:end]),
        start=sentence[first].start,
        end=sentence[end - 1].end,
        role=joined(sentence[role:first]) if has_role else "",
        title=sentence[name - 1].text if first < name else "",
        outset=sentence[start].start,
    )


def _read_nominal(sentence: Sentence, start: int, end: int) -> Phrase | None:
    nouns = [at for at in range(start, end) if not sentence[at].tags.isdisjoint(NOUNS)]
    end = nouns[-1] + 1 if nouns else end
    last = sentence[end - 1]
    first = sentence[start]
    bare = start + ("articles" in first.tags)
    if bare == end or last.kind != "word" or "calendar" in last.tags:
        return None
    if not nouns and "stand_ins" not in last.tags:
        return None  # right in 7 of 18 on PolNeAR's development half
    owner = next((at for at in range(start, end) if sentence[at].kind == "possessive"), end)
    if "documents" in last.tags and owner < end:  # "Smith's statement" is what Smith says
        return read_phrase(sentence, start, owner)
    return Phrase(
        kind="nominal",
        words=joined(sentence[bare:end]),
        start=first.start,
        end=last.end,
        definite="definite" in first.tags,
        head=last.tags & NOUNS,
        outset=first.start,
    )
