"""The same map on a Dask cluster: parts of the work travel to its workers, results come in order.

Workers need this version of the program, and the folder of the digest under the same path. Dask
gives the parts of a worker that is lost to others (https://distributed.dask.org, resilience), so
a build survives it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from digest.errors import OutputError
from digest.parallel import AHEAD, Map, run, stream

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")

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
    ahead = AHEAD * max(1, sum(client.nthreads().values()))
    return stream(partial(_send, client), function, items, ahead=ahead)


def _send(client: "Client", function: Callable[[T], R], chunk: list[bytes]) -> "Future":
    return client.submit(run, function, chunk, pure=False)
