"""Answers requests: with files of the site, with our own, or by saying why not."""

from collections.abc import AsyncGenerator, Callable, Collection, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote

from digest.serve.files import Found, Moved, find_file, tell_type
from digest.serve.messages import Request, Response, say_status
from digest.serve.page import EVENTS, OWN, Shown, prepare_page

NOT_FOUND = "404.html"
PIECE = 256 * 1024  # bytes of a large file that are sent at once

# A preview is never kept without asking, and no other website may load parts of it.
ALWAYS = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
HTML = {"Content-Type": "text/html; charset=utf-8", **ALWAYS}

NOTHING_YET = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>No page yet</title></head>
<body><h1>No page yet</h1><p>It will be here as soon as it is built.</p></body></html>
"""

Events = Callable[[], AsyncGenerator[bytes, None]]


def answer(request: Request, *, site: Path, base: str, shown: Shown) -> Response:
    """Return what is at the address that a client asks for, below `base` ("/news/")."""
    if request.method not in ("GET", "HEAD"):
        return say_status(HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET, HEAD", **ALWAYS)
    target, mark, query = request.target.partition("?")
    try:
        path = unquote(target, errors="strict")
    except UnicodeDecodeError:
        return _miss(site, shown)
    if path == "/" != base:
        return _redirect(base)
    if not path.startswith(base):
        return _redirect(base) if path + "/" == base else _miss(site, shown)
    found = find_file(site, path.removeprefix(base))
    if isinstance(found, Moved):
        return _redirect(f"{path}/", mark + query)
    return _send(found, request, shown) if found else _miss(site, shown)


def answer_own(request: Request, *, own: Mapping[str, bytes], events: Events) -> Response | None:
    """Return one of our own files, or the events that pages listen to; `None` for all others."""
    path = request.target.partition("?")[0]
    if not path.startswith(OWN) or request.method not in ("GET", "HEAD"):
        return None
    if path == EVENTS:
        headers = {"Content-Type": "text/event-stream", **ALWAYS}
        return Response(status=HTTPStatus.OK, headers=headers, body=events())
    if path not in own:
        return say_status(HTTPStatus.NOT_FOUND, **ALWAYS)
    headers = {"Content-Type": tell_type(path), **ALWAYS}
    return Response(status=HTTPStatus.OK, headers=headers, body=own[path])


def is_for_us(request: Request, hosts: Collection[str]) -> bool:
    """Tell whether a client means this server, whatever its port.

    Any website can give its own name our address, and read us under it (DNS rebinding).
    """
    host = request.headers.get("host", "")
    return (host if host.endswith("]") else host.rpartition(":")[0] or host).lower() in hosts


def _send(found: Found, request: Request, shown: Shown) -> Response:
    kind = tell_type(found.path)
    page = kind.startswith("text/html")
    tag = f'"{found.tag}-{shown.version}"' if page else f'"{found.tag}"'
    headers = {"Content-Type": kind, "ETag": tag, **ALWAYS}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    if page:
        return _send_page(Path(found.path), shown, headers)
    if found.size <= PIECE:
        return Response(status=HTTPStatus.OK, headers=headers, body=Path(found.path).read_bytes())
    headers["Content-Length"] = str(found.size)
    return Response(status=HTTPStatus.OK, headers=headers, body=_read_pieces(found))


def _send_page(file: Path, shown: Shown, headers: Mapping[str, str]) -> Response:
    body = prepare_page(file.read_bytes(), shown)
    return Response(status=HTTPStatus.OK, headers=headers, body=body)


async def _read_pieces(found: Found) -> AsyncGenerator[bytes, None]:
    """Yield a file of exactly the size that was told, or raise `ConnectionError`."""
    left = found.size
    with Path(found.path).open("rb") as file:
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise ConnectionAbortedError("the file has become shorter")
            left -= len(piece)
            yield piece


def _miss(site: Path, shown: Shown) -> Response:
    """Return the site's own page for what is not there."""
    found = find_file(site, NOT_FOUND)
    if not isinstance(found, Found):
        body = prepare_page(NOTHING_YET.encode(), shown)
        return Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=HTML, body=body)
    body = prepare_page(Path(found.path).read_bytes(), shown)
    return Response(status=HTTPStatus.NOT_FOUND, headers=HTML, body=body)


def _redirect(path: str, query: str = "") -> Response:
    # 307: a browser remembers a permanent one, and the next digest may be another.
    return say_status(HTTPStatus.TEMPORARY_REDIRECT, Location=quote(path) + query, **ALWAYS)
