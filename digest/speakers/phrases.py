"""Finds where the words that name somebody begin and end, before or behind a place."""

from collections.abc import Sequence

from digest.speakers.lexicon import GUESSED, NOUNS
from digest.speakers.reading import (
    Phrase,
    is_boundary,
    is_connector,
    is_office,
    is_particle,
    joined,
    read_phrase,
)
from digest.speakers.tokens import Sentence, Token

MANY_NAMES = 9
LOOSE_ENDS = frozenset({"prepositions", "determiners", "adverbs"})


def phrase_before(sentence: Sentence, low: int, end: int, *, last: bool = False) -> Phrase | None:
    """Return who is named by the words that end before `end`, looking no further than `low`.

    "a spokesman for Mr. Trump" is the spokesman; with `last`, it is Mr. Trump.
    """
    start = end
    while start > low and not _is_end(sentence, start - 1):
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


def _is_end(sentence: Sentence, at: int) -> bool:
    return is_boundary(sentence[at]) and not is_connector(sentence, at)


def _with_complement(sentence: Sentence, at: int, high: int, phrase: Phrase) -> Phrase:
    """Return a noun with what tells whom it means: "a person close to the family"."""
    while at and sentence[at - 1].start >= phrase.end:
        at -= 1
    start = at
    if phrase.kind != "nominal" or at >= high or "complements" not in sentence[at].tags:
        return phrase
    if phrase.definite and "definite" in sentence[at].tags:  # "der Minister | der Zeitung"
        return phrase
    while at < high and not _ends_complement(sentence[at], sentence[at - 1]):
        at += 1
    while at > start and not sentence[at - 1].tags.isdisjoint(LOOSE_ENDS):
        at -= 1
    if at == start:
        return phrase
    words = f"{phrase.words} {joined(sentence[start:at])}"
    return phrase._replace(words=words, end=sentence[at - 1].end)


def _ends_complement(token: Token, before: Token) -> bool:
    if is_boundary(token) or not token.tags.isdisjoint({"calendar", "pasts"}):
        return True
    if "prepositions" in token.tags or "complements" in token.tags:
        return "complements" not in token.tags
    return token.kind == "word" and before.kind == "name"


def _with_partner(sentence: Sentence, low: int, start: int, phrase: Phrase) -> Phrase:
    """Return all names of "Ann Smith, Carl Hill and Ben Jones" if nothing stands before them."""
    if start - 1 <= low or "additions" not in sentence[start - 1].tags or phrase.kind != "name":
        return phrase
    names = _read_names(sentence, low)
    if names is not None and names.end == phrase.end:
        return names
    partner = phrase_after(sentence, low, start - 1)
    if partner is None or partner.kind != "name" or partner.end != sentence[start - 2].end:
        return phrase
    words = join_names((partner.words, phrase.words), sentence[start - 1].text)
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
    joins = is_office(sentence, at) or is_connector(sentence, at)
    return "prepositions" in sentence[at].tags and not joins


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


def _read_names(sentence: Sentence, at: int) -> Phrase | None:
    """Return the names of a list that begins at a place: "Ann Smith, Carl Hill and Ben Jones"."""
    names: list[Phrase] = []
    last, joint = False, ""
    while len(names) < MANY_NAMES:
        end = name_end(sentence, at)
        name = read_phrase(sentence, at, end) if end > at else None
        if name is None or name.kind != "name":
            return None
        if name.words[1:2] != "-":  # a party: "Smith, R-Ohio, and Jones"
            names.append(name)
        if last or end >= len(sentence):
            break
        at = end + (sentence[end].text == ",")
        last = at < len(sentence) and "additions" in sentence[at].tags
        joint = sentence[at].text if last else ""
        at += last
        if at == end:
            break
    if not last or len(names) < 2:
        return None
    words = join_names([name.words for name in names], joint)
    return names[0]._replace(words=words, end=names[-1].end, role="", title="")


def join_names(names: Sequence[str], joint: str) -> str:
    """Return several names as one speaker: "Ann Smith, Carl Hill and Ben Jones"."""
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def name_end(sentence: Sentence, at: int) -> int:
    """Return where the name ends that begins at a place with its titles, or the place itself."""
    while at < len(sentence) and "titles" in sentence[at].tags:
        at += 1
    while at < len(sentence) and (sentence[at].kind == "name" or is_particle(sentence, at)):
        at += 1
    return at


def phrase_after(sentence: Sentence, start: int, high: int) -> Phrase | None:
    """Return who is named by the words from `start` on: "the chair, Ada Smith" is Ada Smith."""
    end = start
    while end < high and not _stops(sentence, end, start):
        end += 1
    phrase = read_phrase(sentence, start, end)
    if phrase is not None and phrase.kind == "name" and end < high:
        return _with_others(sentence, start, end, phrase)
    if phrase is None or phrase.kind != "nominal":
        return phrase
    phrase = _with_complement(sentence, end, high, phrase)
    while end < high and sentence[end].start < phrase.end:
        end += 1
    if end + 1 < high and sentence[end].text == ",":
        return _named_behind(sentence, end + 1, high, phrase) or phrase
    return phrase


def _with_others(sentence: Sentence, start: int, end: int, phrase: Phrase) -> Phrase:
    """Return all names of "said Ann Smith and Ben Jones", unless a verb follows the last."""
    if sentence[end].text != "," and "additions" not in sentence[end].tags:
        return phrase
    names = _read_names(sentence, start)
    behind = next((t for t in sentence[end:] if names and t.start >= names.end), None)
    if names is None or (behind is not None and behind.kind not in {"mark", "quote"}):
        return phrase
    return names


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
    if _is_end(sentence, at) or "adverbs" in token.tags:
        return True
    if "prepositions" in token.tags:
        return _is_preposition(sentence, at)
    return at > start and _begins_anew(sentence, at, start)


def _begins_anew(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether something else follows a name or noun: "Smith | held", "Smith | the man"."""
    token, before = sentence[at], sentence[at - 1]
    if "determiners" in token.tags and "determiners" not in before.tags:
        return before.kind != "possessive"
    verb = "pasts" in token.tags
    if verb and not before.tags.isdisjoint(NOUNS):
        return True
    if "titles" in token.tags and before.kind == "name" and sentence[at + 1 : at + 2]:
        return sentence[at + 1].kind != "name"  # "Florida Sen. Ann Smith"
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
