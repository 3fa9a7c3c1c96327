"""Shows how far long work has come, to people who watch a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TextIO, TypeVar

from digest.parallel import Map

T = TypeVar("T")
R = TypeVar("R")

STEP = 25  # items between two lines: often enough to see it move, seldom enough to cost nothing
WIDTH = 76  # characters: a longer line would wrap, and could not be cleared
CLEAR = "\r\033[K"


def watch(map_: Map, stream: TextIO) -> Map:
    """Return the same map, which counts its results on `stream` where that is a terminal."""
    if not stream.isatty():
        return map_

    def watched(function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        known = f" of {len(items)}" if isinstance(items, Sized) else ""
        for number, result in enumerate(map_(function, items), 1):
            if number % STEP == 0:
                print(f"{CLEAR}{number}{known}", end="", file=stream, flush=True)
            yield result
        print(CLEAR, end="", file=stream, flush=True)

    return watched


@contextmanager
def follow(stream: TextIO) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows what was done last, on a line that is gone when all is done."""

    def tell(step: str) -> None:
        if stream.isatty():
            print(f"{CLEAR}{step[:WIDTH]}", end="", file=stream, flush=True)

    try:
        yield tell
    finally:
        tell("")
