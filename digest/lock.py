"""Lets one command at a time change a digest: the next one waits until it is done."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.errors import OutputError

WORKSHOP = ".digest"
"""The folder in the root of a digest that holds what commands remember; it may be deleted."""
LOCK = "lock"


@contextmanager
def lock(root: Path, *, wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the digest in `root` for this process; `wait` is called before waiting for another.

    The system lets go when the process ends, however it ends. Raises `OutputError` where the
    folder `.digest` cannot be written.
    """
    try:
        (root / WORKSHOP).mkdir(exist_ok=True)
        descriptor = os.open(root / WORKSHOP / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise OutputError(str(root / WORKSHOP), problem, "check folder and permissions") from error
    try:
        if not _take(descriptor, patient=False):
            wait()
            _take(descriptor, patient=True)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt
    import time

    SECOND = 1.0

    def _take(descriptor: int, *, patient: bool) -> bool:
        """Return whether the lock was taken; the patient ask once a second."""
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not patient:
                    return False
                time.sleep(SECOND)
            else:
                return True

else:
    import fcntl

    def _take(descriptor: int, *, patient: bool) -> bool:
        """Return whether the lock was taken; the patient wait until it is."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
