"""Keeps a distance in time between requests to one host, whoever asks."""

import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit


class Stopped(BaseException):
    """Somebody wants the program to end; like `KeyboardInterrupt`, no error to recover from."""


class Pace:
    """Lets threads wait until a host may be asked again."""

    def __init__(self, delay: float = 0, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._delay = delay
        self._clock = clock
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._stopped = threading.Event()

    def wait(self, url: str) -> None:
        """Return when the host of `url` may be asked; raise `Stopped` if the program ends before.

        Each caller gets a moment of its own, `delay` seconds after the one before.
        """
        host = urlsplit(url).netloc.lower()
        with self._lock:
            now = self._clock()
            turn = max(now, self._free.get(host, now))
            self._free[host] = turn + self._delays.get(host, self._delay)
        if self._stopped.wait(turn - now):
            raise Stopped

    def keep_distance(self, url: str, seconds: float) -> None:
        """Ask the host of `url` no more often than it wishes, if that is less than usual."""
        host = urlsplit(url).netloc.lower()
        with self._lock:
            self._delays[host] = max(self._delay, seconds)

    def postpone(self, url: str, seconds: float) -> None:
        """Leave the host of `url` alone for so many seconds from now."""
        host = urlsplit(url).netloc.lower()
        with self._lock:
            self._free[host] = max(self._free.get(host, 0), self._clock() + seconds)

    def stop(self) -> None:
        """Wake all who wait."""
        self._stopped.set()
