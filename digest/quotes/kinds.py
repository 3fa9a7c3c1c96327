"""Tells direct speech from fragments, and both from titles, nicknames and scare quotes."""

import re

from digest.speakers.lexicon import Lexicon
from digest.speakers.tokens import Sentence

ENDS_SPEECH = (".", ",", "?", "!", "…", "—", "–", "-")
SMALL_WORDS = frozenset({"prepositions", "conjunctions", "determiners", "auxiliaries", "pronouns"})
INNER_MARKS = "’'‘”\"“»"
WORD = re.compile(r"\w[\w’'-]*")


def is_partial(sentence: Sentence, at: int) -> bool:
    """Tell whether a quote is a fragment inside the reporter's sentence."""
    text = sentence[at].text.rstrip(INNER_MARKS)
    first = re.search(r"\w", text)
    small = first is not None and first[0].islower()
    led = (
        at == 0 or sentence[at - 1].text in {",", ":", "—", "–"} or sentence[at - 1].kind == "quote"
    )
    if not led:
        return small or not text.endswith(ENDS_SPEECH)
    if small and at == 0:
        return True
    closing = sentence[at + 1].text if at + 1 < len(sentence) else "."
    return not text.endswith(ENDS_SPEECH) and closing not in {".", ","}


def is_nothing(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether marks hold no words of anybody: none at all, or the title of a work."""
    return WORD.search(sentence[at].text) is None or _is_title(sentence, at, lexicon)


def _is_title(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a quote is the title of a work: on “This Week with George Stephanopoulos.”."""
    before = sentence[at - 1] if at else None
    if before is None or before.kind == "quote":
        return False
    if before.text in {",", ":"} and (at < 2 or "works" not in sentence[at - 2].tags):
        return False
    if "speech" in before.tags and sentence[at].text.endswith(ENDS_SPEECH):
        return False
    words = WORD.findall(sentence[at].text)
    large = [w for w in words if lexicon.tags.get(w.lower(), frozenset()).isdisjoint(SMALL_WORDS)]
    named = len(words) > 1 and words[0][0].isupper()
    return named and len(large) > 0 and all(word[0].isupper() for word in large)
