"""Work is spread over processes where that is asked, and its results keep their order."""

import os
import signal

import pytest

from digest.errors import MachineError
from digest.parallel import AHEAD, CHUNK, HEAVY, WORTH_A_POOL, _pack, open_map


def process_of(_: int) -> int:
    return os.getpid()


def die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("workers", [None, 1, 2, 3])
def test_results_come_in_the_order_of_the_items(workers: int | None) -> None:
    with open_map(workers=workers) as map_:
        assert list(map_(str, range(100))) == [str(number) for number in range(100)]


def test_one_worker_is_this_process() -> None:
    with open_map(workers=1) as map_:
        assert set(map_(process_of, range(50))) == {os.getpid()}


def test_little_work_starts_no_process_by_itself() -> None:
    with open_map() as map_:
        assert set(map_(process_of, range(WORTH_A_POOL - 1))) == {os.getpid()}


def test_much_work_is_spread_by_itself() -> None:
    with open_map() as map_:
        assert os.getpid() not in set(map_(process_of, range(WORTH_A_POOL)))


def test_more_workers_are_other_processes() -> None:
    with open_map(workers=2) as map_:
        assert os.getpid() not in set(map_(process_of, range(50)))


def test_items_are_taken_as_results_are() -> None:
    left = iter(range(100 * CHUNK))
    with open_map(workers=2) as map_:
        assert next(iter(map_(str, left))) == "0"
        assert next(left) == 2 * AHEAD * CHUNK


def test_heavy_items_travel_alone() -> None:
    chunks = list(_pack([b"a", bytes(HEAVY), bytes(HEAVY), b"b", b"c"]))
    assert [len(chunk) for chunk in chunks] == [2, 1, 2]


def test_little_work_is_spread_too_once_there_are_processes() -> None:
    with open_map() as map_:
        list(map_(process_of, range(WORTH_A_POOL)))
        assert os.getpid() not in set(map_(process_of, range(2)))


def test_a_worker_that_is_ended_from_outside_is_said() -> None:
    with open_map(workers=2) as map_, pytest.raises(MachineError) as caught:
        list(map_(die, range(50)))
    assert str(caught.value) == (
        "digest: one of its processes was ended from outside "
        "(run it again with more memory, or with --workers 1; nothing is lost)"
    )
