"""Keeps the preview as the digest is: serves it, sees changes, builds, tells the pages."""

import asyncio
import errno
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from digest.config import load_config
from digest.console import say
from digest.errors import ConfigError, OutputError
from digest.serve.answers import ALWAYS, answer, answer_own, is_for_us
from digest.serve.builder import Builder, Outcome, tell_base
from digest.serve.connection import LARGEST_HEAD, MOST_CLIENTS, talk_with
from digest.serve.messages import Request, Response, say_status
from digest.serve.page import Shown, read_own
from digest.serve.watch import WATCHED, Stock, compare, measured, take_stock

SITE = "site"
STORIES = "content/stories"
TEMPLATES = "templates/"
LOOPBACK = "127.0.0.1"
OURS = frozenset({"localhost", LOOPBACK, "[::1]"})
"""The names under which nobody but this machine can be meant."""

PAUSE = 0.25  # seconds between two looks at the files, if they are few
SHARE = 10  # a look may take one part in so many of the time
HEARTBEAT = 15.0  # seconds after which a client that left is noticed


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What clients get at this moment."""

    shown: Shown
    base: str


class Preview:
    """The state of the preview, and those who wait for the next one."""

    def __init__(self, root: Path, *, any_host: bool) -> None:
        self._root = root
        self._any_host = any_host
        self._own = read_own()
        # A page of an earlier server is loaded again, too.
        self._version = time.time_ns()
        self._news = asyncio.Event()
        self.state = State(shown=Shown(version=f"{self._version:x}"), base=_find_base(root))

    def answer(self, request: Request) -> Response:
        """Return the response to a request."""
        if not self._any_host and not is_for_us(request, OURS):
            return say_status(HTTPStatus.MISDIRECTED_REQUEST, **ALWAYS)
        own = answer_own(request, own=self._own, events=self._events)
        site, state = self._root / SITE, self.state
        return own or answer(request, site=site, base=state.base, shown=state.shown)

    def update(self, outcome: Outcome) -> None:
        """Show what a build did; pages are loaded again if that is anything new."""
        base = outcome.base or self.state.base
        shown = replace(self.state.shown, problems=outcome.problems, failed=outcome.failed)
        if outcome.changed or (shown, base) != (self.state.shown, self.state.base):
            self._version += 1
            self.state = State(shown=replace(shown, version=f"{self._version:x}"), base=base)
            self._news.set()
            self._news = asyncio.Event()

    async def _events(self) -> AsyncGenerator[bytes, None]:
        """Yield the version of the pages whenever there is another, and now and then."""
        while True:
            news = self._news
            yield f"data: {self.state.shown.version}\n\n".encode()
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await news.wait()
            except TimeoutError:
                pass


async def serve(root: Path, *, port: int, host: str | None = None) -> None:
    """Serve the digest until the task is cancelled, and build it whenever it changes.

    Without a `host`, or with one of this machine's own names, only this machine is served, and
    only under these names. Raises `OutputError` where the port cannot be had.
    """
    host = host or LOOPBACK
    preview = Preview(root, any_host=not {host, f"[{host}]"} & OURS)
    builder = Builder(root)
    server = await _listen(preview, host, port)
    try:
        await _follow(root, preview, builder, _address(server))
    finally:
        server.close()
        builder.close()


def _find_base(root: Path) -> str:
    """Return the path of the front page before anything is built."""
    try:
        return tell_base(load_config(root))
    except (ConfigError, ExceptionGroup):
        return "/"  # the build says what is wrong


async def _listen(preview: Preview, host: str, port: int) -> asyncio.Server:
    try:
        return await asyncio.start_server(
            talk_with(preview.answer), host, port, limit=LARGEST_HEAD, backlog=MOST_CLIENTS
        )
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        problem = "this port is taken" if taken else f"cannot be listened at: {error.strerror}"
        remedy = "end what runs there, or choose another with --port"
        raise OutputError(f"{host}:{port}", problem, remedy) from error


def _address(server: asyncio.Server) -> str:
    host, port = server.sockets[0].getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


async def _follow(root: Path, preview: Preview, builder: Builder, address: str) -> None:
    """Build, and build again whenever something has changed."""
    stories, said = Outcome(), tuple[str, ...]()
    changed = list(WATCHED)
    _say_address(address, preview.state.base)
    while True:
        stock = await asyncio.to_thread(take_stock, root)
        if stories.failed or not all(path.startswith(TEMPLATES) for path in changed):
            stories = await builder.build("stories")
            # What the build itself writes is no news.
            stock = {path: told for path, told in stock.items() if not path.startswith(STORIES)}
            stock |= await asyncio.to_thread(take_stock, root, STORIES)
        outcome = stories if stories.failed else _join(stories, await builder.build("site"))
        if outcome.base not in (None, preview.state.base):
            _say_address(address, outcome.base)
        preview.update(outcome)
        lines = (*outcome.notes, *outcome.problems)
        say(*(line for line in lines if line not in said))
        said = lines
        changed = await _wait(root, stock)


def _say_address(address: str, base: str | None) -> None:
    say(f"serving {address}{base} (Ctrl-C ends it)")


def _join(stories: Outcome, site: Outcome) -> Outcome:
    """Return the outcome of both halves, where the first did not fail."""
    problems, notes = stories.problems + site.problems, stories.notes + site.notes
    return replace(site, problems=problems, notes=notes)


async def _wait(root: Path, before: Stock) -> list[str]:
    """Return what has changed, as soon as something has."""
    pause = PAUSE
    while True:
        await asyncio.sleep(pause)
        now, seconds = await asyncio.to_thread(measured, root)
        if changed := compare(before, now):
            return changed
        pause = max(PAUSE, SHARE * seconds)
