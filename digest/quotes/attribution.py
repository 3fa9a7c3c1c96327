"""Finds the words of a sentence that tell who says the quotes in it."""

from typing import NamedTuple

from digest.speakers.lexicon import VERBS
from digest.speakers.phrases import phrase_after, phrase_before
from digest.speakers.reading import Phrase, unshouted
from digest.speakers.subjects import find_subject, is_quoting, main_subject
from digest.speakers.tokens import Sentence

GOES_ON = frozenset(",?!–—-…")
DASHES = frozenset({",", "–", "—", "―", "-"})
NO_VERBS = frozenset({"conjunctions", "prepositions"})
BEFORE_NOUNS = frozenset({"determiners", "prepositions"})

# How often each rule names the right speaker, and of how many: quotes of four words and more in
# PolNeAR's development half whose speaker is a name or a noun. A rule that is wrong more often
# than right names nobody.
PRECISION = {
    "tag": 0.99,  # 1230
    "lead": 0.92,  # 292
    "behind": 0.92,  # 12
    "intro": 0.64,  # 14
    "on": 0.99,  # 580
    "told": 0.50,  # 6
    "run": 1.0,  # 4
    "colon": 1.0,  # 5
    "signature": 0.73,  # 11
    "last": 0.91,  # 22
    "ahead": 1.0,  # none there: the words of one speaker run on
    "label": 1.0,  # none there: transcripts say who speaks
}
THRESHOLD = 0.5


class Attribution(NamedTuple):
    """Who says a quote, and by which rule."""

    rule: str
    phrase: Phrase


def attribute(sentence: Sentence, quote: int, *, partial: bool) -> Attribution | None:
    """Return who says the quote at a place of a sentence, if the sentence tells.

    tag     "A," Smith said; "A," according to Smith; "A." – Ann Smith
    lead    Smith said: "A"; Smith said that he would "a b"
    behind  That "a b" was right, Smith said later
    intro   Smith was clear: "A"
    label   SMITH: A
    """
    if "turn" in sentence[quote].tags:
        return _find_label(sentence, quote)
    order = ("tag", "lead", "behind", "intro")
    if partial or _is_led(sentence, quote):
        order = ("lead", "tag", "intro", "behind")
    for rule in order:
        phrase = _FINDERS[rule](sentence, quote, partial)
        if phrase is not None:
            return Attribution(rule, phrase)
    return None


def _find_label(sentence: Sentence, quote: int) -> Attribution | None:
    """Return whom the label of a turn names: "Q:" is nobody, "A:" whom the article introduces."""
    start = next(at for at, token in enumerate(sentence) if token.kind != "mark")
    label = sentence[start]
    if "questions" in label.tags:
        return None
    end = next(at for at in range(start, quote + 1) if sentence[at].kind in {"mark", "quote"})
    kind = "answer" if "answers" in label.tags else "name"
    phrase = Phrase(kind, label.text, label.start, label.end, outset=label.start)
    if kind == "name":
        phrase = phrase_after(sentence, start, end) or phrase
    return Attribution("label", phrase._replace(words=unshouted(phrase.words)))


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
    if token.text[:1].isupper():
        return at == 0 or sentence[at - 1].kind == "quote"
    before = sentence[at - 1] if at else token
    if before.kind == "possessive":
        return False
    if "participles" in token.tags:
        return True
    if "before_verbs" in before.tags:  # but "that states can"
        behind = sentence[at + 1] if at + 1 < len(sentence) else token
        return "auxiliaries" not in behind.tags
    like_a_noun = not before.tags.isdisjoint(BEFORE_NOUNS)
    return not like_a_noun or not before.tags.isdisjoint({"pronouns", "adverbs"})


def _find_tag(sentence: Sentence, quote: int, partial: bool) -> Phrase | None:
    """Return the subject of the clause that begins right behind a quote."""
    low = quote + 1
    if low < len(sentence) and sentence[low].text in DASHES:
        low += 1
    if low >= len(sentence):
        return None
    if not sentence[low].tags.isdisjoint({"sources", "tag_sources"}):
        return _source(sentence, low)
    dash = not partial and sentence[low - 1].text in DASHES - {","}
    signed = _signed(sentence, low) if dash else None
    if signed is not None:
        return signed
    for at in range(low, _next_quote(sentence, low)):
        if is_speech_verb(sentence, at, partial=partial):
            phrase = find_subject(sentence, at, low)
            if phrase is not None and _adjoins(sentence, low, at, phrase):
                return phrase
    return None if partial else _unknown_verb(sentence, quote, low)


def _signed(sentence: Sentence, low: int) -> Phrase | None:
    """Return the name behind a dash: “A.” – Ann Smith."""
    phrase = phrase_after(sentence, low, len(sentence))
    if phrase is None or phrase.kind != "name":
        return None
    behind = sum(token.start < phrase.end for token in sentence)
    return phrase if ends_name(sentence, behind) else None


def ends_name(line: Sentence, at: int) -> bool:
    """Tell whether a name stands for itself before a place: "– Ann Smith | via mail"."""
    return at >= len(line) or line[at].kind == "mark" or "prepositions" in line[at].tags


def _adjoins(sentence: Sentence, low: int, verb: int, phrase: Phrase) -> bool:
    """Tell whether verb and subject begin the clause at `low`."""
    if phrase.start > sentence[verb].start:
        return verb - low <= 1 or is_quoting(sentence, verb)
    return phrase.outset <= sentence[low].end


def _unknown_verb(sentence: Sentence, quote: int, low: int) -> Phrase | None:
    """Return the subject in "A," Smith barked: a comma at the end of speech is enough of a sign."""
    if sentence[quote].text[-1:] != "," or sentence[quote + 1].text in DASHES:
        return None
    phrase = phrase_after(sentence, low, len(sentence))
    if phrase is None or phrase.outset != sentence[low].start:
        return None
    verb = next((token for token in sentence if token.start >= phrase.end), None)
    plain = verb is not None and verb.kind == "word" and verb.tags.isdisjoint(NO_VERBS)
    return phrase if plain else None


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
        return _source(sentence, at)
    if "sources_before" in sentence[at].tags:
        return phrase_before(sentence, 0, at)
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
    phrase = None if is_told(sentence, quote) else main_subject(sentence, 0, quote)
    return phrase and phrase._replace(words=unshouted(phrase.words))


def _source(sentence: Sentence, at: int) -> Phrase | None:
    """Return whom a word like "according" names: what stands behind it, and behind its "to"."""
    start = at + 1
    if start < len(sentence) and not sentence[start].tags.isdisjoint({"infinitives", "genitives"}):
        start += 1
    return phrase_after(sentence, start, len(sentence))


def is_told(sentence: Sentence, quote: int) -> bool:
    """Tell whether somebody only hears a quote: "Smith was asked"."""
    return any(
        is_speech_verb(sentence, at) and "passives" in sentence[at - 1].tags
        for at in range(1, quote)
    )


# By the names of the rules, in the order of `attribute`.
_FINDERS = {
    "tag": _find_tag,
    "lead": _find_lead,
    "behind": _find_behind,
    "intro": _find_intro,
}
