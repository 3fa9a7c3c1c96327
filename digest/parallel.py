"""One map for all work that can be spread: results always come in the order of the input."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from digest.errors import MachineError
from digest.interrupts import hold_interrupts

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 16  # items that travel together: articles are small, and each trip has its price
HEAVY = 500_000  # bytes: with so many, fewer items travel together
AHEAD = 4  # chunks for each worker that are under way at once: so few are held here
MORE_MEMORY = "run it again with more memory, or with --workers 1; nothing is lost"
WORTH_A_POOL = 100  # items; below, starting processes takes longer than they save

Send: TypeAlias = Callable[[Callable[[T], R], list[bytes]], Any]
"""Has `run` called elsewhere with a function and a chunk; returns the future of its results."""


class Map(Protocol):
    """The built-in `map` over one iterable."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterable[R]:
        """Return the results in the order of the items, however many workers there are."""


@contextmanager
def open_map(*, workers: int | None = None) -> Iterator[Map]:
    """Yield a `map` that spreads its work over processes: by itself, where that is worth it.

    One worker is Python's own `map`: no pool, plain tracebacks. Functions have to be those of a
    module (or a `partial` of one), because only these can travel to another process. Items are
    taken as results are, so that few are held. The results raise `MachineError` where a process
    is ended from outside.
    """
    if workers == 1:
        yield map
        return
    with ExitStack() as stack:
        pools: list[ProcessPoolExecutor] = []

        def spread(function: Callable[[T], R], items: Iterable[T], /) -> Iterable[R]:
            left = iter(items)
            if workers is None and not pools:
                first = list(islice(left, WORTH_A_POOL))
                if len(first) < WORTH_A_POOL:
                    return map(function, first)
                left = chain(first, left)
            if not pools:
                pools.append(stack.enter_context(_open_pool(workers)))
            ahead = AHEAD * (workers or os.cpu_count() or 1)
            return _take(stream(partial(_send, pools[0]), function, left, ahead=ahead))

        yield spread


def stream(
    send: Send[T, R], function: Callable[[T], R], items: Iterable[T], *, ahead: int
) -> Iterator[R]:
    """Yield the results in the order of the items; at most `ahead` chunks are under way."""
    chunks = _pack(items)
    under_way = deque(send(function, chunk) for chunk in islice(chunks, ahead))
    try:
        while under_way:
            yield from under_way.popleft().result()
            under_way.extend(send(function, chunk) for chunk in islice(chunks, 1))
    finally:
        for future in under_way:
            future.cancel()


def run(function: Callable[[T], R], chunk: list[bytes]) -> list[R]:
    """Return the results of a chunk: what workers do."""
    from pickle import loads

    return [function(loads(item)) for item in chunk]


def _pack(items: Iterable[T]) -> Iterator[list[bytes]]:
    """Yield items as they travel, in chunks that are neither long nor heavy."""
    from pickle import HIGHEST_PROTOCOL, dumps

    chunk: list[bytes] = []
    size = 0
    for item in items:
        chunk.append(dumps(item, HIGHEST_PROTOCOL))
        size += len(chunk[-1])
        if len(chunk) == CHUNK or size >= HEAVY:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _send(pool: "ProcessPoolExecutor", function: Callable[[T], R], chunk: list[bytes]) -> Any:
    """Send a chunk out; raise `MachineError` where no process can be started for it."""
    try:
        with hold_interrupts():  # the first chunk starts the workers
            return pool.submit(run, function, chunk)
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
