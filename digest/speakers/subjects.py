"""Finds who is the subject of a verb in a sentence of the reporter's words."""

from digest.speakers.inverted import subject_of_second
from digest.speakers.lexicon import GUESSED
from digest.speakers.phrases import phrase_after, phrase_before, role_follows
from digest.speakers.reading import Phrase
from digest.speakers.tokens import Sentence

CLOSES_APPOSITION = frozenset({",", ")", "—", "–", "-"})
STARTS_SUBJECT = frozenset({"titles", "pronouns", "determiners", "roles"})
STARTS_NONE = frozenset({"prepositions", "conjunctions", "adverbs"})


def find_subject(sentence: Sentence, verb: int, low: int) -> Phrase | None:
    """Return who does what the verb says, looking no further left than `low`.

    "Smith said", "said Smith", "Smith, the chair, said", "Smith left and said", "who said".
    """
    gerund = "participles" in sentence[verb].tags
    if "verb_second" in sentence[verb].tags:
        return subject_of_second(sentence, verb, low) or main_subject(sentence, low, verb)
    quoting = _quoting_before(sentence, verb, low, gerund=gerund)
    if quoting is not None:
        return phrase_after(sentence, quoting + 1, len(sentence))
    if not gerund and "tellings" not in sentence[verb].tags:
        phrase = _subject_behind(sentence, verb, low)
        if phrase is not None:
            return phrase
    at = verb
    while at > low and not sentence[at - 1].tags.isdisjoint({"auxiliaries", "adverbs"}):
        at -= 1
        if "passives" in sentence[at].tags and not gerund:
            return None
    if at == low:
        return main_subject(sentence, 0, low) if low and gerund else None
    return _subject_before(sentence, at, low, gerund=gerund)


def is_quoting(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is followed by who speaks: "Reuters quoted Smith as saying"."""
    if "quotings" not in sentence[verb].tags or verb + 1 >= len(sentence):
        return False
    return sentence[verb + 1].kind not in {"mark", "quote"} and not _is_passive(sentence, verb)


def _quoting_before(sentence: Sentence, verb: int, low: int, *, gerund: bool) -> int | None:
    """Return the place of the verb that quotes: this one, or that of "quoted Smith as saying"."""
    first = low if gerund else verb
    return next((at for at in range(verb, first - 1, -1) if is_quoting(sentence, at)), None)


def _is_passive(sentence: Sentence, verb: int) -> bool:
    return verb > 0 and "passives" in sentence[verb - 1].tags


def _subject_behind(sentence: Sentence, verb: int, low: int) -> Phrase | None:
    """Return the subject of "said Smith": the verb begins the clause, or a comma goes before it."""
    if verb + 1 >= len(sentence):
        return None
    begins = verb == low or sentence[verb - 1].kind == "quote"
    if not begins and sentence[verb - 1].text != ",":
        return None
    phrase = phrase_after(sentence, verb + 1, len(sentence))
    if phrase is None or begins:
        return phrase
    after = next((token for token in sentence if token.start >= phrase.end), None)
    return phrase if after is None or after.kind == "mark" else None


def _subject_before(sentence: Sentence, end: int, low: int, *, gerund: bool) -> Phrase | None:
    before = sentence[end - 1]
    if "relatives" in before.tags:
        cut = end - 2 if end - 2 >= low and sentence[end - 2].text == "," else end - 1
        return phrase_before(sentence, low, cut)
    if before.kind == "quote":
        return main_subject(sentence, 0, end)
    if "infinitives" in before.tags:  # "so subdued that Smith was prompted to say"
        clause = _clause_start(sentence, low, end)
        return main_subject(sentence, clause, end) or main_subject(sentence, 0, end)
    if before.text in CLOSES_APPOSITION or not before.tags.isdisjoint({"coordinators", "links"}):
        return main_subject(sentence, low, end) or main_subject(sentence, 0, low)
    phrase = phrase_before(sentence, low, end, last=gerund)
    if gerund and (phrase is None or _is_no_subject(sentence, phrase)):
        return main_subject(sentence, low, end)
    return phrase or main_subject(sentence, low, end)


def _is_no_subject(sentence: Sentence, phrase: Phrase) -> bool:
    """Tell whether a gerund belongs to another than the words before it.

    "Smith issued a statement saying", "Smith replied on Facebook saying"; but "with Smith saying".
    """
    before = next((token for token in reversed(sentence) if token.end < phrase.start), None)
    far = before is not None and "far_prepositions" in before.tags
    return phrase.head == {"documents"} or far


def _clause_start(sentence: Sentence, low: int, end: int) -> int:
    """Return where the clause begins whose verb stands before `end`."""
    start = end
    while start > low and sentence[start - 1].tags.isdisjoint({"clauses", "coordinators"}):
        start -= 1
    joined = start > low and "coordinators" in sentence[start - 1].tags
    return low if joined and not _starts_phrase(sentence, start) else start


def main_subject(sentence: Sentence, low: int, high: int) -> Phrase | None:
    """Return the first that could be a subject between two places of a sentence.

    What a comma sets apart in front is passed over: "On Friday, asked about it, Smith".
    """
    at = low
    while at < high:
        if _starts_phrase(sentence, at):
            phrase = phrase_after(sentence, at, high)
            if phrase is not None:
                return phrase
        at = _next_piece(sentence, at, high)
    return None


def _starts_phrase(sentence: Sentence, at: int) -> bool:
    token = sentence[at]
    if not token.tags.isdisjoint(STARTS_NONE):
        return False
    if token.kind == "name":
        return "participles" not in token.tags
    if token.kind == "word" and token.tags <= GUESSED:
        return role_follows(sentence, at)
    return not token.tags.isdisjoint(STARTS_SUBJECT)


def _next_piece(sentence: Sentence, at: int, high: int) -> int:
    """Return where the next stretch begins: behind the comma if this one is set apart in front."""
    token = sentence[at]
    if token.kind in {"mark", "quote", "possessive"}:
        return at + 1
    if not token.tags.isdisjoint({"coordinators", "adverbs"}):
        return at + 1
    while at < high and sentence[at].kind != "quote" and sentence[at].text not in {",", ":", "—"}:
        at += 1
    return at + 1
