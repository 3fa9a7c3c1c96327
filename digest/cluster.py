"""The same map on a Dask cluster: parts of the work travel to its workers, results come in order.

Workers need this version of the program, and the folder of the digest under the same path. Dask
gives the parts of a worker that is lost to others (https://distributed.dask.org, resilience), so
a build survives it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from digest.errors import OutputError
from digest.parallel import Map

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")

PART = 64  # items that travel together: half a second of work, for a trip of some milliseconds
AHEAD = 4  # parts for each thread of the cluster that are under way at once: so few are held here
PATIENCE = "10s"  # until a scheduler answers


@contextmanager
def open_cluster(address: str) -> Iterator[Map]:
    """Yield a `map` that spreads its work over the workers of the scheduler at this address.

    Raises `OutputError` where the package is not installed or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        remedy = "pip install 'verbatim-digest[cluster]'"
        raise OutputError("--scheduler", "Dask is not installed", remedy) from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        remedy = "start one with `dask scheduler`, and workers with `dask worker ADDRESS`"
        raise OutputError(address, "no scheduler answers", remedy) from error
    with client:
        yield partial(_spread, client)


def _spread(client: "Client", function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
    left, limit = iter(items), AHEAD * max(1, sum(client.nthreads().values()))
    under_way = deque(_submit(client, function, left, limit))
    while under_way:
        yield from under_way.popleft().result()
        under_way.extend(_submit(client, function, left, 1))


def _submit(
    client: "Client", function: Callable[[T], R], left: Iterator[T], parts: int
) -> Iterator["Future"]:
    """Send the next items to the cluster in so many parts, as long as there are any."""
    for _ in range(parts):
        if part := list(islice(left, PART)):
            yield client.submit(_run, function, part, pure=False)


def _run(function: Callable[[T], R], part: list[T]) -> list[R]:
    return [function(item) for item in part]
