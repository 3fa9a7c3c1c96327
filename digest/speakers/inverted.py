"""Finds the subject of a verb that stands second: before it, or behind it if something else is."""

from digest.speakers.phrases import name_end, phrase_after, phrase_before
from digest.speakers.reading import Phrase, is_particle, read_phrase
from digest.speakers.tokens import Sentence

BEGINS_NO_SUBJECT = frozenset({"prepositions", "adverbs", "calendar", "conjunctions", "listeners"})
ENDS_CLAUSE = frozenset({"conjunctions"})
STOPS = frozenset({"mark", "quote"})
MOST_BETWEEN = 12  # words between a verb and its subject: "sagte am Montag in Berlin der Minister"


def subject_of_second(sentence: Sentence, verb: int, low: int) -> Phrase | None:
    """Return who does what the verb says, looking no further left than `low`.

    "Lund sagte", "sagte Lund", "am Montag sagte Lund", "Lund hat am Montag gesagt".
    """
    if "perfects" in sentence[verb].tags:
        verb = _auxiliary(sentence, verb, low)
    start = verb
    while start > low and not _ends_clause(sentence, start - 1):
        start -= 1
    if start == verb or not sentence[start].tags.isdisjoint(BEGINS_NO_SUBJECT):
        return _behind(sentence, verb)
    return _singular(sentence, verb, phrase_before(sentence, start, verb))


def _auxiliary(sentence: Sentence, verb: int, low: int) -> int:
    """Return the place of the verb that a participle belongs to: "hat" of "hat gesagt"."""
    for at in range(verb - 1, low - 1, -1):
        if _ends_clause(sentence, at):
            break
        if "auxiliaries" in sentence[at].tags:
            return at
    return verb


def _ends_clause(sentence: Sentence, at: int) -> bool:
    token = sentence[at]
    return token.kind in STOPS or not token.tags.isdisjoint(ENDS_CLAUSE)


def _behind(sentence: Sentence, verb: int) -> Phrase | None:
    """Return the first behind a verb who is no listener and in no phrase of place or time."""
    at = verb + 1
    end = min(len(sentence), verb + MOST_BETWEEN)
    while at < end and sentence[at].kind not in STOPS:
        token = sentence[at]
        if is_particle(sentence, at):  # "sagte von der Leyen"
            return read_phrase(sentence, at, name_end(sentence, at))
        if "prepositions" in token.tags:
            at = _behind_noun(sentence, at + 1)
        elif not token.tags.isdisjoint({"adverbs", "calendar"}) or token.kind == "number":
            at += 1
        elif _is_listener(sentence, at):
            at = _behind_noun(sentence, at)
        else:
            return _singular(sentence, verb, phrase_after(sentence, at, len(sentence)))
    return None


def _behind_noun(sentence: Sentence, at: int) -> int:
    """Return the place behind the noun that ends a phrase: "im neuen Rathaus | der Minister"."""
    while at < len(sentence) and sentence[at].kind not in STOPS:
        at += 1
        if sentence[at - 1].text[:1].isupper():
            break
    return at


def _is_listener(sentence: Sentence, at: int) -> bool:
    """Tell whether words name to whom it is said: "dem Sender", "der Zeitung"."""
    token = sentence[at]
    if "listeners" in token.tags:
        return True
    noun = next((t for t in sentence[at + 1 : at + 4] if t.text[:1].isupper()), token)
    return "feminine_listeners" in token.tags and not noun.tags.isdisjoint(
        {"female_roles", "organisations"}
    )


def _singular(sentence: Sentence, verb: int, phrase: Phrase | None) -> Phrase | None:
    """Return a phrase, unless it is a pronoun that means several: "sagten sie"."""
    several = phrase is not None and phrase.kind == "pronoun" and sentence[verb].lower.endswith("n")
    return None if several else phrase
