"""Talks to whoever runs the program: results to standard output, messages to standard error."""

import os
import sys
from collections.abc import Iterable

from digest.errors import OutputError


def use_utf8() -> None:
    """Let both streams take every character: articles hold them all, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def show(*lines: str) -> None:
    """Print results; raise `OutputError` where standard output refuses them."""
    try:
        print(*lines, sep="\n", end="\n" if lines else "", flush=not lines)
    except OSError as error:
        # Python tries again at its exit, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        problem = f"cannot be written: {error.strerror}"
        raise OutputError("standard output", problem, "make room, or write elsewhere") from error


def say(*messages: object) -> None:
    """Print messages, each on a line of its own."""
    for message in messages:
        print(message, file=sys.stderr)


def say_problems(problems: Iterable[BaseException]) -> None:
    """Print each problem, and those in groups of them, on a line of its own."""
    for problem in problems:
        if isinstance(problem, BaseExceptionGroup):
            say_problems(problem.exceptions)
        else:
            say(problem)


def wants_colour() -> bool:
    """Return whether results are read on a terminal that may be coloured (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def number(count: int, one: str, many: str | None = None) -> str:
    """Return "1 story" or "2 stories"."""
    return f"{count} {one if count == 1 else many or one + 's'}"
