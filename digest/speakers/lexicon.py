"""The words that tell who is who, looked up by their spelling."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from digest.language import Words, load_words

NO_TAGS: frozenset[str] = frozenset()
# Lists whose words count only as they are written: "House" is no "house".
AS_WRITTEN = frozenset(
    {"titles", "female_titles", "male_titles", "abbreviations", "name_endings", "calendar"}
    | {"affiliations", "organisation_names", "names", "first_names", "questions", "answers"}
)
# Lists whose words transcripts have in capitals: MR. SMITH.
SHOUTED = frozenset({"titles", "female_titles", "male_titles", "roles"})
# Lists that stand for the plural of their words too, unless the language lists its plurals.
NOUNS = frozenset({"roles", "organisations", "documents"})
# Lists to which a word may belong by its ending.
ENDINGS = ("participles", "pasts", "adverbs")
GUESSED = frozenset({"participles", "pasts"})
SHORT = 3
VERBS = frozenset({"speech", "manner"})
# A capitalised word of these lists begins a sentence or stands before a name: it is no name.
NO_NAMES = frozenset(
    {"roles", "pronouns", "determiners", "prepositions", "conjunctions", "adverbs"}
    | {"auxiliaries", "speech", "manner", "calendar", "titles"}
)
# The last part of a compound that tells what it is: Regierungs|sprecherin. In letters.
LONGEST_HEAD = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """What `speakers.yaml` of a language says."""

    tags: Mapping[str, frozenset[str]]
    """The names of the lists that a word stands in."""
    endings: tuple[tuple[str, str], ...]
    """What the ending of a word tells: the ending, and the list that the word belongs to."""
    ages: tuple[str, ...]
    """What a number ends in that stands for somebody of that age: the 46-year-old."""
    heads: frozenset[str]
    """Words that a longer one may end in: "Sprecherin" in Regierungssprecherin."""
    verb_second: bool
    """The verb stands second, and nouns have capitals, as in German."""

    def tags_of(self, word: str) -> frozenset[str]:
        """Return the names of the lists that a word stands in, itself or as a compound."""
        found = self.tags.get(word)
        return self._tags_of_head(word) if found is None and self.heads else found or NO_TAGS

    def _tags_of_head(self, word: str) -> frozenset[str]:
        for size in range(min(LONGEST_HEAD, len(word) - 2), SHORT, -1):
            head = word[-size:].lstrip("-").capitalize()
            if head in self.heads:
                return self.tags[head]
        return NO_TAGS


@cache
def load_lexicon(language: str | None) -> Lexicon:
    """Return the words of a language (a BCP 47 tag)."""
    words = load_words(language, "speakers")
    endings = [(ending, name) for name in ENDINGS for ending in words[f"{name[:-1]}_endings"]]
    return Lexicon(
        tags=_tags(words),
        endings=tuple(endings),
        ages=words["age_endings"],
        heads=frozenset(words.get("compound_heads", ())),
        verb_second=_is_verb_second(words),
    )


def _tags(words: Words) -> dict[str, frozenset[str]]:
    tags: dict[str, set[str]] = {}
    second = {"verb_second"} if _is_verb_second(words) else set()
    for name, entries in words.items():
        for entry in entries:
            for spelling, lists in _forms(entry, name, has_plurals="plurals" in words):
                tags.setdefault(spelling, set()).update(lists, second if name in VERBS else ())
    return {spelling: frozenset(lists) for spelling, lists in tags.items()}


def _is_verb_second(words: Words) -> bool:
    return "verb-second" in words.get("word_order", ())


def _forms(word: str, name: str, *, has_plurals: bool) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the spellings that an entry of a list stands for, with the lists of each."""
    lists = frozenset({name, "roles"} if name in {"female_roles", "male_roles"} else {name})
    for spelling in _spellings(word, name):
        yield spelling, lists
    if name in NOUNS and not has_plurals:
        for spelling in _spellings(_plural(word), name):
            yield spelling, lists | {"plurals"}


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
