"""Servers are asked politely, within limits, and never those of the own network."""

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path

import brotli
import pytest
import trustme
import yaml

from digest.errors import WebError
from digest.web import Client, Limits, Pace, Robots
from digest.web.canonical import address_key, same_site, tidy_address
from digest.web.guard import is_public
from digest.web.pace import Stopped
from servers import Reply, Server, serve_replies

DATA = yaml.safe_load((Path(__file__).parent / "data/web/addresses.yaml").read_text("utf-8"))
SMALL = Limits(size=1000, timeout=1, total=1, retries=1, longest_wait=1)


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return what it shows."""
        return self.now


@pytest.fixture
def server() -> Iterator[Server]:
    with serve_replies() as running:
        yield running


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(contact="desk@example.org", limits=SMALL, private=True) as opened:
        yield opened


def drip(write: Callable[[bytes], object]) -> None:
    """Send bytes for ever."""
    while True:
        write(b"x" * 100)
        threading.Event().wait(0.05)


def flood(write: Callable[[bytes], object]) -> None:
    while True:
        write(b"x" * 100_000)


@pytest.mark.parametrize("address", DATA["public"])
def test_public_address_may_be_asked(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", DATA["private"])
def test_address_of_a_private_network_may_not_be_asked(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("url", DATA["urls of this machine"])
def test_no_spelling_of_loopback_gets_through(url: str) -> None:
    with Client(contact="x", limits=SMALL) as client, pytest.raises(WebError) as caught:
        client.get(url)
    assert "private network" in caught.value.problem


def test_a_redirect_to_the_own_network_is_not_followed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first host is let through, as if it were public; the one that it leads to is not.
    inside = server.say("/secret", "the keys of the house")
    outside = server.say(
        "/", Reply(status=302, headers={"Location": inside.replace("127.0.0.1", "127.0.0.2")})
    )
    monkeypatch.setattr("digest.web.guard.is_public", lambda address: str(address) == "127.0.0.1")
    with Client(contact="x", limits=SMALL) as client, pytest.raises(WebError) as caught:
        client.get(outside)
    assert "127.0.0.2" in caught.value.problem
    assert server.asked() == ["/"]


def test_the_connection_goes_to_the_address_that_was_judged(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.say("/", "hello").replace("127.0.0.1", "news.example")
    resolve, asked = socket.getaddrinfo, []

    def once(host: str, *rest: object, **options: object) -> object:
        asked.append(host)
        assert len(asked) == 1, "a second question may get another answer"
        return resolve("127.0.0.1", *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    assert client.get(url).body == b"hello"
    assert server.requests[0][1]["host"].startswith("news.example:")


def test_a_name_with_one_private_address_among_others_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def both(host: str, port: int, **_: object) -> list[object]:
        kinds = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kinds, ("93.184.216.34", port)), (*kinds, ("10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with Client(contact="x", limits=SMALL) as client, pytest.raises(WebError, match="private"):
        client.get("http://news.example/")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("deflate", zlib.compress)],
)
def test_packed_answers_are_unpacked(
    server: Server, client: Client, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    url = server.say("/", Reply(body=pack(b"hello"), headers={"Content-Encoding": encoding}))
    assert client.get(url).body == b"hello"


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(body=b"x" * 1001), "larger than 1,000 bytes"),
        (Reply(stream=flood), "larger than 1,000 bytes"),
        (
            Reply(body=gzip.compress(bytes(10_000_000)), headers={"Content-Encoding": "gzip"}),
            "larger than 1,000 bytes",
        ),
        (
            Reply(body=brotli.compress(bytes(10_000_000)), headers={"Content-Encoding": "br"}),
            "larger than 1,000 bytes",
        ),
        (Reply(body=b"no gzip", headers={"Content-Encoding": "gzip"}), "cannot be unpacked"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "is no web page"),
        (Reply(status=302, headers={"Location": "javascript:alert(1)"}), "is no web page"),
        (Reply(status=302, headers={"Location": "http://[::1"}), "is no web page"),
        (Reply(status=301, headers={"Location": "/"}), "from page to page"),
    ],
)
def test_unfit_answer_is_refused(
    server: Server, client: Client, reply: Reply, problem: str
) -> None:
    with pytest.raises(WebError) as caught:
        client.get(server.say("/", reply))
    assert problem in caught.value.problem
    assert not caught.value.passing


def test_a_server_that_drips_is_not_waited_for(server: Server) -> None:
    url = server.say("/", Reply(stream=drip))
    limits = Limits(size=1_000_000, timeout=1, total=0, retries=0)
    with (
        Client(contact="x", limits=limits, private=True) as client,
        pytest.raises(WebError) as caught,
    ):
        client.get(url)
    assert (caught.value.problem, caught.value.passing) == ("comes too slowly", True)


@pytest.mark.parametrize("known", [True, False])
def test_a_server_shows_who_it_is_by_a_certificate(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, known: bool
) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with serve_replies(tls=context) as server:
        url = server.say("/", "hello")
        named = url.replace("127.0.0.1", "localhost")
        if known:
            assert client.get(named).body == b"hello"
        for address in [url] if known else [url, named]:  # the certificate is for the name
            with pytest.raises(WebError, match="cannot be trusted"):
                client.get(address)


def test_nobody_there_is_a_passing_problem(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(WebError) as caught:
        client.get(f"http://127.0.0.1:{port}/")
    assert caught.value.passing


def test_a_busy_server_is_asked_again(server: Server, client: Client) -> None:
    busy = Reply(status=503, headers={"Retry-After": "0"})
    assert client.get(server.say("/", busy, "hello")).body == b"hello"
    assert server.asked() == ["/", "/"]


@pytest.mark.parametrize(
    "wanted", ["3600", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)]
)
def test_a_server_that_wants_to_be_left_alone_is_left_alone(
    server: Server, client: Client, wanted: str
) -> None:
    url = server.say("/", Reply(status=429, headers={"Retry-After": wanted}), "hello")
    with pytest.raises(WebError) as caught:
        client.get(url)
    assert (caught.value.problem, caught.value.passing) == ("answers 429", True)
    assert server.asked() == ["/"]


def test_it_says_who_asks(server: Server, client: Client) -> None:
    client.get(server.say("/", "hello"))
    agent = server.requests[0][1]["user-agent"]
    assert agent.startswith("verbatim-digest/")
    assert agent.endswith(" (+desk@example.org)")


def test_a_contact_cannot_write_headers(server: Server) -> None:
    with Client(contact="Łódź\r\nX-Evil: 1", limits=SMALL, private=True) as client:
        client.get(server.say("/", "hello"))
    headers = server.requests[0][1]
    assert headers["user-agent"].endswith(" (+dX-Evil: 1)")
    assert "x-evil" not in headers


@pytest.mark.parametrize(
    "reply",
    [
        Reply(stream=lambda write: write(b"half"), headers={"Content-Length": "8"}),
        Reply(
            stream=lambda write: write(b"4\r\nhalf\r\n"),
            headers={"Transfer-Encoding": "chunked"},
        ),
    ],
)
def test_half_an_answer_is_none(server: Server, client: Client, reply: Reply) -> None:
    with pytest.raises(WebError) as caught:
        client.get(server.say("/", reply))
    assert caught.value.passing


def test_redirects_are_followed_and_the_last_address_is_told(
    server: Server, client: Client
) -> None:
    url = server.say("/old", Reply(status=301, headers={"Location": "new"}))
    server.say("/new", "hello")
    answer = client.get(url)
    assert (answer.url, answer.body) == (server.address + "/new", b"hello")


RULES = """\
User-agent: *
Disallow: /private

User-agent: verbatim-digest
Disallow: /ours
Crawl-delay: 5
"""


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        (Reply(body=RULES), "/private", True),
        (Reply(body=RULES), "/ours/a", False),
        (Reply(status=404), "/ours", True),
        (Reply(status=403), "/ours", True),
        (Reply(status=500), "/ours", False),
        (Reply(body=b"\xff\xfe\x00 garbage \x00"), "/ours", True),
    ],
)
def test_robots_txt_is_obeyed_as_its_rfc_says(
    server: Server, client: Client, robots: Reply, path: str, allowed: bool
) -> None:
    server.say("/robots.txt", robots)
    assert Robots(client).allow(server.address + path) is allowed


def test_robots_txt_is_asked_once_for_each_host(server: Server, client: Client) -> None:
    robots = Robots(client)
    robots.allow(server.address + "/a")
    robots.allow(server.address + "/b")
    assert server.asked() == ["/robots.txt"]


def test_permission_is_asked_for_each_step_of_a_redirect(server: Server, client: Client) -> None:
    url = server.say("/a", Reply(status=302, headers={"Location": "/ours"}))
    server.say("/robots.txt", Reply(body=RULES.replace("Crawl-delay: 5\n", "")))
    with pytest.raises(WebError, match="robots"):
        client.get(url, permit=Robots(client).allow)
    assert server.asked() == ["/robots.txt", "/a"]


def test_each_request_to_a_host_gets_a_moment_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, waits = Clock(), []
    pace = Pace(2, clock=clock)
    monkeypatch.setattr(pace._stopped, "wait", lambda seconds: waits.append(seconds))
    for url in ["http://a.example/1", "http://a.example/2", "http://b.example/1"]:
        pace.wait(url)
    pace.keep_distance("http://a.example/", 5)
    pace.wait("http://A.example/3")
    pace.wait("http://a.example/4")
    pace.postpone("http://b.example/", 60)
    pace.wait("http://b.example/2")
    assert waits == [0, 2, 0, 4, 9, 60]


def test_who_waits_is_woken_when_the_program_ends() -> None:
    pace = Pace(3600)
    pace.wait("http://a.example/")
    pace.stop()
    with pytest.raises(Stopped):
        pace.wait("http://a.example/")


@pytest.mark.parametrize("group", DATA["one page"])
def test_spellings_of_one_address_are_one_page(group: list[str]) -> None:
    assert len({address_key(url) for url in group}) == 1


@pytest.mark.parametrize("group", DATA["several pages"])
def test_addresses_of_several_pages_stay_several(group: list[str]) -> None:
    assert len({address_key(url) for url in group}) == len(group)


def test_what_counts_visitors_is_taken_from_an_address() -> None:
    assert tidy_address("https://a.example/b?utm_source=x&id=1#top") == "https://a.example/b?id=1"


def test_a_page_speaks_for_its_own_site_only() -> None:
    assert same_site("https://www.a.example/1", "http://a.example/2")
    assert not same_site("https://a.example/1", "https://a.example.evil.example/1")
