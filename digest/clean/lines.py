"""Cuts a scraped text into numbered lines, and joins those that were only wrapped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A text counts as wrapped when no line is longer than a printed one, and the next word would not
# have fitted behind this share of the lines that another follows at once.
WRAP_WIDTHS = range(50, 101)
WRAPPED_SHARE = 0.6
FEWEST_PAIRS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank, or the paragraph that several wrapped lines make."""

    number: int
    """Of its first line in the file, counted from 1."""
    text: str
    pieces: tuple[str, ...]
    """The lines of the file that it consists of, in order."""


def read_lines(text: str) -> list[Line]:
    """Return the lines of a repaired text that are not blank, wrapped paragraphs joined."""
    lines = [
        Line(number=number, text=line, pieces=(line,))
        for number, line in enumerate(text.split("\n"), start=1)
        if line
    ]
    width = max((len(line.text) for line in lines), default=0)
    return join_wrapped(lines, width) if is_wrapped(lines, width) else lines


def is_wrapped(lines: Sequence[Line], width: int) -> bool:
    """Tell whether the lines of a text were broken at a width, in characters."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.number == a.number + 1]
    if width not in WRAP_WIDTHS or len(pairs) < FEWEST_PAIRS:
        return False
    return sum(_goes_on(a, b, width) for a, b in pairs) >= WRAPPED_SHARE * len(pairs)


def join_wrapped(lines: Iterable[Line], width: int) -> list[Line]:
    """Return the lines with the paragraphs made whole that were broken at a width."""
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last and line.number == last.number + 1 and _goes_on(last, line, width):
            pieces = (*joined[-1].pieces, line.text)
            joined[-1] = Line(number=joined[-1].number, text=" ".join(pieces), pieces=pieces)
        else:
            joined.append(line)
        last = line
    return joined


def _goes_on(line: Line, after: Line, width: int) -> bool:
    """Tell whether the first word of the next line would not have fitted behind a line."""
    return len(line.text) + 1 + len(after.text.split(" ", 1)[0]) > width
