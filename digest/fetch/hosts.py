"""Does work for several hosts at once, and for each host one thing after the other."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
R = TypeVar("R")


def do_by_host(
    work: Callable[[T], R], items: Iterable[T], *, url_of: Callable[[T], str], hosts: int
) -> Iterator[R]:
    """Yield the results as they come; `hosts` pieces of work run at once.

    No more than that many results wait in memory. When the caller stops asking, nothing new begins.
    """
    queues: dict[str, deque[T]] = {}
    for item in items:
        queues.setdefault(urlsplit(url_of(item)).netloc.lower(), deque()).append(item)
    running: dict[Future[R], str] = {}
    threads = ThreadPoolExecutor(hosts)
    try:
        while queues or running:
            busy = set(running.values())
            free = [host for host in queues if host not in busy][: hosts - len(running)]
            for host in free:
                running[threads.submit(work, queues[host].popleft())] = host
                if not queues[host]:
                    del queues[host]
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                del running[future]
                yield future.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
