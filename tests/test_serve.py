"""The preview follows the digest, shows what is wrong, and lets nobody in or out."""

import asyncio
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import ARTICLE, REPOSITORY, Digest
from digest.serve.answers import answer
from digest.serve.builder import Builder
from digest.serve.connection import talk_with
from digest.serve.files import Found, Moved, find_file, tell_type
from digest.serve.messages import Request, RequestError, Response, parse_request, say_status
from digest.serve.page import MOST_SHOWN, Shown, allow_self, prepare_page
from digest.serve.preview import Preview
from digest.serve.watch import compare, take_stock

DATA = Path(__file__).parent / "data/serve"
REQUESTS = yaml.safe_load((DATA / "requests.yaml").read_text("utf-8"))
POLICIES = yaml.safe_load((DATA / "policies.yaml").read_text("utf-8"))
assert REQUESTS, "no requests found"
assert POLICIES, "no policies found"

LIMIT = 120  # seconds in which a server of these tests has done all that it has to
SHOWN = Shown(version="7")


# What clients send.


@pytest.mark.parametrize("case", REQUESTS, ids=lambda case: case["sent"][0])
def test_request_is_read_or_refused(case: dict[str, Any]) -> None:
    head = "\r\n".join([*case["sent"], "", ""]).encode()
    if "status" in case:
        with pytest.raises(RequestError) as refused:
            parse_request(head)
        assert refused.value.status == case["status"]
    else:
        request = parse_request(head)
        assert (request.target, request.keep) == (case["target"], case["keep"])


@given(st.binary(max_size=200))
def test_no_bytes_are_more_than_a_refused_request(data: bytes) -> None:
    try:
        assert parse_request(data + b"\r\n\r\n").target.startswith("/")
    except RequestError as refused:
        assert refused.status == 400


# What they get.


@pytest.fixture
def site(digest: Digest) -> Path:
    """The folder of a small site, with what must never be served in it and beside it."""
    digest.write("site/index.html", "<title>Front</title>")
    digest.write("site/404.html", "<title>Lost</title>")
    digest.write("site/stories/rain/index.html", "<title>Rain</title>")
    digest.write("site/stories/straße.html", "<title>Street</title>")
    digest.write("site/feed.xml", "<rss/>")
    digest.write("site/large.bin", b"x" * 1_000_000)
    digest.write("site/.digest", "secret")
    digest.write("site/.git/config", "secret")
    digest.write("site-secret/index.html", "secret")
    (digest.root / "site/out").symlink_to(digest.root / "content")
    (digest.root / "site/beside").symlink_to(digest.root / "site-secret")
    (digest.root / "site/loop").symlink_to("loop")
    (digest.root / "site/shown.txt").symlink_to(".git/config")
    (digest.root / "site/again").symlink_to("stories")
    os.mkfifo(digest.root / "site/pipe")
    return digest.root / "site"


def get(site: Path, target: str, base: str = "/", **fields: Any) -> Response:
    request = Request(target=target, **({"method": "GET"} | fields))
    return answer(request, site=site, base=base, shown=SHOWN)


@pytest.mark.parametrize(
    ("target", "title"),
    [
        ("/", "Front"),
        ("/index.html", "Front"),
        ("/?from=feed", "Front"),
        ("/stories/rain/", "Rain"),
        ("/%73tories/rain/index.html", "Rain"),
        ("/stories/stra%C3%9Fe.html", "Street"),
        ("/again/rain/", "Rain"),
    ],
)
def test_page_is_found(site: Path, target: str, title: str) -> None:
    response = get(site, target)
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert isinstance(response.body, bytes)
    assert response.body.startswith(f"<title>{title}</title>".encode())


@pytest.mark.parametrize(
    "target",
    [
        "/nothing",
        "/stories/",
        "/feed.xml/",
        "//feed.xml",
        "/stories//rain/",
        "/../content/articles/rain.md",
        "/stories/../../content/articles/rain.md",
        "/%2e%2e/content/articles/rain.md",
        "/..%2fcontent/articles/rain.md",
        "/%2e%2e%2fsite-secret/index.html",
        "/..%5ccontent",
        "/.digest",
        "/%2edigest",
        "/.git/config",
        "/stories/../.git/config",
        "/out/articles/rain.md",
        "/beside/index.html",
        "/loop",
        "/shown.txt",
        "/pipe",
        "/feed.xml%00",
        "/%00",
        "/%ff",
        "/" + "x" * 5000,
        "/" + "x/" * 5000,
        "/etc/passwd",
        "//etc/passwd",
        "/%2fetc/passwd",
    ],
)
def test_what_is_not_of_the_site_is_not_there(site: Path, target: str) -> None:
    response = get(site, target)
    assert response.status == 404
    assert isinstance(response.body, bytes)
    assert response.body.startswith(b"<title>Lost</title>")


@given(st.text(alphabet="./%25eE\\0sitex~", max_size=30))
def test_no_address_leads_out_of_the_site(address: str) -> None:
    site = REPOSITORY / "site"
    found = find_file(site, address)
    if isinstance(found, Found):
        assert Path(found.path).is_relative_to(site.resolve())


def test_folder_gets_its_slash_and_keeps_the_query(site: Path) -> None:
    response = get(site, "/stories/rain?q=%22rain%22")
    assert response.status == 307
    assert response.headers["Location"] == "/stories/rain/?q=%22rain%22"
    assert find_file(site, "stories/rain") == Moved()


def test_no_header_can_be_put_into_a_redirect(site: Path) -> None:
    (site / "a\r\nSet-Cookie: b").mkdir()
    assert get(site, "/a%0d%0aSet-Cookie:%20b").headers["Location"] == (
        "/a%0D%0ASet-Cookie%3A%20b/"
    )


def test_site_lies_below_the_path_of_its_address(site: Path) -> None:
    assert get(site, "/", base="/news/").headers["Location"] == "/news/"
    assert get(site, "/news", base="/news/").headers["Location"] == "/news/"
    assert get(site, "/news/stories/rain", base="/news/").headers["Location"] == (
        "/news/stories/rain/"
    )
    assert get(site, "/news/stories/rain/", base="/news/").status == 200
    assert get(site, "/stories/rain/", base="/news/").status == 404
    assert get(site, "/newsroom/", base="/news/").status == 404


def test_file_that_did_not_change_is_not_sent_again(site: Path) -> None:
    for target in ("/", "/feed.xml"):
        tag = get(site, target).headers["ETag"]
        again = get(site, target, headers={"if-none-match": f'"other", {tag}'})
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    (site / "feed.xml").write_text("<rss version='2.0'/>")
    assert get(site, "/feed.xml", headers={"if-none-match": tag}).status == 200


def test_page_is_sent_again_when_the_preview_has_news(site: Path) -> None:
    tag = get(site, "/").headers["ETag"]
    request = Request(method="GET", target="/", headers={"if-none-match": tag})
    news = Shown(version="8", problems=("Rain",))
    assert answer(request, site=site, base="/", shown=news).status == 200


def test_nothing_but_reading_is_allowed(site: Path) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        response = get(site, "/", method=method)
        assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")


def test_site_that_is_not_built_yet_says_so(tmp_path: Path) -> None:
    response = get(tmp_path / "site", "/")
    assert response.status == 503
    assert isinstance(response.body, bytes)
    assert b"No page yet" in response.body


def test_site_can_be_put_in_place_of_another(site: Path) -> None:
    assert b"Front" in bytes(get(site, "/").body)  # type: ignore[arg-type]  # a page is bytes
    site.rename(site.with_name("old"))
    site.mkdir()
    (site / "index.html").write_text("<title>New</title>")
    assert b"New" in bytes(get(site, "/").body)  # type: ignore[arg-type]  # a page is bytes


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("index.md", "text/markdown; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("search.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
        ("icon.png", "image/png"),
        ("wasm.en.pagefind", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_files_have_their_types(name: str, kind: str) -> None:
    assert tell_type(name) == kind


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:80", "[::1]:8000"])
def test_names_of_this_machine_are_answered(digest: Digest, host: str) -> None:
    response = Preview(digest.root, any_host=False).answer(
        Request(method="GET", target="/.digest/preview.js", headers={"host": host})
    )
    assert response.status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example:8000", "", "[::1].x", "a:"]
)
def test_other_names_are_refused_unless_asked_for(digest: Digest, host: str) -> None:
    request = Request(method="GET", target="/.digest/preview.js", headers={"host": host})
    assert Preview(digest.root, any_host=False).answer(request).status == 421
    assert Preview(digest.root, any_host=True).answer(request).status == 200


# What pages become.


@pytest.mark.parametrize("case", POLICIES, ids=lambda case: case["of_the_page"])
def test_policy_lets_the_preview_in(case: dict[str, str]) -> None:
    assert allow_self(case["of_the_page"]) == case["in_the_preview"]


def test_policy_is_changed_where_it_stands() -> None:
    page = b"""<meta charset="utf-8"><meta http-equiv='content-security-policy'
        content="default-src &#39;none&#39;"><meta name="about" content="default-src 'none'">"""
    assert prepare_page(page, SHOWN).split(b"<script")[0] == (
        b"""<meta charset="utf-8"><meta http-equiv='content-security-policy'
        content="default-src &#x27;none&#x27;; script-src &#x27;self&#x27;; """
        b"""style-src &#x27;self&#x27;; connect-src &#x27;self&#x27;">"""
        b"""<meta name="about" content="default-src 'none'">"""
    )


def test_problems_are_shown_as_text() -> None:
    problems = ("templates/<b>.html:1: '</ul><script>alert(1)</script>' (mend it)",)
    page = prepare_page(b"", Shown(version="7", problems=problems, failed=True)).decode()
    assert "Not built" in page
    assert "&lt;/ul&gt;&lt;script&gt;" in page
    assert page.count("<script") == 1


def test_many_problems_are_counted() -> None:
    problems = tuple(f"problem {number}" for number in range(MOST_SHOWN + 2))
    page = prepare_page(b"", Shown(version="7", problems=problems)).decode()
    assert page.count("<li>") == MOST_SHOWN + 1
    assert "and 2 further problems: see the terminal" in page


def test_long_page_without_an_end_is_read_in_no_time() -> None:
    page = b'<meta http-equiv="content-security-policy" content="' * 20_000
    assert prepare_page(page, SHOWN).startswith(page)


# How a connection goes.


def converse(*sent: bytes, wait: float = 0.0, **limits: Any) -> list[bytes]:
    """Return what clients, one for each text, get from a server that answers with its target."""

    async def client(port: int, data: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(data)
        await asyncio.sleep(wait)
        got = await reader.read()
        writer.close()
        return got

    async def everybody() -> list[bytes]:
        answers = talk_with(echo, **limits)
        server = await asyncio.start_server(answers, "127.0.0.1", 0, limit=4096)
        port = server.sockets[0].getsockname()[1]
        got = await asyncio.gather(*(client(port, data) for data in sent))
        server.close()
        return got

    return asyncio.run(everybody())


def echo(request: Request) -> Response:
    return say_status(http.HTTPStatus.OK, Target=request.target)


CLOSE = b"GET /last HTTP/1.1\r\nConnection: close\r\n\r\n"


def test_connection_stays_open_for_further_requests() -> None:
    (got,) = converse(b"GET /first HTTP/1.1\r\n\r\n" + CLOSE)
    assert re.findall(rb"Target: (.*)\r\n", got) == [b"/first", b"/last"]
    assert got.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert got.endswith(b"\r\n\r\n200 OK\n")


def test_head_has_no_body() -> None:
    (got,) = converse(CLOSE.replace(b"GET", b"HEAD"))
    assert b"Content-Length: 7\r\n" in got
    assert got.endswith(b"\r\n\r\n")


def test_request_that_is_none_ends_the_connection() -> None:
    (got,) = converse(b"\x16\x03\x01 hello\r\n\r\n" + CLOSE)
    assert got.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert got.count(b"HTTP/1.1") == 1


def test_headers_without_end_are_refused() -> None:
    (got,) = converse(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 2000)
    assert got.startswith(b"HTTP/1.1 431 ")


def test_client_that_says_nothing_is_left_alone() -> None:
    assert converse(b"GET / HT", patience=0.1) == [b""]


def test_slow_client_keeps_nobody_waiting() -> None:
    slow, quick = converse(b"GET /slow", CLOSE, patience=0.5)
    assert b"/last" in quick
    assert slow == b""


def test_too_many_clients_are_told_so() -> None:
    got = converse(*[b"GET / HT"] * 3, CLOSE, CLOSE, patience=0.5, most=3)
    assert [text[:12] for text in got].count(b"HTTP/1.1 503") == 2


def test_client_that_takes_nothing_is_let_go() -> None:
    async def endless() -> Any:
        while True:
            yield b"x" * 1_000_000

    async def stuck() -> bool:
        def answer(request: Request) -> Response:
            return Response(status=http.HTTPStatus.OK, body=endless())

        server = await asyncio.start_server(talk_with(answer, patience=0.1), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(CLOSE)
        await asyncio.sleep(1)
        with pytest.raises(ConnectionError):
            while await reader.read(100_000):
                await asyncio.sleep(0)
            raise ConnectionError
        server.close()
        writer.close()
        return True

    assert asyncio.run(stuck())


# What is seen of changes.


def test_every_change_is_seen(digest: Digest) -> None:
    digest.write("templates/static/style.css", "a")
    digest.write("content/.hidden", "a")
    before = take_stock(digest.root)
    assert compare(before, take_stock(digest.root)) == []
    digest.write("content/articles/rain.md", "b")
    digest.write("content/articles/new/snow.md", "b")
    digest.write("content/.hidden", "b")
    digest.write("other.txt", "b")
    (digest.root / "templates/static/style.css").unlink()
    (digest.root / "content/lost").symlink_to("nowhere")
    assert compare(before, take_stock(digest.root)) == [
        "content/articles/new/snow.md",
        "content/articles/rain.md",
        "templates/static/style.css",
    ]


# The whole.


class Served:
    """A running `digest serve`, and what it said."""

    def __init__(self, root: Path, *arguments: str, built: bool = True) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "digest", "serve", "--root", str(root), *arguments],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            text=True,
            start_new_session=True,
            # Where the tests run in the background, Ctrl-C is ignored, and that is inherited.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        self.said: list[str] = []
        # A server that says nothing more would be waited for without an end.
        self._limit = Timer(LIMIT, self.process.kill)
        self._limit.start()
        self.port = int(self.wait_for(r"serving http://127\.0\.0\.1:(\d+)/")[1])
        if built:
            self.wait_for(r"built 1 story|content/config\.yaml: ")

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Return where the next line says this."""
        assert self.process.stderr
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"{pattern} was not said: {self.said}")

    def end(self) -> None:
        """End it at once, and wait for all that it started."""
        self._limit.cancel()
        self.process.kill()
        self.process.communicate(timeout=60)

    def get(self, target: str, status: int = 200) -> str:
        """Return what lies at an address."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", target)
        response = connection.getresponse()
        assert response.status == status
        text = response.read().decode()
        connection.close()
        return text

    def events(self) -> Iterator[str]:
        """Yield the versions of the pages as they come."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/.digest/events")
        response = connection.getresponse()
        assert response.headers["Content-Type"] == "text/event-stream"
        while line := response.readline():
            if line.startswith(b"data: "):
                yield line[6:].decode().strip()
        connection.close()

    def stop(self) -> str:
        """End it as Ctrl-C does; return what it said then.

        Its processes have all ended by then: the pipes would be open as long as one has them.
        """
        os.killpg(self.process.pid, signal.SIGINT)
        return "".join(self.process.communicate(timeout=60))


@pytest.fixture
def serve(digest: Digest) -> Iterator[Callable[..., Served]]:
    """A starter of `digest serve` on the small digest."""
    running: list[Served] = []

    def start(*arguments: str, built: bool = True) -> Served:
        running.append(Served(digest.root, *(arguments or ("--port", "0")), built=built))
        return running[-1]

    yield start
    for served in running:
        served.end()


def test_changes_are_followed(digest: Digest, serve: Callable[..., Served]) -> None:
    served = serve()
    assert "Rain floods the old town" in served.get("/")
    events = served.events()
    first = next(events)
    assert f'data-version="{first}"' in served.get("/")
    digest.write("content/articles/rain.md", ARTICLE.replace("Heavy rain", "Endless rain"))
    second = next(events)
    assert second != first
    page = served.get("/stories/rain-floods-the-old-town-of-utrecht/")
    assert "Endless rain" in page
    assert f'data-version="{second}"' in page
    assert "data-version" not in digest.read("site/index.html")
    digest.write("templates/404.html", "nowhere")
    next(events)
    assert "nowhere" in served.get("/nothing", 404)


def test_errors_are_shown_until_they_are_mended(
    digest: Digest, serve: Callable[..., Served]
) -> None:
    served = serve()
    events = served.events()
    next(events)
    for path, wrong, said in [
        ("templates/index.html", "<p>\n{{ title", "templates/index.html:2: unexpected"),
        ("content/config.yaml", "site: {titel: A}", "unknown key &#x27;titel&#x27;"),
        ("content/stories/snow.md", "Snow", "content/stories/snow.md:1: the front matter"),
        ("content/articles/snow.md", "", "content/articles/snow.md: the file is empty"),
    ]:
        digest.write(path, wrong)
        next(events)
        assert said in served.get("/stories/rain-floods-the-old-town-of-utrecht/")
        (digest.root / path).unlink()
        next(events)
        assert "digest-preview" not in served.get("/")


def test_preview_starts_with_a_config_that_is_wrong(
    digest: Digest, serve: Callable[..., Served]
) -> None:
    digest.write("content/config.yaml", "site: {base_url: nowhere}")
    served = serve()
    assert "is not the address of a website" in served.get("/", 503)
    digest.write("content/config.yaml", "site: {base_url: 'https://example.org/news/'}")
    served.wait_for(r"serving http://127\.0\.0\.1:\d+/news/ ")
    assert "Rain floods" in served.get("/news/")
    served.get("/news", 307)


def test_build_that_dies_is_started_again(digest: Digest) -> None:
    async def build() -> list[str]:
        builder = Builder(digest.root)
        try:
            await builder.build("stories")
            builder._process.kill()
            builder._process.join()
            again = await builder.build("stories")
            building = asyncio.create_task(builder.build("site"))
            await asyncio.sleep(0)
            builder._process.kill()
            return [*again.problems, *(await building).problems]
        finally:
            builder.close()

    (problem,) = asyncio.run(build())
    assert problem.startswith("digest: the build was ended with status -9 ")


def test_ctrl_c_ends_it_with_one_line(digest: Digest, serve: Callable[..., Served]) -> None:
    served = serve()
    next(served.events())
    assert served.stop() == "stopped\n"
    assert served.process.returncode == 0


@pytest.mark.parametrize("moment", range(4))
def test_ctrl_c_ends_a_build_too(digest: Digest, serve: Callable[..., Served], moment: int) -> None:
    for number in range(120):  # enough for a pool
        digest.write(f"content/articles/{number}.txt", f"Rain fell on day {number}. " * 500)
    served = serve(built=False)
    time.sleep(moment / 4)  # while it loads, reads, starts workers, cleans
    assert served.stop() == "stopped\n"
    assert served.process.returncode == 0


def test_port_that_is_taken_is_said(digest: Digest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, said = digest.run("serve", "--port", str(port))
    assert status == 1
    assert said == (
        f"127.0.0.1:{port}: this port is taken "
        "(end what runs there, or choose another with --port)\n"
    )


def test_own_address_lets_in_nobody_else(serve: Callable[..., Served]) -> None:
    served = serve("--port", "0", "--host", "127.0.0.1")
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/", headers={"Host": "preview.example"})
    assert connection.getresponse().status == 421
    connection.close()


def test_address_that_is_not_ours_is_said(digest: Digest) -> None:
    # A network that is for documents only (RFC 5737).
    status, _, said = digest.run("serve", "--port", "0", "--host", "192.0.2.1")
    assert status == 1
    assert said.startswith("192.0.2.1:0: cannot be listened at: ")
