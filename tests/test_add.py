"""Articles are added once, under a dated and telling name, with the facts that are known."""

import io
import sys
from collections.abc import Callable, Iterator

import pytest

from conftest import Digest
from servers import Reply, Server, serve_replies

TEXT = """\
Rain floods the old town

By Ada Vermeer

January 1, 2025

Heavy rain flooded the old town of Utrecht on Wednesday, the mayor said.

Schools will stay closed until Friday. Pumps are on their way from Rotterdam.
"""
NAME = "content/articles/2025-01/2025-01-01-rain-floods-the-old-town"


@pytest.fixture
def server() -> Iterator[Server]:
    with serve_replies() as running:
        yield running


@pytest.fixture
def empty(make_digest: Callable[[], Digest]) -> Digest:
    """A digest without articles, which may ask this machine."""
    made = make_digest()
    made.write("content/config.yaml", "fetch: {private: true, delay: 0, retries: 0}\n")
    return made


def feed_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_is_copied_under_a_dated_telling_name(empty: Digest) -> None:
    file = empty.write("inbox/saved.txt", TEXT)
    assert empty.run("add", str(file)) == (0, f"{NAME}.txt: added\n", "")
    assert empty.read(f"{NAME}.txt") == TEXT
    assert empty.read(f"{NAME}.yaml").startswith("fetched: '20")


def test_the_same_file_is_added_once(empty: Digest) -> None:
    file = empty.write("inbox/saved.txt", TEXT)
    empty.run("add", str(file))
    before = empty.files("content")
    again = empty.write("inbox/again.txt", TEXT.replace("\n\n", "\n\n\n"))
    assert empty.run("add", str(again))[1] == f"{NAME}.txt: is there already\n"
    assert empty.files("content") == before


@pytest.mark.parametrize("name", ["saved.txt", "-"])
def test_the_options_say_how_large_an_article_may_be(
    empty: Digest, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    empty.write("content/config.yaml", "limits: {size: 100}\n")
    file = empty.write("inbox/saved.txt", TEXT)
    feed_standard_input(monkeypatch, TEXT.encode())
    place = "standard input" if name == "-" else str(file)
    assert empty.run("add", name if name == "-" else str(file)) == (
        1,
        "",
        f"{place}: the file is larger than 100 bytes "
        "(give the article alone, or raise `limits.size` in content/config.yaml)\n",
    )


def test_what_stands_beside_a_file_comes_with_it(empty: Digest) -> None:
    file = empty.write("inbox/saved.txt", TEXT)
    empty.write("inbox/saved.yaml", "source: The Canal Post\ntags: [weather]\n")
    empty.run("add", "--url", "https://canalpost.example/rain", str(file))
    told = empty.read(f"{NAME}.yaml")
    assert "url: https://canalpost.example/rain\n" in told
    assert "source: The Canal Post\n" in told
    assert "tags:\n- weather\n" in told


def test_front_matter_stays_where_it_is(empty: Digest) -> None:
    text = f"---\ntitle: Rain\npublished: 2025-01-01\n---\n\n{TEXT}"
    empty.run("add", str(empty.write("inbox/saved.md", text)))
    name = "content/articles/2025-01/2025-01-01-rain"
    assert empty.read(f"{name}.md") == text
    assert "title" not in empty.read(f"{name}.yaml")


def test_two_articles_of_one_title_and_day_get_two_names(empty: Digest) -> None:
    one = empty.write("inbox/1.txt", TEXT)
    two = empty.write("inbox/2.txt", TEXT.replace("Utrecht", "Gouda"))
    assert empty.run("add", str(one), str(two))[1] == f"{NAME}.txt: added\n{NAME}-2.txt: added\n"


def test_a_page_is_downloaded(empty: Digest, server: Server) -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() if line)
    url = server.say("/rain", f"<html><body><article><h1>Rain</h1>{text}</article></body></html>")
    status, out, err = empty.run("add", url)
    assert (status, err) == (0, "")
    name = out.removesuffix(".html: added\n")
    assert name.startswith("content/articles/20")
    assert f"url: {url}\n" in empty.read(f"{name}.yaml")


def test_standard_input_is_an_article(empty: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    feed_standard_input(monkeypatch, TEXT.encode())
    assert empty.run("add", "-") == (0, f"{NAME}.txt: added\n", "")


def test_one_that_fails_does_not_stop_the_others(empty: Digest, server: Server) -> None:
    file = empty.write("inbox/saved.txt", TEXT)
    gone = server.say("/gone", Reply(status=404))
    status, out, err = empty.run("add", gone, "nowhere.txt", str(file))
    assert (status, out) == (1, f"{NAME}.txt: added\n")
    assert err == (
        f"{gone}: is gone (answer 404) (nothing can be done)\n"
        "nowhere.txt: there is no such file (check its name)\n"
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7 and more", "this is a PDF"),
        (b"\x00\x01", "holds NUL bytes"),
        (b"Subscribe\n\nLog in\n", "no article text was found"),
    ],
)
def test_what_is_no_article_is_refused(
    empty: Digest, monkeypatch: pytest.MonkeyPatch, data: bytes, problem: str
) -> None:
    feed_standard_input(monkeypatch, data)
    status, out, err = empty.run("add", "-")
    assert (status, out) == (1, "")
    assert problem in err
    assert not (empty.root / "content/articles").exists()


@pytest.mark.parametrize("options", [(), ("--url", "https://canalpost.example/rain")])
def test_facts_that_a_crash_left_alone_are_no_article(
    empty: Digest, options: tuple[str, ...]
) -> None:
    file = empty.write("inbox/saved.txt", TEXT)
    empty.run("add", *options, str(file))
    whole = empty.files("content/articles")
    (empty.root / f"{NAME}.txt").unlink()  # as if killed between the two files
    empty.run("add", *options, str(file))
    assert empty.files("content/articles").keys() == whole.keys()


@pytest.mark.parametrize("title", ["../../etc/passwd", "CON", ".", "🦊", "a" * 300, "é" * 300])
def test_no_title_leads_out_of_the_folder(empty: Digest, title: str) -> None:
    file = empty.write("inbox/saved.txt", TEXT.replace("Rain floods the old town", title, 1))
    status, out, _ = empty.run("add", str(file))
    assert status == 0
    path = (empty.root / out.split(": ")[0]).resolve()
    assert path.is_relative_to((empty.root / "content/articles").resolve())
    assert path.exists()
