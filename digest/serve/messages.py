"""Reads requests and writes responses as HTTP/1.1 wants them: text in, text out.

Only what a preview needs of RFC 9110 (what messages mean) and RFC 9112 (how they are written).
What a client may not send is refused, never guessed at.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from typing import TypeAlias

Body: TypeAlias = bytes | AsyncGenerator[bytes, None]
"""All of it at once, or piece by piece."""

# RFC 9112, sections 3 and 5. The whole target is visible ASCII, so no header can hide in it.
REQUEST_LINE = re.compile(rb"([A-Z]{1,20}) (/[\x21-\x7e]*) HTTP/1\.([01])")
HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client asks for."""

    method: str
    target: str
    """As it was sent: percent-encoded, with the query."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By name in lower case."""
    keep: bool = True
    """Whether the connection stays open for a further request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the client gets."""

    status: HTTPStatus
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body = b""


class RequestError(Exception):
    """A request that cannot be answered; the connection ends with this status."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def parse_request(head: bytes) -> Request:
    """Return the request of a head, up to and with its empty line. Raises `RequestError`."""
    first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    asked = REQUEST_LINE.fullmatch(first)
    if not asked:
        raise RequestError(HTTPStatus.BAD_REQUEST)
    headers = _parse_headers(lines)
    wishes = headers.get("connection", "").lower()
    # We read no bodies; what follows such a request cannot be told from one.
    body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    return Request(
        method=asked[1].decode(),
        target=asked[2].decode(),
        headers=headers,
        keep=asked[3] == b"1" and "close" not in wishes and not body,
    )


def _parse_headers(lines: list[bytes]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        told = HEADER.fullmatch(line)
        name = told[1].decode().lower() if told else ""
        # RFC 9112, section 3.2: a request that names two hosts is refused.
        if not told or (name == "host" and name in headers):
            raise RequestError(HTTPStatus.BAD_REQUEST)
        value = told[2].decode("latin-1").strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def format_head(response: Response, *, keep: bool) -> bytes:
    """Return status line and headers. Only a body that comes at once tells its length by itself."""
    headers = {
        "Date": formatdate(usegmt=True),
        "Connection": "keep-alive" if keep else "close",
        **response.headers,
    }
    if isinstance(response.body, bytes) and response.status != HTTPStatus.NOT_MODIFIED:
        headers["Content-Length"] = str(len(response.body))
    lines = [f"HTTP/1.1 {response.status.value} {response.status.phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def has_length(response: Response) -> bool:
    """Tell whether a client knows where the body ends while the connection stays open."""
    return isinstance(response.body, bytes) or "Content-Length" in response.headers


def say_status(status: HTTPStatus, **headers: str) -> Response:
    """Return a response that says its status in words, for people."""
    return Response(
        status=status,
        headers={"Content-Type": "text/plain; charset=utf-8", **headers},
        body=f"{status.value} {status.phrase}\n".encode(),
    )
