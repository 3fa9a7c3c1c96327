"""What is done aside is the same as what is done here, whatever becomes of the child."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from digest.aside import start_aside


def tell_process() -> int:
    return os.getpid()


def fail() -> int:
    raise ValueError("in vain")


def die_elsewhere(here: int) -> int:
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return 7


def test_function_runs_in_a_child() -> None:
    with start_aside(tell_process, worth=True) as answer:
        assert answer() != os.getpid()


def test_function_runs_here_where_a_child_is_not_worth_it() -> None:
    with start_aside(tell_process, worth=False) as answer:
        assert answer() == os.getpid()


def test_long_answer_comes_whole(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(b"x" * 1_000_000)
    with start_aside((tmp_path / "long").read_bytes, worth=True) as answer:
        assert answer() == b"x" * 1_000_000


def test_function_that_fails_in_a_child_fails_here() -> None:
    with (
        pytest.raises(ValueError, match="in vain"),
        start_aside(fail, worth=True) as answer,
    ):
        answer()


def test_child_that_is_killed_costs_nothing() -> None:
    with start_aside(partial(die_elsewhere, os.getpid()), worth=True) as answer:
        assert answer() == 7


def test_answer_that_nobody_asks_for_leaves_no_child() -> None:
    with start_aside(partial(bytes, 1_000_000), worth=True):
        pass
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
