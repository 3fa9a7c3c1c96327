"""What a check finds, and the shape of the rules that find it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from digest.errors import DigestError

Level: TypeAlias = Literal["error", "warning", "note"]
"""Wrong; worth mending; worth knowing, and often nothing can be done."""

ERROR: Level = "error"
WARNING: Level = "warning"
NOTE: Level = "note"

BEGINNING = 40  # characters: no two sentences of a story begin with the same ones

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a person should look at."""

    path: str
    line: int | None
    level: Level
    rule: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        said = f"{place}: {self.problem} ({self.remedy}) [{self.level}: {self.rule}]"
        # Addresses and names are other people's: none may command a terminal, or turn a line round.
        return "".join(map(_show, said))


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a rule does not like."""

    path: str
    problem: str
    line: int | None = None
    remedy: str | None = None
    """Where that of the rule does not fit."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A rule of a room: what it is called, how bad it is, what it finds, and what to do then."""

    name: str
    level: Level
    find: Callable[[T], Iterable[Hit]]
    remedy: str = ""


def _show(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


def apply(rules: Iterable[Rule[T]], room: T) -> Iterator[Finding]:
    """Yield what the rules find in a room."""
    for rule in rules:
        for hit in rule.find(room):
            yield Finding(
                path=hit.path,
                line=hit.line,
                level=rule.level,
                rule=rule.name,
                problem=hit.problem,
                remedy=hit.remedy or rule.remedy,
            )


def hit_by(error: DigestError) -> Hit:
    """Return the place of a problem that another part of the program has found."""
    path, _, line = error.place.rpartition(":")
    if path and line.isdecimal():
        return Hit(path, error.problem, int(line), error.remedy)
    return Hit(error.place, error.problem, None, error.remedy)


def line_of(text: str, words: str) -> int | None:
    """Return the number of the first line that holds these words, counted from 1.

    In YAML a sentence may have marks that it has nowhere else; its beginning is then enough.
    """
    at = text.find(words if words in text else words[:BEGINNING])
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def shorten(words: str, length: int = 60) -> str:
    """Return the beginning of a sentence, enough to find it again."""
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
