"""Runs a command and tells what it took, with all processes that it starts."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

BETWEEN = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Run:
    """What one build took."""

    articles: int
    step: str
    case: str
    wall: float
    cpu: float
    megabytes: int


def measure(command: Sequence[str], folder: Path, articles: int, step: str, case: str) -> Run:
    """Run a command in a folder; raise `CalledProcessError` where it fails."""
    # Without it, each process would compile the program anew, which no user's does.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    most = [0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, most, done))
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    done.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(articles, step, case, wall, used.ru_utime + used.ru_stime, most[0] // 1024)


def _watch(pid: int, most: list[int], done: threading.Event) -> None:
    while not done.wait(BETWEEN):
        most[0] = max(most[0], sum(map(_memory_of, _tree(pid))))


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and all that it started, with their own."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _memory_of(pid: int) -> int:
    """Return the kilobytes of a process; what it shares with others counts for each its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
