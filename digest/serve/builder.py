"""Builds in a process of its own, so that pages are answered meanwhile, and whatever happens there.

The process stays: a second build does not load the program again (0.1 s instead of 0.7 s).
"""

import asyncio
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker, set_start_method
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from digest.build.site import build_site
from digest.build.stories import build_stories
from digest.config import Config, load_config
from digest.console import number, say
from digest.errors import DigestError
from digest.interrupts import hold_interrupts
from digest.lock import lock
from digest.parallel import Map, open_map
from digest.progress import watch

Half: TypeAlias = Literal["stories", "site"]

WAITING = "digest: another run is at work on this digest; the preview waits for it to end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What half a build did."""

    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person may want to know."""
    failed: bool = False
    """Nothing was written."""
    changed: int = 0
    """Files."""
    base: str | None = None
    """The path of the front page, if the config tells."""


class Builder:
    """The process, which is started with the first build and when it has died."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: Any = None
        self._pipe: Any = None
        self._closed = False
        self._changing = Lock()  # builds are asked for in threads

    async def build(self, half: Half) -> Outcome:
        """Build one half of the digest; whatever goes wrong is in the outcome."""
        return await asyncio.to_thread(self._ask, half)

    def close(self) -> None:
        """End the process and all that it started, whatever they do: a build may be killed."""
        with self._changing:
            self._closed = True
            if self._process:
                _kill(self._process)

    def _ask(self, half: Half) -> Outcome:
        with self._changing:
            if self._closed:
                return Outcome(failed=True)
            if not self._process or not self._process.is_alive():
                self._start()
        try:
            self._pipe.send(half)
            outcome: Outcome = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join()
            problem = f"digest: the build was ended with status {self._process.exitcode}"
            return Outcome(problems=(f"{problem} (is there enough memory?)",), failed=True)
        return outcome

    def _start(self) -> None:
        # Not forked: the server has threads.
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._root))
        # Otherwise it would be started with the process, and let Ctrl-C through (Python 3.11).
        resource_tracker.ensure_running()
        with hold_interrupts():  # the server answers them
            process.start()
        self._process = process
        theirs.close()


def _kill(process: Any) -> None:
    """End a process and its workers at once, and wait for its end."""
    if sys.platform != "win32":
        # Not there yet, or not any more: then it has no workers, or none that are alive.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def _work(pipe: "Connection[Outcome, Half]", root: Path) -> None:
    """Build whenever asked to, until the server is gone."""
    if sys.platform != "win32":
        os.setsid()  # it and its workers are ended together
    set_start_method(None, force=True)  # for pools of its own: as everywhere else
    try:
        while True:
            pipe.send(build_half(root, pipe.recv()))
    except (EOFError, BrokenPipeError):
        pass


def build_half(root: Path, half: Half) -> Outcome:
    """Build one half of the digest; whatever goes wrong is in the outcome."""
    try:
        config = load_config(root)
        with lock(root, wait=lambda: say(WAITING)), open_map() as pool:
            build = _build_stories if half == "stories" else _build_site
            return build(root, config, watch(pool, sys.stderr))
    except* DigestError as group:
        problems = tuple(map(str, _flatten(group)))
    except* Exception as group:
        traceback.print_exception(group.exceptions[0])
        problems = (f"digest: {group.exceptions[0]!r} (a bug: the terminal shows where)",)
    return Outcome(problems=problems, failed=True)


def _build_stories(root: Path, config: Config, map_: Map) -> Outcome:
    told = build_stories(root, config, map_)
    problems = tuple(map(str, told.problems))
    return Outcome(problems=problems, notes=told.notes, changed=told.changed)


def _build_site(root: Path, config: Config, map_: Map) -> Outcome:
    start = time.perf_counter()
    built = build_site(root, config, map_)
    stories, pages = number(built.stories, "story", "stories"), number(built.changed, "page")
    done = f"built {stories} in {time.perf_counter() - start:.1f} s ({pages} changed)"
    base = tell_base(config)
    return Outcome(notes=(*built.notes, done), changed=built.changed, base=base)


def tell_base(config: Config) -> str:
    """Return the path of the front page."""
    return urlsplit(config.site.base_url).path


def _flatten(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _flatten(error)
        else:
            yield error
