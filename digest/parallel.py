"""One map for all work that can be spread: results always come in the order of the input."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from digest.errors import MachineError
from digest.interrupts import hold_interrupts

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 16  # items sent to a worker at once: articles are small, and each trip has its price
MORE_MEMORY = "run it again with more memory, or with --workers 1; nothing is lost"
WORTH_A_POOL = 100  # items; below, starting processes takes longer than they save


class Map(Protocol):
    """The built-in `map` over one iterable."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterable[R]:
        """Return the results in the order of the items, however many workers there are."""


@contextmanager
def open_map(*, workers: int | None = None) -> Iterator[Map]:
    """Yield a `map` that spreads its work over processes: by itself, where that is worth it.

    One worker is Python's own `map`: no pool, plain tracebacks. Functions have to be those of a
    module (or a `partial` of one), because only these can travel to another process. The results
    raise `MachineError` where a process is ended from outside.
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
            return _take(_send(pools[0], function, whole))

        yield spread


def _send(pool: "ProcessPoolExecutor", function: Callable[[T], R], items: list[T]) -> Iterable[R]:
    """Send the items out; raise `MachineError` where no process can be started for them."""
    try:
        with hold_interrupts():
            return pool.map(function, items, chunksize=CHUNK)
    except OSError as error:
        problem = f"it cannot start another process: {error.strerror}"
        raise MachineError("digest", problem, MORE_MEMORY) from error


def _take(results: Iterable[R]) -> Iterator[R]:
    """Yield the results; raise `MachineError` where a worker was ended.

    Systems end processes so when memory runs out.
    """
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield from results
    except BrokenProcessPool as error:
        problem = "one of its processes was ended from outside"
        raise MachineError("digest", problem, MORE_MEMORY) from error


def _open_pool(workers: int | None) -> "ProcessPoolExecutor":
    # To load it takes longer than a build that finds nothing to do.
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(
        workers or os.cpu_count(), initializer=_leave_interrupts_to_the_parent
    )


def _leave_interrupts_to_the_parent() -> None:
    """Let Ctrl-C, which reaches all processes of a terminal, be answered once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
