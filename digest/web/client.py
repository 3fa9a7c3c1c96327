"""Asks a server for a page or feed: within limits of size and time, again where that may help."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Self
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    LocationParseError,
    NewConnectionError,
    SSLError,
)
from urllib3.exceptions import (
    TimeoutError as TookTooLong,
)

from digest import __version__
from digest.addresses import is_web_address
from digest.errors import WebError
from digest.web.connections import Connections
from digest.web.guard import ForbiddenHostError
from digest.web.pace import Pace

REDIRECTS = 5  # browsers follow 20; a feed that needs more than a few is broken
REDIRECTED = (301, 302, 303, 307, 308)
TRY_AGAIN = (408, 425, 429, 500, 502, 503, 504)
CHUNK = 64 * 1024
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5"
LATER = "it is asked again next time"
FORBIDDEN = "the robots.txt of its host forbids programs to read it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a server may give, and how long it may take."""

    size: int = 10_000_000
    """Bytes, after decompression. Of 400 saved news pages the largest had 2.4 MB."""
    timeout: int = 20
    """Seconds for the connection, and for each part of the answer."""
    total: int = 120
    """Seconds for the whole answer: a server that drips is not waited for."""
    retries: int = 2
    longest_wait: int = 60
    """Seconds: a server that wants to be left alone for longer is asked in the next run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server gave."""

    url: str
    """Where it was in the end, after redirects."""
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Their names in lower case."""
    body: bytes = b""

    @property
    def kind(self) -> str:
        """The media type without its parameters: `text/html`."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Client:
    """Asks servers; safe to use from several threads, which share its pace and connections."""

    def __init__(
        self,
        *,
        contact: str,
        limits: Limits | None = None,
        pace: Pace | None = None,
        private: bool = False,
    ) -> None:
        named = "".join(c for c in contact if c.isascii() and c.isprintable())  # RFC 9110, 5.5
        self.agent = f"verbatim-digest/{__version__} (+{named})"
        self.pace = pace or Pace()
        self._limits = limits or Limits()
        self._connections = Connections(private=private)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all requests: threads that wait or read stop at once."""
        self.pace.stop()
        self._connections.cut()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        size: int | None = None,
        permit: Callable[[str], bool] | None = None,
    ) -> Answer:
        """Return the answer of a server, with whatever status is final (also 304 and 404).

        `size` is a limit of its own, in bytes; `permit` judges each address on the way, also
        those that a redirect leads to. Raises `WebError` where there is no answer, or none within
        the limits; `WebError.passing` says whether it may be there next time.
        """
        asked = url
        for _ in range(REDIRECTS + 1):
            if permit and not permit(asked):
                raise WebError(url, FORBIDDEN, "ask its publisher, or add the text by hand")
            answer = self._persist(asked, headers or {}, size or self._limits.size)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTED or not target:
                return answer
            asked = _follow(asked, target, place=url)
        raise WebError(url, f"leads from page to page, {REDIRECTS} times", "correct its address")

    def _persist(self, url: str, headers: Mapping[str, str], size: int) -> Answer:
        """Ask until there is an answer, or patience ends."""
        for attempt in range(self._limits.retries + 1):
            last = attempt == self._limits.retries
            try:
                self.pace.wait(url)
                answer = self._ask(url, headers, size)
            except WebError as error:
                if last or not error.passing:
                    raise
                pause = 2.0**attempt
            else:
                if answer.status not in TRY_AGAIN:
                    return answer
                pause = _pause(answer, attempt)
                if last or pause > self._limits.longest_wait:
                    raise WebError(url, f"answers {answer.status}", LATER, passing=True)
            self.pace.postpone(url, pause)
        raise AssertionError("the last attempt returns or raises")

    def _ask(self, url: str, headers: Mapping[str, str], size: int) -> Answer:
        limits, end = self._limits, time.monotonic() + self._limits.total
        with _told(url):
            response = self._connections.pool.request(
                "GET",
                _ascii_host(url),
                headers={
                    "User-Agent": self.agent,
                    "Accept": ACCEPT,
                    "Accept-Encoding": "gzip, deflate, br",
                    **headers,
                },
                timeout=urllib3.Timeout(connect=limits.timeout, read=limits.timeout),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                names = {name.lower(): value for name, value in response.headers.items()}
                body = b"" if response.status in REDIRECTED else _read(response, url, size, end)
            finally:
                # An answer that was not read to its end would block the next one.
                response.close()
        return Answer(url=url, status=response.status, headers=names, body=body)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Tell the errors of urllib3 as `WebError`."""
    try:
        yield
    except NewConnectionError as error:
        cause = error.__cause__
        if isinstance(cause, ForbiddenHostError):
            raise WebError(url, str(cause), "set `fetch.private` to allow that") from error
        raise WebError(url, f"cannot be reached: {cause or error}", LATER, passing=True) from error
    except TookTooLong as error:
        raise WebError(url, "does not answer in time", LATER, passing=True) from error
    except SSLError as error:
        raise WebError(
            url, f"cannot be trusted: {error}", "check its address, and your clock"
        ) from error
    except (LocationParseError, UnicodeError) as error:
        raise WebError(url, "is not the address of a web page", "correct it") from error
    except DecodeError as error:
        raise WebError(url, "is packed in a way that cannot be unpacked", LATER) from error
    except (HTTPError, HTTPException, OSError) as error:
        problem = f"breaks off: {type(error).__name__}"
        raise WebError(url, problem, LATER, passing=True) from error


def _read(response: urllib3.BaseHTTPResponse, url: str, size: int, end: float) -> bytes:
    """Return the body, unpacked; raise `WebError` where it is too large or comes too slowly."""
    parts: list[bytes] = []
    length = 0
    while part := response.read1(CHUNK, decode_content=True):
        parts.append(part)
        length += len(part)
        if length > size:
            raise WebError(url, f"is larger than {size:,} bytes", "raise the limit if it is fine")
        if time.monotonic() > end:
            raise WebError(url, "comes too slowly", LATER, passing=True)
    return b"".join(parts)


def _ascii_host(url: str) -> str:
    """Return the address with the name of its host as DNS knows it (RFC 3490)."""
    host = urlsplit(url).hostname or ""
    return url if host.isascii() else url.replace(host, host.encode("idna").decode(), 1)


def _follow(url: str, target: str, *, place: str) -> str:
    try:
        followed = urljoin(url, target.strip())
    except ValueError:
        followed = target
    if not is_web_address(followed):
        raise WebError(place, f"leads to {target!a}, which is no web page", "correct it")
    return followed


def _pause(answer: Answer, attempt: int) -> float:
    """Return the seconds to wait before the next attempt (RFC 9110, section 10.2.3)."""
    wanted = answer.headers.get("retry-after", "").strip()
    if wanted.isascii() and wanted.isdecimal():
        return float(wanted[:9])
    try:
        when = parsedate_to_datetime(wanted)
    except ValueError:
        return 2.0**attempt
    return max(0.0, (when.astimezone(UTC) - datetime.now(UTC)).total_seconds())
