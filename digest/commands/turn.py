"""Lets commands that change a digest take turns."""

from contextlib import AbstractContextManager
from pathlib import Path

from digest.console import say
from digest.lock import lock

WAITING = "digest: another run is at work on this digest; waiting for it to end"


def take_turn(root: Path) -> AbstractContextManager[None]:
    """Hold the digest for this command; say so where another has to end first.

    Raises `OutputError` where the folder `.digest` cannot be written.
    """
    return lock(root, wait=lambda: say(WAITING))
