"""Tells names from nouns where both have capitals, as in German."""

from collections.abc import Iterable, Iterator, Sequence

from digest.speakers.lexicon import VERBS
from digest.speakers.tokens import Paragraph, Sentence, Token

MOST_WORDS = 3  # of a name behind what shows that it is one: "sagte Kai Uwe Lund"
BEFORE_NAMES = VERBS | {"first_names", "titles", "roles", "sources", "tag_sources"}


def name_nouns(paragraph: Paragraph) -> list[Sentence]:
    """Return sentences in which the nouns that must be names are told as such.

    A first name, a title or a role stands before them, or a verb of speech beside them with no
    article between: "Anna Lund", "Ministerin Lund", "sagte Lund", "Lund sagte", "laut Lund".
    """
    return [_renamed(sentence, set(_find_names(sentence))) for sentence in paragraph]


def _find_names(sentence: Sentence) -> Iterator[int]:
    """Yield the places of the nouns that are names."""
    for at, token in enumerate(sentence):
        if _is_noun(token):
            if _speaks(sentence, at):
                yield at
        elif not token.tags.isdisjoint(BEFORE_NAMES) and _announces(sentence, at):
            verb = not token.tags.isdisjoint(VERBS) and "sayings" not in token.tags
            yield from _nouns_behind(sentence, at + 1, 1 if verb else MOST_WORDS)


def _announces(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun behind a place is a name."""
    tags = sentence[at].tags
    before = sentence[at - 1] if at else sentence[at]
    if "roles" in tags and "titles" not in tags:
        behind = sentence[at + 1].text if at + 1 < len(sentence) else ""
        owned = "determiners" in before.tags and behind.endswith("s")
        return "plurals" not in tags and not owned  # but "der Präsident Frankreichs"
    if at == 0 or before.kind == "quote" or before.text == ",":
        return True
    return "tag_sources" not in tags and (tags.isdisjoint(VERBS) or "sayings" in tags)


def _nouns_behind(sentence: Sentence, start: int, many: int) -> Iterator[int]:
    for at in range(start, min(start + many, len(sentence))):
        if _is_noun(sentence[at]):
            yield at
        elif "name_particles" not in sentence[at].tags:
            return


def _speaks(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun begins a clause and its verb is one of speech, or it is a source.

    "Lund sagte", "Lund dagegen sagte", "Lund hat gestern gesagt", "Lund zufolge"
    """
    if at == 0 and [token.text for token in sentence[1:2]] == [","]:
        return any("roles" in token.tags for token in sentence[2:5])  # "Lund, die Ministerin,"
    begins = at == 0 or sentence[at - 1].kind in {"quote", "mark"}
    behind = at + 1
    while behind < len(sentence) and "adverbs" in sentence[behind].tags:
        behind += 1
    if not begins or behind >= len(sentence):
        return False
    verb = sentence[behind].tags
    told = "auxiliaries" in verb and any("perfects" in token.tags for token in sentence)
    return told or not verb.isdisjoint({"speech", "sources_before"})


def _is_noun(token: Token) -> bool:
    return "nouns" in token.tags


def _renamed(sentence: Sentence, places: set[int]) -> Sentence:
    if not places:
        return sentence
    return tuple(
        token._replace(kind="name", tags=frozenset()) if at in places else token
        for at, token in enumerate(sentence)
    )


def name_known(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return paragraphs in which the names that were found anywhere are names everywhere."""
    known = {token.text for token in _tokens(paragraphs) if token.kind == "name"}
    return [
        [_renamed(sentence, _places(sentence, known)) for sentence in paragraph]
        for paragraph in paragraphs
    ]


def _tokens(paragraphs: Iterable[Paragraph]) -> Iterator[Token]:
    return (token for paragraph in paragraphs for sentence in paragraph for token in sentence)


def _places(sentence: Sentence, known: set[str]) -> set[int]:
    return {at for at, token in enumerate(sentence) if _is_noun(token) and token.text in known}
