"""Tells which sentences lean on an earlier one: by "he", by "also", by "the lawsuit"."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from digest.language import load_words
from digest.words import common_words, split_words

OPENING = 4  # words in which a pronoun, without a name before it, means somebody told earlier
EARLY = 50  # characters
ROOT = 5  # letters, in which most words and what is derived of them are the same
NOUN = 2  # words in which "The …" comes to its noun: "the suspect", "the brunette suspect"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# "Lund" at the start of a sentence, without a first name.
ALONE = re.compile(r"(?:Mr|Mrs|Ms|Dr)?\.? ?([A-Z][\w’'-]++),? [a-z]")
MARKS = " “”‘’\"'()[]"
STOPS = ",;:—–-"


class _Lists(NamedTuple):
    """The words of one language that decide; `languages/en/summary.yaml` says what they are."""

    leaning_phrases: tuple[str, ...]
    leaning_words: frozenset[str]
    early_phrases: tuple[str, ...]
    pronouns: frozenset[str]
    definite: frozenset[str]
    explains: frozenset[str]
    only_ones: frozenset[str]
    polite: frozenset[str]
    says: re.Pattern[str]
    """A name without a first name and its verb: “…,” Lund said."""
    pointer: re.Pattern[str]
    """A word that points, where nothing explains at what: "these questions", not "those who"."""


def leans_on_another(text: str, language: str | None) -> bool:
    """Tell whether a sentence says nothing to those who have not read the one before it."""
    lists, common = _load_lists(language), common_words(language)
    lower = text.lstrip(MARKS).lower()
    if lower.startswith(lists.leaning_phrases) or lists.pointer.search(lower):
        return True
    if any(phrase in lower[:EARLY] for phrase in lists.early_phrases):
        return True
    for number, match in enumerate(WORD.finditer(text)):
        word = match[0].lower()
        if number == 0 and word in lists.leaning_words:
            return True
        if word in lists.pronouns and (
            number < OPENING or text[match.start() - 2 : match.start()] == ", "
        ):
            return True
        is_crowd = number == 0 and word.endswith("s")  # "Reporters asked him": no name
        if match[0][0].isupper() and word not in common and not is_crowd:
            return False
    return False


def find_need(text: str, before: str, language: str | None) -> frozenset[str]:
    """Return the roots of which one was told before, where a sentence opens with "The lawsuit".

    None are needed where a name, a number or what follows says which one it is, or where there
    is only one: "The Skarholm ferry", "The captain of the ferry", "The government". "Lund" alone
    is needed where the text `before` has the name in full.
    """
    known = _known_nouns(text, language) or _known_name(text, before, language)
    return find_roots(split_words(" ".join(known), language=language))


def find_strangers(text: str, people: Iterable[str], language: str | None) -> frozenset[str]:
    """Return the roots of surnames of which one was told before: those without a first name.

    "President Lund" and "Captain Lund" tell who he is, "Lund" and "Mr. Lund" do not.
    """
    polite = _load_lists(language).polite
    surnames = ((person, person.rpartition(" ")[2]) for person in people)
    alone = (name for person, name in surnames if name in text and person not in text)
    return find_roots(name.lower() for name in alone if _is_first(text, name, polite))


def _is_first(text: str, name: str, polite: frozenset[str] = frozenset()) -> bool:
    """Tell whether no other capital stands before a name, unless it is one of politeness."""
    before = text[: text.find(name)].split()[-1:]
    if not before or before[0] in polite:
        return True
    return not before[0][0].isupper() or not (before[0][-1].isalnum() or before[0][-1] == ".")


def find_roots(words: Iterable[str]) -> frozenset[str]:
    """Return what words are made of: "Iran" and "Iranians" speak of the same."""
    return frozenset(word[:ROOT] for word in words)


def _known_name(text: str, before: str, language: str | None) -> list[str]:
    """Return the surname that opens a sentence or says it, if the text before has it in full."""
    alone = ALONE.match(text)
    says = (match[1] for match in _load_lists(language).says.finditer(text))
    named = alone[1] if alone else next((name for name in says if _is_first(text, name)), None)
    if not named:
        return []
    name = named.removesuffix("’s").removesuffix("'s")
    at = before.find(f" {name}")
    in_full = at > 0 and before[:at].rsplit(None, 1)[-1][:1].isupper()
    return [name] if in_full else []


def _known_nouns(text: str, language: str | None) -> list[str]:
    """Return the words between "The" and the verb, as well as they can be told, at most two."""
    lists, common = _load_lists(language), common_words(language)
    first, *tokens = text.lstrip(MARKS).split(maxsplit=NOUN + 1)[: NOUN + 1]
    nouns: list[str] = []
    if first not in lists.definite:
        return nouns
    for token in tokens:
        word = token.strip(MARKS + STOPS)
        if word in lists.explains or (word in lists.only_ones and not nouns):
            return []
        if not word[:1].islower() or word in common:
            return nouns
        nouns.append(word)
        if token[-1] in STOPS:
            return nouns
    return nouns


@cache
def _load_lists(language: str | None) -> _Lists:
    words = load_words(language, "summary")
    speech = "|".join(load_words(language, "text")["speech"])
    pointers, explained = (
        "|".join(words["pointers"]),
        "|".join((*words["explains"], *words["explains_pointer"])),
    )
    return _Lists(
        leaning_phrases=words["leaning_phrases"],
        leaning_words=frozenset(words["leaning_words"]),
        early_phrases=tuple(f" {phrase} " for phrase in words["early_phrases"]),
        pronouns=frozenset(words["pronouns"]),
        definite=frozenset(words["definite"]),
        explains=frozenset(words["explains"]),
        only_ones=frozenset(words["only_ones"]),
        polite=frozenset(words["polite"]),
        says=re.compile(rf"([A-Z](?<!\w.)[\w’'-]++) (?:{speech})\b"),
        pointer=re.compile(rf"\b(?:{pointers})(?= (?!(?:{explained}) )[^\W\d])"),
    )
