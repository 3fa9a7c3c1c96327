"""Tells from an article whether it speaks of somebody as "he" or as "she"."""

from collections import Counter
from collections.abc import Iterable, Iterator

from digest.speakers.lexicon import Lexicon
from digest.speakers.names import Named
from digest.speakers.tokens import Sentence, Token

# A title or a role tells for certain; a pronoun behind the only name of a sentence nearly so.
SURE, LIKELY = 10, 1
NEAR = 4  # words: "Smith also said that she"
CLEAR = 1.5  # times as many votes as for the other sex
FEMALE = frozenset({"female_titles", "female_roles"})
MALE = frozenset({"male_titles", "male_roles"})


def shown_sex(words: Iterable[str], lexicon: Lexicon) -> str:
    """Return "female" or "male" as titles and roles show it, or an empty string."""
    for word in words:
        tags = lexicon.tags_of(word)
        if not tags.isdisjoint(FEMALE):
            return "female"
        if not tags.isdisjoint(MALE):
            return "male"
    return ""


def find_votes(
    name: Named, sentence: Sentence, lexicon: Lexicon, *, alone: bool
) -> Iterator[tuple[str, int]]:
    """Yield what a mention tells of a sex, and its weight: title, role, and a pronoun behind it.

    That is the first pronoun where nobody else is named, or one right behind a verb of speech:
    "Smith told Jones she would come" tells nothing, "Smith said she would tell Jones" does.
    """
    sex = shown_sex((*name.hints, *name.role.split()), lexicon)
    if sex:
        yield sex, SURE
    behind = sentence[name.behind :] if alone else _told_behind(sentence, name.behind)
    sex = _first_pronoun(behind)
    if sex:
        yield sex, LIKELY


def _told_behind(sentence: Sentence, start: int) -> Sentence:
    """Return the words that can only speak of the name before: "and her husband", "said he"."""
    if start < len(sentence) and "additions" in sentence[start].tags:
        return sentence[start + 1 : start + 2]
    for at in range(start, min(start + NEAR, len(sentence))):
        if "speech" in sentence[at].tags:
            return sentence[at : start + NEAR]
    return ()


def _first_pronoun(tokens: Iterable[Token]) -> str:
    for token in tokens:
        if token.kind == "name" or "plural_pronouns" in token.tags:
            return ""
        if "male_pronouns" in token.tags:
            return "male"
        if "female_pronouns" in token.tags:
            return "female"
    return ""


def clear_sex(votes: Counter[str]) -> str:
    """Return the sex that the votes agree on, or an empty string."""
    male, female = votes["male"], votes["female"]
    if male > CLEAR * female:
        return "male"
    return "female" if female > CLEAR * male else ""
