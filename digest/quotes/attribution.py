"""Finds the words of a sentence that tell who says the quotes in it."""

from typing import NamedTuple

from digest.speakers.phrases import phrase_after
from digest.speakers.reading import Phrase
from digest.speakers.subjects import find_subject, main_subject
from digest.speakers.tokens import Sentence

GOES_ON = frozenset(",?!–—-…")
DASHES = frozenset({",", "–", "—", "-"})
VERBS = frozenset({"speech", "manner"})
NO_VERB_BEHIND = frozenset({"determiners", "prepositions"})


# How often the rules name the right speaker, counted on PolNeAR's development half: quotes of
# four words and more whose speaker is a name or a noun.
PRECISION = {
    "tag": 0.98,
    "lead": 0.89,
    "behind": 0.75,
    "intro": 0.56,
    "on": 0.97,
    "told": 0.6,
    "run": 0.9,
    "colon": 0.8,
    "signature": 0.89,
    "last": 0.72,
}
THRESHOLD = 0.5


class Attribution(NamedTuple):
    """Who says a quote, and by which rule."""

    rule: str
    phrase: Phrase


def attribute(sentence: Sentence, quote: int, *, partial: bool) -> Attribution | None:
    """Return who says the quote at a place of a sentence, if the sentence tells.

    tag        "A," Smith said        behind it
    lead       Smith said: "A"        before it
    inside     said he would "a b"    somewhere before it
    source     according to Smith
    behind     "a b" was right, Smith said
    intro      Smith was clear: "A"   no verb of speech
    """
    order = ("tag", "lead", "behind", "intro")
    if partial or _is_led(sentence, quote):
        order = ("lead", "tag", "intro", "behind")
    for rule in order:
        phrase = _FINDERS[rule](sentence, quote, partial)
        if phrase is not None:
            return Attribution(rule, phrase)
    return None


def is_sure(attribution: Attribution) -> bool:
    """Tell whether a rule is right often enough to name a speaker."""
    return PRECISION[attribution.rule] >= THRESHOLD


def _is_led(sentence: Sentence, quote: int) -> bool:
    """Tell whether a quote stands behind a comma or colon and does not go on."""
    before = sentence[quote - 1].text if quote else ""
    last = sentence[quote].text[-1:]
    return (before == ":" and last != ",") or (before == "," and last not in GOES_ON)


def is_speech_verb(sentence: Sentence, at: int, *, partial: bool = False) -> bool:
    """Tell whether a token is a verb of speech, and not the noun of the same form."""
    token = sentence[at]
    if token.kind != "word" or token.tags.isdisjoint({"speech"} if partial else VERBS):
        return False
    if token.text[0].isupper():
        return at == 0 or sentence[at - 1].kind == "quote"
    before = sentence[at - 1] if at else token
    if before.kind == "possessive":
        return False
    if "before_verbs" in before.tags or "participles" in token.tags:
        return True
    return before.tags.isdisjoint(NO_VERB_BEHIND) or not before.tags.isdisjoint(
        {"pronouns", "adverbs"}
    )


def _find_tag(sentence: Sentence, quote: int, partial: bool) -> Phrase | None:
    """Return the subject of the clause that begins right behind a quote."""
    low = quote + 1
    if low < len(sentence) and sentence[low].text in DASHES:
        low += 1
    if low >= len(sentence):
        return None
    if not partial and sentence[low - 1].text in DASHES - {","}:  # “A long game.” - Ann Smith
        phrase = phrase_after(sentence, low, len(sentence))
        if phrase is not None and phrase.kind == "name" and _ends_at(sentence, phrase.end):
            return phrase
    if "sources" in sentence[low].tags:
        return phrase_after(sentence, low + 2, len(sentence))
    for at in range(low, _next_quote(sentence, low)):
        if is_speech_verb(sentence, at, partial=partial):
            phrase = find_subject(sentence, at, low)
            if phrase is not None and _adjoins(sentence, low, at, phrase):
                return phrase
    return None if partial else _unknown_verb(sentence, quote, low)


def _ends_at(sentence: Sentence, end: int) -> bool:
    after = next((token for token in sentence if token.start >= end), None)
    return after is None or after.text in {",", ".", "("}


def _adjoins(sentence: Sentence, low: int, verb: int, phrase: Phrase) -> bool:
    """Tell whether verb and subject begin the clause at `low`."""
    if phrase.start > sentence[verb].start:
        return verb - low <= 1
    return phrase.outset <= sentence[low].end


def _unknown_verb(sentence: Sentence, quote: int, low: int) -> Phrase | None:
    """Return the subject in "A," Smith barked: a comma at the end of speech is enough of a sign."""
    if sentence[quote].text[-1:] != "," or sentence[quote + 1].text in DASHES:
        return None
    phrase = phrase_after(sentence, low, len(sentence))
    if phrase is None or phrase.outset != sentence[low].start:
        return None
    verb = next((token for token in sentence if token.start >= phrase.end), None)
    return phrase if verb is not None and verb.kind == "word" else None


def _next_quote(sentence: Sentence, start: int) -> int:
    for at in range(start, len(sentence)):
        if sentence[at].kind == "quote":
            return at
    return len(sentence)


def _find_lead(sentence: Sentence, quote: int, partial: bool) -> Phrase | None:
    """Return the subject of the last verb of speech before a quote.

    A participle behind a comma has the subject of the verb before it: "Smith said, adding".
    """
    aside: Phrase | None = None
    for at in range(quote - 1, -1, -1):
        phrase = _subject_at(sentence, at, partial)
        if phrase is None:
            continue
        if not (at and sentence[at - 1].text == "," and "participles" in sentence[at].tags):
            return phrase
        aside = aside or phrase
    return aside


def first_speaker(sentence: Sentence) -> Phrase | None:
    """Return the subject of the first verb of speech of a sentence."""
    return _find_behind(sentence, -1, partial=True)


def _find_behind(sentence: Sentence, quote: int, partial: bool) -> Phrase | None:
    """Return the subject of the first verb of speech behind a quote."""
    for at in range(quote + 1, len(sentence)):
        phrase = _subject_at(sentence, at, partial)
        if phrase is not None:
            return phrase
    return None


def _subject_at(sentence: Sentence, at: int, partial: bool) -> Phrase | None:
    if "sources" in sentence[at].tags:
        return phrase_after(sentence, at + 2, len(sentence))
    if not is_speech_verb(sentence, at, partial=partial):
        return None
    low = at
    while low and sentence[low - 1].kind != "quote":
        low -= 1
    return find_subject(sentence, at, low)


def _find_intro(sentence: Sentence, quote: int, partial: bool) -> Phrase | None:
    """Return the subject of a sentence that leads to speech without a verb of speech."""
    if partial or not quote or sentence[quote - 1].text not in {":", ","}:
        return None
    return None if is_told(sentence, quote) else main_subject(sentence, 0, quote)


def is_told(sentence: Sentence, quote: int) -> bool:
    """Tell whether somebody only hears a quote: "Smith was asked"."""
    return any(
        is_speech_verb(sentence, at) and "passives" in sentence[at - 1].tags
        for at in range(1, quote)
    )


_FINDERS = {
    "tag": _find_tag,
    "lead": _find_lead,
    "behind": _find_behind,
    "intro": _find_intro,
}
