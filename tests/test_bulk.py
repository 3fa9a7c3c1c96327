"""Files of many articles: JSON Lines and web archives."""

import gzip
import json
import random
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import ARTICLE, Digest
from digest.build.articles import read_archive
from digest.bulk import Index, index_records, is_bulk, make_batches, split_path
from digest.cache import open_cache
from digest.errors import ArticleError
from digest.ingest import list_records, read_article
from digest.models import Limits, RawArticle
from digest.records import decode_record, encode_record

BODY = ARTICLE.rpartition("---\n")[2].strip()
PAGE = """<html><head><title>{0} floods the old town</title></head><body><article>
<h1>{0} floods the old town</h1>
<p>{0} flooded the old town of Utrecht on Wednesday, the mayor said.</p>
<p>“We have never seen so much water in the streets of this city,” Mayor Ada de Wit said.</p>
</article></body></html>"""


def line(name: str, **more: Any) -> bytes:
    """Return a line of JSON: an article with this name."""
    record = {
        "url": f"https://canalpost.example/{name}",
        "title": f"{name} floods the old town",
        "source": "The Canal Post",
        "author": "Ada Vermeer",
        "published": "2025-01-01",
        "text": f"{name} floods the old town\n\n{BODY}",
        "crawl_depth": 3,
    }
    return json.dumps(record | more).encode() + b"\n"


def response(name: str, body: bytes, head: str = "", status: str = "200 OK") -> bytes:
    """Return a record of a web archive."""
    kind = "" if "content-type" in head.lower() else "Content-Type: text/html; charset=utf-8\r\n"
    http = f"HTTP/1.1 {status}\r\n{kind}{head}\r\n".encode() + body
    fields = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Target-URI: https://canalpost.example/{name}\r\nWARC-Date: 2025-01-02T03:04:05Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return fields.encode() + http + b"\r\n\r\n"


def page(name: str) -> bytes:
    return PAGE.format(name).encode()


def index(file: Path, *, largest: int = Limits().size) -> Index:
    return index_records(file, file.name, largest=largest)


def read(root: Path, path: str) -> list[RawArticle | ArticleError]:
    entries = list_records(root, path).entries
    return [read_article(root / f"{path}#{e.key}", path=f"{path}#{e.key}") for e in entries]


def test_paths_of_large_files_and_of_records_are_told_apart() -> None:
    assert is_bulk("a/b.jsonl") and is_bulk("b.WARC.gz") and not is_bulk("b.json")
    assert split_path("a/b.jsonl.gz#0123456789abcdef") == ("a/b.jsonl.gz", "0123456789abcdef")
    assert split_path("a/b.jsonl#x") is None and split_path("a/#b.txt") is None


def test_a_line_is_an_article_with_its_facts(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line("rain", author=["Ada", "Bo"], tags="weather"))
    (raw,) = read(tmp_path, "a.jsonl")
    assert isinstance(raw, RawArticle)
    assert raw.kind == "text" and raw.text.startswith("rain floods")
    assert raw.facts.author == ("Ada", "Bo") and raw.facts.tags == ("weather",)
    assert raw.facts.url == "https://canalpost.example/rain"
    assert raw.facts.published and raw.facts.published.isoformat() == "2025-01-01"


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz"])
def test_lines_build_what_the_same_articles_build_as_files(
    name: str, digest: Digest, tmp_path_factory: pytest.TempPathFactory, capsys: Any
) -> None:
    (digest.root / "content/articles/rain.md").unlink()
    lines = [line(n) for n in ("Rain", "Snow", "Wind")]
    data = b"".join(lines)
    digest.write(f"content/articles/{name}", gzip.compress(data) if "gz" in name else data)
    other = Digest(tmp_path_factory.mktemp("files"), capsys)
    keys = {}
    for given, entry in zip(
        lines,
        sorted(
            list_records(digest.root, f"content/articles/{name}").entries, key=lambda e: e.offset
        ),
        strict=True,
    ):
        record = json.loads(given)
        path = f"content/articles/{entry.key}.txt"
        keys[path] = f"content/articles/{name}#{entry.key}"
        other.write(path, record["text"])
        facts = {k: record[k] for k in ("url", "title", "source", "author", "published")}
        other.write(path.replace(".txt", ".yaml"), json.dumps(facts))
    for made in (digest, other):
        status, _, err = made.run("build")
        assert (status, err) == (0, "")
    assert masked(digest.files("content/stories"), keys) == masked(
        other.files("content/stories"), keys
    )
    assert digest.files("site").keys() == other.files("site").keys()


def masked(files: dict[str, bytes], keys: dict[str, str]) -> dict[str, list[str]]:
    """Return the lines of stories but their hashes, records named as the files."""
    texts = {}
    for name, data in files.items():
        text = data.decode()
        for path, record in keys.items():
            text = text.replace(record, path)
        texts[name] = [
            row.replace("'", "")
            for row in text.split("\n")
            if not row.startswith(("  facts:", "  body:"))
        ]
    return texts


def test_records_keep_their_paths_when_lines_are_added_and_reordered(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(line("one") + line("two"))
    before = {entry.key: entry.digest for entry in index(file).entries}
    file.write_bytes(line("three") + b"\n" + line("two") + line("one"))
    after = {entry.key: entry.digest for entry in index(file).entries}
    assert len(after) == 3 and before.items() < after.items()


def test_a_record_twice_is_one_article_and_the_last_counts(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line("one") + line("one", text="Later words."))
    (raw,) = read(tmp_path, "a.jsonl")
    assert isinstance(raw, RawArticle) and raw.text == "Later words."


def test_a_record_without_address_is_known_by_its_id_else_by_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(
        b'{"id": 7, "text": "a"}\n{"id": 7, "text": "b"}\n{"text": "c"}\n{"text": "c"}'
    )
    assert len(index(file).entries) == 2


def test_broken_lines_are_named_and_the_others_used(tmp_path: Path) -> None:
    bad = [
        b"{",
        b"[]",
        b'{"text": " "}',
        b'{"text": "a", "published": "soon"}',
        b"\xff",
        b"[" * 99_999,
    ]
    bad += [
        b'{"text": "a", "url": "javascript:x"}',
        b'{"text": 3}',
        b'{"text": "a", "title": {"a": 1}}',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(bad) + b"\n" + line("one"))
    found = index(tmp_path / "a.jsonl")
    assert len(found.entries) == 1
    assert [place for place, _, _ in found.errors] == [f"a.jsonl:{n}" for n in range(1, 10)]
    assert found.errors[3][1] == "no article: published: 'soon' is not a date"


def test_of_a_million_broken_lines_few_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"x\n" * 100_000)
    errors = index(tmp_path / "a.jsonl").errors
    assert len(errors) == 21 and errors[-1][1] == "99,980 more records cannot be used"


def test_a_line_too_long_is_left_behind_without_holding_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"x" * 30_000_000 + b"\n" + line("one"))
    tracemalloc.start()
    found = index(tmp_path / "a.jsonl", largest=10_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [e[:2] for e in found.errors] == [("a.jsonl:1", "the line is larger than 10,000 bytes")]
    assert len(found.entries) == 1 and peak < 5_000_000


def test_a_million_empty_lines_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"\n" * 1_000_000))
    tracemalloc.start()
    found = index(tmp_path / "a.jsonl.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == Index(()) and peak < 5_000_000


def test_a_bomb_is_not_unpacked_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line("one") + b"\n" * 30_000_000))
    found = index(tmp_path / "a.jsonl.gz", largest=100_000)
    assert len(found.entries) == 1
    assert [e[1] for e in found.errors] == ["it unpacks to more than 100 times its size"]


def test_of_a_packed_file_cut_off_the_whole_lines_are_used(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(5_000).hex()
    data = gzip.compress(line("one") + line("two", noise=noise) + line("three", noise=noise))
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    found = index(tmp_path / "a.jsonl.gz")
    assert len(found.entries) == 1
    assert [e[0] for e in found.errors] == ["a.jsonl.gz"] and "cut off" in found.errors[0][1]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.warc", "a.warc.gz"])
def test_noise_is_an_error_and_no_crash(name: str, tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(100_000)
    for data in (noise, gzip.compress(noise), b"\0" * 100_000, b"WARC/1.0\r\n" + b"A" * 1_000_000):
        (tmp_path / name).write_bytes(data)
        found = index(tmp_path / name)
        assert found.entries == () and found.errors


def test_only_new_records_are_analysed(tmp_path: Path) -> None:
    folder = tmp_path / "content/articles"
    folder.mkdir(parents=True)
    seen: list[Any] = []

    def spy(function: Callable[[Any], Any], items: Any, /) -> Any:
        items = list(items)
        seen.append(sum(len(item.sources) for item in items))
        return map(function, items)

    for lines in ([line("one")], [line("two"), line("one")], [line("two"), line("one")]):
        (folder / "a.jsonl").write_bytes(b"".join(lines))
        with open_cache(tmp_path) as cache:
            archive = read_archive(tmp_path, cache, spy)
        assert len(archive.outlines) == len(lines)
    assert seen == [1, 1, 0]


@pytest.mark.parametrize("change", [{"key": "../../x"}, {"offset": -1}, {"length": -1}])
def test_an_index_that_is_not_ours_is_made_anew(change: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "content/articles/a.jsonl"
    file.parent.mkdir(parents=True)
    file.write_bytes(line("one"))
    with open_cache(tmp_path) as cache:
        before = read_archive(tmp_path, cache, map)
        ((key, data),) = cache.all("bulk")
        (entry,) = decode_record(Index, data).entries
        cache.put("bulk", key, encode_record(Index((replace(entry, **change),))))
        assert read_archive(tmp_path, cache, map) == before


def test_inspect_shows_a_file_and_one_of_its_records(
    digest: Digest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from digest.cli import main

    digest.write("a.jsonl", line("one") + b"{\n" + line("two"))
    monkeypatch.chdir(digest.root)
    assert main(["inspect", "--json", "a.jsonl"]) == 1
    shown = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    paths = [row["path"] for row in shown]
    assert [row["title"] for row in shown if "text" in row] == [
        "one floods the old town",
        "two floods the old town",
    ]
    assert main(["inspect", paths[0]]) == 0
    assert "one floods the old town" in capsys.readouterr().out


def test_check_names_broken_records(digest: Digest) -> None:
    digest.write("content/articles/a.jsonl", line("Snow") + b"{\n")
    digest.run("build")
    _, out, _ = digest.run("check")
    assert "content/articles/a.jsonl:2: no article: " in out
    assert "no such file" not in out


def test_pages_of_an_archive_are_articles(tmp_path: Path) -> None:
    records = [
        response("rain", page("Rain")),
        response("gone", page("Gone"), status="404 Not Found"),
        response("film", b"x", "Content-Type: video/mp4\r\n"),
        response(
            "old",
            "<p>Café über</p>".encode("cp1252"),
            "Content-Type: text/html; charset=latin1\r\n",
        ),
        response("packed", gzip.compress(page("Snow")), "Content-Encoding: gzip\r\n"),
        response("parts", b"3\r\n<p>\r\n4\r\nword\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    for name in ("a.warc", "a.warc.gz"):
        raws = {raw.facts.url: raw for raw in read(tmp_path, name) if isinstance(raw, RawArticle)}
        texts = {str(url).rpartition("/")[2]: raw.text for url, raw in raws.items()}
        assert texts == {
            "rain": PAGE.format("Rain"),
            "old": "<p>Café über</p>",
            "packed": PAGE.format("Snow"),
            "parts": "<p>word",
        }
        fetched = raws["https://canalpost.example/rain"].facts.fetched
        assert fetched and fetched.isoformat() == "2025-01-02T03:04:05+00:00"
        assert index(tmp_path / name).errors == ()


def test_an_archive_that_is_cut_off_says_so(tmp_path: Path) -> None:
    data = response("rain", page("Rain")) + response("snow", page("Snow"))
    (tmp_path / "a.warc").write_bytes(data[:-100])
    found = index(tmp_path / "a.warc")
    assert len(found.entries) == 1
    assert [error[:2] for error in found.errors] == [
        ("a.warc:2", "the record is cut off"),
        ("a.warc", "it is cut off or broken after response 2"),
    ]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_wherever_an_archive_is_cut_off_it_is_said(name: str, tmp_path: Path) -> None:
    first, second = (response(title, page(title)) for title in ("Rain", "Snow"))
    if name.endswith("gz"):
        first, second = gzip.compress(first), gzip.compress(second)
    for cut in range(1, len(second) - 4, 7):
        (tmp_path / name).write_bytes(first + second[:cut])
        found = index(tmp_path / name)
        assert found.entries and found.errors


def test_pages_too_large_packed_or_not_are_left_out(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * 20_000_000)
    records = (
        response("bomb", bomb, "Content-Encoding: gzip\r\n"),
        response("big", b"a" * 300_000),
        response("rain", page("Rain")),
    )
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    found = index(tmp_path / "a.warc", largest=100_000)
    assert len(found.entries) == 1
    assert [e[1] for e in found.errors] == ["the page is larger than 100,000 bytes"] * 2


def test_an_archive_packed_as_a_whole_is_an_error(tmp_path: Path) -> None:
    data = b"".join(response(name, page(name)) for name in ("a", "b", "c"))
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(data))
    assert [e[1] for e in index(tmp_path / "a.warc.gz").errors] == [
        "its records are packed together"
    ]


def test_records_of_a_packed_file_travel_in_parts(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"".join(line(str(n)) for n in range(250))))
    entries = index(tmp_path / "a.jsonl.gz").entries
    batches = list(make_batches("a.jsonl.gz", entries))
    assert {len(batch.entries) for batch in batches} == {3, 1}
    assert sum(len(batch.entries) for batch in batches) == 250
    assert len(list(make_batches("a.jsonl", entries))) == 250


def test_without_fastwarc_an_archive_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (tmp_path / "a.warc").write_bytes(response("rain", page("Rain")))
    problem, remedy = "FastWARC is not installed", "pip install 'verbatim-digest[warc]'"
    assert index(tmp_path / "a.warc") == Index((), (("a.warc", problem, remedy),))


def test_workers_write_the_same_bytes(make_digest: Callable[[], Digest]) -> None:
    data = gzip.compress(b"".join(line(f"rain-{n}") for n in range(30)))
    sites = []
    for workers in ("1", "2"):
        made = make_digest()
        made.write("content/articles/a.jsonl.gz", data)
        assert made.run("build", "--workers", workers)[0] == 0
        sites.append(made.files("content") | made.files("site"))
    assert sites[0] == sites[1]
