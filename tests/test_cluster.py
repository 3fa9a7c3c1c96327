"""Work that is spread over a cluster comes back in order, and little of it is under way at once.

That a build on a real scheduler writes the same bytes, also when a worker is killed, is shown by
tests/quality/cluster.sh, which needs the extra `cluster`.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import Any

from conftest import Digest
from digest import cluster
from digest.parallel import AHEAD, CHUNK


class Here:
    """What is used of a Dask client, its two threads in this process."""

    def nthreads(self) -> dict[str, int]:
        """Return the threads of each worker."""
        return {"one": 1, "two": 1}

    def submit(self, function: Callable[..., Any], *values: Any, pure: bool) -> "Future[Any]":
        """Return the future result of a function."""
        future: Future[Any] = Future()
        future.set_result(function(*values))
        return future


spread = partial(cluster._spread, Here())


def test_results_come_in_the_order_of_the_items() -> None:
    numbers = list(range(5 * AHEAD * CHUNK + 7))
    assert list(spread(str, numbers)) == list(map(str, numbers))
    assert list(spread(str, [])) == []


def test_no_more_items_are_taken_than_are_under_way() -> None:
    taken = []

    def count() -> Iterator[int]:
        for number in range(100 * CHUNK):
            taken.append(number)
            yield number

    results = spread(str, count())
    assert next(iter(results)) == "0"
    assert len(taken) == 2 * AHEAD * CHUNK


def test_missing_package_is_named(digest: Digest) -> None:
    status, _, err = digest.run("build", "--scheduler", "tcp://127.0.0.1:1")
    assert status == 1
    assert "pip install 'verbatim-digest[cluster]'" in err
