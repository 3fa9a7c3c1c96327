"""Connections of urllib3 that go to judged addresses only and don't wait for ever."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from weakref import WeakSet

import urllib3
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from digest.web.guard import connect

HOSTS = 32  # hosts whose connections are kept open
PATIENCE = 60  # seconds for a handshake, and for the lines before a body, however they drip


class Connections:
    """A pool whose connections reach the public internet, or with `private` every host."""

    def __init__(self, *, private: bool) -> None:
        live = _Live()
        options = {"private": private, "live": live}
        plain = type("Plain", (_Guarded,), options)
        tls = type("TLS", (_Guarded, HTTPSConnection), options)
        self._live = live
        self.pool = urllib3.PoolManager(num_pools=HOSTS, maxsize=2)
        self.pool.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("TLSPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }

    def cut(self) -> None:
        """End what is under way."""
        for connection in self._live.list():
            connection.cut()


class _Live:
    """The connections that exist, noted by the threads that open them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connections: WeakSet[_Guarded] = WeakSet()

    def add(self, connection: "_Guarded") -> None:
        with self._lock:
            self._connections.add(connection)

    def list(self) -> "list[_Guarded]":
        with self._lock:
            return list(self._connections)


class _Guarded(HTTPConnection):
    """A connection through `guard.connect`; with TLS, the certificate is checked by name as ever.

    urllib3 makes connections of a class of its own, so what they share is that class's.
    """

    private: bool
    live: _Live

    def _new_conn(self) -> socket.socket:
        """Connect as urllib3 does, with the errors that its callers know."""
        self.live.add(self)
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            return connect(self._dns_host, self.port, timeout=timeout, private=self.private)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host} does not answer") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    def connect(self) -> None:
        with self._bounded():
            super().connect()

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3 itself
        with self._bounded():
            return super().getresponse()

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        """Cut the connection when patience ends: time-outs count from byte to byte only."""
        timer = threading.Timer(PATIENCE, self.cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def cut(self) -> None:
        """End whatever is read or written."""
        sock = self.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
