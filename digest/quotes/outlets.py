"""Finds the outlet that words came through: "told CNN", "per Reuters", "in the ABC interview"."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from digest.language import load_words
from digest.quotes.speech import Spoken
from digest.speakers.people import Cast
from digest.speakers.phrases import name_end
from digest.speakers.resolve import Speaker
from digest.speakers.tokens import Sentence

NEAR = 4  # words and marks

Outlets = Mapping[str, tuple[tuple[str, ...], ...]]


class _Lists(NamedTuple):
    """The words of one language that decide; `languages/en/quotes.yaml` says what they are."""

    tells_outlet: frozenset[str]
    outlet_words: frozenset[str]
    before_outlet: frozenset[str]
    behind_outlet: frozenset[str]


def is_outlet(words: str, language: str | None) -> bool:
    """Tell whether words are the name of an outlet: read in “The Hill.”."""
    parts = tuple(words.rstrip(".,").split())
    return bool(parts) and parts in _by_first_word(language).get(parts[0], ())


def find_via(spoken: Spoken, speaker: Speaker, cast: Cast, language: str | None) -> str | None:
    """Return the outlet that a quote came through, as its sentence or the one before tells.

    The sentence before counts if it stands in the same paragraph and names the same speaker.
    """
    outlet = _find_outlet(spoken.context[-1], speaker, language)
    if outlet is None and len(spoken.context) > 1 and _names(cast, spoken.context[0], speaker):
        outlet = _find_outlet(spoken.context[0], speaker, language)
    return outlet


def _names(cast: Cast, sentence: Sentence, speaker: Speaker) -> bool:
    there = cast.mentions_in(sentence[0].start, sentence[-1].end)
    return any(mention.person == speaker.person for mention in there)


def _find_outlet(sentence: Sentence, speaker: Speaker, language: str | None) -> str | None:
    """Return the outlet that a sentence gives as the source of what is said."""
    words, outlets = _load_lists(language), _by_first_word(language)
    for at in [at for at, token in enumerate(sentence) if token.text in outlets]:
        for outlet in outlets[sentence[at].text]:
            end = at + len(outlet)
            if tuple(t.text for t in sentence[at:end]) == outlet:
                name = " ".join(outlet)
                if _is_source(sentence, at, end, words) and name not in (speaker.name or ""):
                    return name
                break
    return _find_unlisted(sentence, words)


def _find_unlisted(sentence: Sentence, words: _Lists) -> str | None:
    """Return the outlet whose name alone tells what it is: told | The Daily Planet."""
    for at in [at for at, token in enumerate(sentence[:-1]) if token.lower in words.tells_outlet]:
        start = at + 1 + ("articles" in sentence[at + 1].tags)
        name = [token.text for token in sentence[start : name_end(sentence, start)]]
        if len(name) > 1 and not words.outlet_words.isdisjoint(name):
            return " ".join(name)
    return None


@cache
def _load_lists(language: str | None) -> _Lists:
    words = load_words(language, "quotes")
    return _Lists(*(frozenset(words[name]) for name in _Lists._fields))


@cache
def _by_first_word(language: str | None) -> Outlets:
    """Return the outlets of a language, the longest first, by the first of their words."""
    index: dict[str, tuple[tuple[str, ...], ...]] = {}
    for outlet in sorted(load_words(language, "quotes")["outlets"], key=lambda o: (-len(o), o)):
        parts = tuple(outlet.split())
        index[parts[0]] = (*index.get(parts[0], ()), parts)
    return index


def _is_source(sentence: Sentence, start: int, end: int, words: _Lists) -> bool:
    """Tell whether the words around an outlet say that it carried what was said."""
    before = [t for t in sentence[max(0, start - NEAR) : start] if t.kind != "mark"]
    nouns = [token for token in before if "articles" not in token.tags]
    after = next((t.lower for t in sentence[end:] if t.kind != "mark"), "")
    leads = any(tokens[-1].lower in words.before_outlet for tokens in (before, nouns) if tokens)
    return leads or after in words.behind_outlet
