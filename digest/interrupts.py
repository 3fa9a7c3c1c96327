"""Holds Ctrl-C back while processes are started: what is half there cannot answer it well."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait until the end of the block; processes started in it never get one.

    Signals that a thread blocks are blocked in the processes that it starts, and those that wait
    are not handed down (POSIX.1-2017, `fork` and `exec`). Windows has no such thing.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
