"""Talks to one client: request after request, with limits on size, time and number."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from http import HTTPStatus

from digest.serve.messages import (
    Request,
    RequestError,
    Response,
    format_head,
    has_length,
    parse_request,
    say_status,
)

LARGEST_HEAD = 16 * 1024  # bytes; the 99.9th percentile of what browsers send is below 8 KB
PATIENCE = 30.0  # seconds without a request, or without taking what was sent
FAREWELL = 1.0  # seconds in which a refused client may still send
MOST_CLIENTS = 500  # connections at once, each with a buffer of 64 KB at most

Answer = Callable[[Request], Response]
Client = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def talk_with(answer: Answer, *, patience: float = PATIENCE, most: int = MOST_CLIENTS) -> Client:
    """Return what `asyncio.start_server` calls for each client."""
    clients: set[asyncio.StreamWriter] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        clients.add(writer)
        try:
            if len(clients) > most:
                raise RequestError(HTTPStatus.SERVICE_UNAVAILABLE)
            while await _serve_one(reader, writer, answer, patience):
                pass
        except RequestError as error:
            await _refuse(reader, writer, error.status)
        except (ConnectionError, TimeoutError, asyncio.CancelledError):
            pass  # the client has gone, or takes nothing, or the server ends
        finally:
            clients.discard(writer)
            writer.close()

    return talk


async def _serve_one(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Answer, patience: float
) -> bool:
    """Answer one request; return whether there may be another."""
    try:
        async with asyncio.timeout(patience):
            head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return False
    except asyncio.LimitOverrunError:
        raise RequestError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE) from None
    request = parse_request(head)
    response = answer(request)
    keep = request.keep and has_length(response)
    await _send(writer, response, patience, keep=keep, body=request.method != "HEAD")
    return keep


async def _refuse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, status: HTTPStatus
) -> None:
    """Say why, and wait for the client to hear it.

    A connection that is closed while something unread lies in it takes the answer with it
    (RFC 9112, section 9.6).
    """
    await _send(writer, say_status(status), FAREWELL, keep=False, body=True)
    writer.write_eof()
    async with asyncio.timeout(FAREWELL):
        while await reader.read(LARGEST_HEAD):
            pass


async def _send(
    writer: asyncio.StreamWriter, response: Response, patience: float, *, keep: bool, body: bool
) -> None:
    """Write a response as fast as the client takes it, and no faster."""
    head = format_head(response, keep=keep)
    if isinstance(response.body, bytes):
        writer.write(head + response.body if body else head)
        await _drain(writer, patience)
        return
    async with aclosing(response.body) as pieces:
        writer.write(head)
        if body:
            async for piece in pieces:
                writer.write(piece)
                await _drain(writer, patience)


async def _drain(writer: asyncio.StreamWriter, patience: float) -> None:
    async with asyncio.timeout(patience):
        await writer.drain()
