"""Reads who is named by a run of words: a name with titles and roles, a noun, or a pronoun."""

from collections.abc import Sequence
from typing import NamedTuple

from digest.speakers.lexicon import NOUNS
from digest.speakers.tokens import Sentence, Token

NO_FIRST_NAMES = frozenset({"affiliations", "participles"})  # "Russian Ann", "Praising Ann"
SHORT = 4  # letters: NATO is no surname
BOUNDARIES = frozenset({"conjunctions", "auxiliaries", "speech", "manner"})


class Phrase(NamedTuple):
    """Somebody as the article words it, without what is said about him or her afterwards."""

    kind: str
    """name, nominal, pronoun, or answer for the "A:" of an interview"""
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


def unshouted(name: str) -> str:
    """Return a name in usual letters: transcripts shout "JOEL BENSON"."""
    if not name.isupper() or len(name.rpartition(" ")[2]) <= SHORT:
        return name
    return " ".join(word.capitalize() for word in name.split())


def is_office(sentence: Sentence, at: int) -> bool:
    """Tell whether "of" at a place joins an office and a name: Secretary of State Ann Smith."""
    if not 0 < at < len(sentence) - 2 or "genitives" not in sentence[at].tags:
        return False
    role, names = sentence[at - 1], sentence[at + 1 : at + 4]
    if "roles" not in role.tags or names[1].kind != "name":
        return False
    country = len(names) == 3 and all(token.kind == "name" for token in names)
    return "offices" in names[0].tags or (country and role.text[:1].isupper())


def is_connector(sentence: Sentence, at: int) -> bool:
    """Tell whether a small word stands inside the name of an organisation.

    Department | of | Health, Food | and | Drug Administration
    """
    if not 0 < at < len(sentence) - 1 or sentence[at].tags.isdisjoint({"genitives", "additions"}):
        return False
    before, behind = sentence[at - 1], sentence[at + 1 : at + 3]
    if before.kind != "name" or behind[0].kind != "name":
        return False
    named = (before,) if "genitives" in sentence[at].tags else behind
    return any("organisation_names" in token.tags for token in named)


def is_no_first_name(sentence: Sentence, at: int) -> bool:
    """Tell whether a capital stands before a name: Russian | Ann, Secretary of State | Ann."""
    return is_office(sentence, at - 1) or not sentence[at].tags.isdisjoint(NO_FIRST_NAMES)


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
    while at < end and _is_before_name(sentence, start, at, end):
        at += 1
    return at


def _is_part_of_name(sentence: Sentence, at: int, end: int) -> bool:
    inside = is_particle(sentence[:end], at) or is_connector(sentence[:end], at)
    return sentence[at].kind == "name" or inside


def _is_before_name(sentence: Sentence, start: int, at: int, end: int) -> bool:
    """Tell whether a name can begin only behind a place: not with "de", nor with "Russian"."""
    if sentence[at].kind != "name":
        return not is_particle(sentence[:end], at)
    return end - at > 1 and is_no_first_name(sentence, at)


def is_particle(sentence: Sentence, at: int) -> bool:
    """Tell whether a small word stands inside a name: Ursula | von | der | Leyen."""
    inside = at > 0 and "name_particles" in sentence[at - 1].tags
    if at < len(sentence) and "determiners" in sentence[at].tags and not inside:
        return False  # "Lund | der Zeitung"
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
    has_role = any("roles" in t.tags and "ages" not in t.tags for t in sentence[role:first])
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
