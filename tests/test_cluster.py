"""Work that is spread over a cluster comes back in order, and little of it is under way at once."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import Any

import pytest

from conftest import REPOSITORY, Digest
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


def test_cluster_writes_what_one_machine_writes_though_a_worker_is_killed() -> None:
    script = ["sh", "tests/quality/cluster.sh", sys.executable, "120"]
    done = subprocess.run(script, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("same bytes\n"), done.stderr


def test_missing_package_is_named(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    status, _, err = digest.run("build", "--scheduler", "tcp://127.0.0.1:1")
    assert status == 1
    assert "pip install 'verbatim-digest[cluster]'" in err


def test_scheduler_that_does_not_answer_is_named(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", "0.1s")
    status, _, err = digest.run("build", "--scheduler", "tcp://127.0.0.1:1")
    assert status == 1
    assert "tcp://127.0.0.1:1: no scheduler answers" in err
