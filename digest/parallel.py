"""One map for all work that can be spread: results always come in the order of the input."""

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 16  # items sent to a worker at once: articles are small, and each trip has its price


class Map(Protocol):
    """The built-in `map` over one iterable."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterable[R]:
        """Return the results in the order of the items, however many workers there are."""


@contextmanager
def open_map(*, workers: int = 1) -> Iterator[Map]:
    """Yield a `map` that spreads its work over processes.

    One worker is Python's own `map`: no pool, plain tracebacks. Functions have to be those of a
    module (or a `partial` of one), because only these can travel to another process.
    """
    if workers == 1:
        yield map
        return
    with ProcessPoolExecutor(workers, initializer=_leave_interrupts_to_the_parent) as pool:
        yield partial(pool.map, chunksize=CHUNK)


def _leave_interrupts_to_the_parent() -> None:
    """Let Ctrl-C, which reaches all processes of a terminal, be answered once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
