"""The words that tell who is who, looked up by their spelling."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from digest.language import Words, load_words

NO_TAGS: frozenset[str] = frozenset()
# Lists whose words count only as they are written: "House" is no "house".
AS_WRITTEN = frozenset(
    {"titles", "female_titles", "male_titles", "abbreviations", "name_endings", "calendar"}
    | {"affiliations", "organisation_names", "names", "questions", "answers"}
)
# Lists whose words transcripts have in capitals: MR. SMITH.
SHOUTED = frozenset({"titles", "female_titles", "male_titles", "roles"})
# Lists that stand for the plural of their words too.
NOUNS = frozenset({"roles", "organisations", "documents"})
# Lists to which a word may belong by its ending.
ENDINGS = ("participles", "pasts", "adverbs")
GUESSED = frozenset({"participles", "pasts"})
SHORT = 3
# A capitalised word of these lists begins a sentence or stands before a name: it is no name.
NO_NAMES = frozenset(
    {"roles", "pronouns", "determiners", "prepositions", "conjunctions", "adverbs"}
    | {"auxiliaries", "speech", "manner", "calendar", "titles"}
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """What `speakers.yaml` of a language says."""

    tags: Mapping[str, frozenset[str]]
    """The names of the lists that a word stands in."""
    endings: tuple[tuple[str, str], ...]
    """What the ending of a word tells: the ending, and the list that the word belongs to."""


@cache
def load_lexicon(language: str | None) -> Lexicon:
    """Return the words of a language (a BCP 47 tag)."""
    words = load_words(language, "speakers")
    endings = [(ending, name) for name in ENDINGS for ending in words[f"{name[:-1]}_endings"]]
    return Lexicon(tags=_tags(words), endings=tuple(endings))


def _tags(words: Words) -> dict[str, frozenset[str]]:
    tags: dict[str, frozenset[str]] = {}
    for name, entries in words.items():
        for entry in entries:
            for spelling in _spellings(entry, name):
                tags[spelling] = tags.get(spelling, NO_TAGS) | {name}
            if name in NOUNS:
                for spelling in _spellings(_plural(entry), name):
                    tags[spelling] = tags.get(spelling, NO_TAGS) | {name, "plurals"}
    return tags


def _spellings(word: str, name: str) -> set[str]:
    """Return the forms of a word that a list stands for: Mayor for mayor, and CEO for ceo."""
    forms = {word} if name in AS_WRITTEN else {word, word.capitalize()}
    shouted = name in SHOUTED or (name not in AS_WRITTEN and len(word) <= SHORT)
    return forms | ({word.upper()} if shouted else set())


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
