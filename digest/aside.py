"""Does one thing in a child process while this one does another, where the system can fork."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def start_aside(function: Callable[[], T], *, worth: bool) -> Iterator[Callable[[], T]]:
    """Yield what returns the result of a function, which runs in a child process meanwhile.

    Where that is not `worth` it, where no child can be, and where one ends without an answer, the
    function is run here when it is asked for: so it raises here what it raises.
    """
    if not worth or not _can_fork():
        yield function
        return
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)  # else it would wait for itself to read
        _answer(function, writing)
    os.close(writing)
    try:
        yield partial(_await, reading, function)
    finally:
        os.close(reading)
        os.waitpid(child, 0)


def _can_fork() -> bool:
    """Return whether a child would be whole: threads, and what they hold, are not copied."""
    threads = sys.modules.get("threading")
    return hasattr(os, "fork") and (threads is None or threads.active_count() == 1)


def _answer(function: Callable[[], object], writing: int) -> None:
    """Write the result and end the process, without what else is done at its end."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with open(writing, "wb") as pipe:
            pipe.write(pickle.dumps(function()))
    finally:
        os._exit(0)


def _await(reading: int, function: Callable[[], T]) -> T:
    with open(reading, "rb", closefd=False) as pipe:
        answer = pipe.read()
    try:
        result: T = pickle.loads(answer)  # of this very program
    except (EOFError, pickle.UnpicklingError):
        return function()
    return result
