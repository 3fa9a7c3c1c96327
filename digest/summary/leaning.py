"""Tells which sentences lean on an earlier one: by "he", by "also", by "the lawsuit"."""

import re

from digest.language import load_words
from digest.words import common_words, split_words

OPENING = 4  # words in which a pronoun, without a name before it, means somebody told earlier
NOUN = 2  # words in which "The …" comes to its noun: "the suspect", "the brunette suspect"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
POINTER = re.compile(
    r"\b([^\W\d_]++)(?= (?!(?:who|of|with|as|in|whose|that|which|under|from) )[a-z])"
)
MARKS = " “”‘’\"'()[]"
STOPS = ",;:—–-"


def leans_on_another(text: str, language: str | None) -> bool:
    """Tell whether a sentence says nothing to those who have not read the one before it."""
    words, common = load_words(language, "summary"), common_words(language)
    lower = text.lstrip(MARKS).lower()
    if lower.startswith(words["leaning_phrases"]):
        return True
    if any(match[1].lower() in words["pointers"] for match in POINTER.finditer(text)):
        return True
    for number, match in enumerate(WORD.finditer(text)):
        word = match[0].lower()
        if number == 0 and word in words["leaning_words"]:
            return True
        if word in words["pronouns"] and (
            number < OPENING or text[match.start() - 2 : match.start()] == ", "
        ):
            return True
        if match[0][0].isupper() and word not in common:
            return False
    return False


def find_need(text: str, language: str | None) -> frozenset[str]:
    """Return the words of which one was told before, where a sentence opens with "The lawsuit".

    None are needed where a name, a number or what follows says which one it is, or where there
    is only one: "The Skarholm ferry", "The captain of the ferry", "The government".
    """
    return frozenset(split_words(" ".join(_known_nouns(text, language)), language=language))


def _known_nouns(text: str, language: str | None) -> list[str]:
    words = load_words(language, "summary")
    first, *rest = text.lstrip(MARKS).split(maxsplit=NOUN + 2)[: NOUN + 2]
    nouns: list[str] = []
    if first not in words["definite"]:
        return nouns
    for token in rest:
        word = token.strip(MARKS + STOPS)
        if word in words["explains"] or (word in words["only_ones"] and not nouns):
            return []
        if not word[:1].islower():
            return nouns[:NOUN] if nouns else []
        if word in common_words(language):
            break
        nouns.append(word)
        if token[-1] in STOPS:
            break
    return nouns[:NOUN]
