"""A web server on loopback that says what a test tells it to say."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(kw_only=True)
class Reply:
    """What the server says once."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    stream: Callable[[Callable[[bytes], object]], object] | None = None
    """Instead of `body`: writes as it likes, and the connection is closed behind it."""


@dataclass
class Server:
    """Replies by path; where there are several, one after the other, the last one again."""

    address: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def say(self, path: str, *replies: Reply | str) -> str:
        """Reply so from now on; return the whole address."""
        self.replies[path] = [r if isinstance(r, Reply) else Reply(body=r) for r in replies]
        return self.address + path

    def asked(self) -> list[str]:
        """Return the paths that were asked for since the last time."""
        paths = [path for path, _ in self.requests]
        self.requests.clear()
        return paths


@contextmanager
def serve_replies(*, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Yield a server that runs until the test is over, with TLS where a context for it is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            replies = server.replies.get(self.path, [Reply(status=404, body="nothing here")])
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
                self.send_header(name, value)
            if reply.stream:
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                with suppress(OSError):  # the client may have had enough
                    reply.stream(self.wfile.write)
                return
            if reply.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep silent."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Keep silent: clients break off on purpose."""

    httpd = Quiet(("127.0.0.1", 0), Handler)
    if tls:
        httpd.socket = tls.wrap_socket(httpd.socket, server_side=True)
    server = Server(f"http{'s' if tls else ''}://127.0.0.1:{httpd.server_address[1]}")
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()
