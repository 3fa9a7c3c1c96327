"""One map for all work that can be spread: results always come in the order of the input."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from digest.interrupts import hold_interrupts

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 16  # items sent to a worker at once: articles are small, and each trip has its price
WORTH_A_POOL = 100  # items; below, starting processes takes longer than they save


class Map(Protocol):
    """The built-in `map` over one iterable."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterable[R]:
        """Return the results in the order of the items, however many workers there are."""


@contextmanager
def open_map(*, workers: int | None = None) -> Iterator[Map]:
    """Yield a `map` that spreads its work over processes: by itself, where that is worth it.

    One worker is Python's own `map`: no pool, plain tracebacks. Functions have to be those of a
    module (or a `partial` of one), because only these can travel to another process.
    """
    if workers == 1:
        yield map
        return
    with ExitStack() as stack:
        pools: list[ProcessPoolExecutor] = []

        def spread(function: Callable[[T], R], items: Iterable[T], /) -> Iterable[R]:
            whole = list(items)
            if workers is None and len(whole) < WORTH_A_POOL:
                return map(function, whole)
            if not pools:
                pools.append(stack.enter_context(_open_pool(workers)))
            with hold_interrupts():  # the first items start the workers
                return pools[0].map(function, whole, chunksize=CHUNK)

        yield spread


def _open_pool(workers: int | None) -> "ProcessPoolExecutor":
    # To load it takes longer than a build that finds nothing to do.
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(
        workers or os.cpu_count(), initializer=_leave_interrupts_to_the_parent
    )


def _leave_interrupts_to_the_parent() -> None:
    """Let Ctrl-C, which reaches all processes of a terminal, be answered once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
