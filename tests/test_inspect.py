"""Real articles are seen as a person who read them wrote it down, before there were rules."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import REPOSITORY, Digest, parse_lines
from digest.cli import main
from digest.inspect import format_text

GOLDEN = sorted((REPOSITORY / "tests/data/inspect").glob("*.yaml"))
FACTS = ("title", "author", "source", "published", "updated", "url", "language")
assert GOLDEN, "no golden files found"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `digest inspect --json content/articles` says, by the name of the article."""
    monkeypatch.chdir(REPOSITORY)
    assert main(["inspect", "--json", "content/articles"]) == 0
    return {Path(line["path"]).stem: line for line in parse_lines(capsys.readouterr().out)}


def expected_quotes(golden: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """Return the golden quotes with their offsets: each stands after the one before it."""
    quotes, at = [], 0
    for quote in golden["quotes"]:
        segments = []
        for words in quote["segments"]:
            at = text.index(words, at)
            segments.append({"text": words, "start": at, "end": at + len(words)})
            at += len(words)
        quotes.append({"partial": False} | quote | {"segments": segments})
    return quotes


def test_every_article_has_a_golden_file(seen: dict[str, Any]) -> None:
    assert sorted(seen) == [file.stem for file in GOLDEN]


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_article_is_seen_as_a_person_saw_it(file: Path, seen: dict[str, Any]) -> None:
    golden, found = yaml.safe_load(file.read_text(encoding="utf-8")), seen[file.stem]
    assert {name: found[name] for name in FACTS} == {name: golden[name] for name in FACTS}
    assert found["text"].split("\n\n") == golden["paragraphs"]
    removed = [[line["line"], line["reason"], line["text"]] for line in found["removed"]]
    assert removed == golden["removed"]
    assert found["quotes"] == expected_quotes(golden, found["text"])


@pytest.mark.parametrize("name", [file.stem for file in GOLDEN])
def test_summary_is_verbatim(name: str, seen: dict[str, Any]) -> None:
    found = seen[name]
    assert found["summary"]
    for sentence in found["summary"]:
        assert found["text"][sentence["start"] : sentence["end"]] == sentence["text"]


def test_article_that_cannot_be_used_says_why_after_all_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.md").write_text("Rain fell in Utrecht on Wednesday.", encoding="utf-8")
    assert main(["inspect", "--json", str(tmp_path)]) == 1
    first, second = parse_lines(capsys.readouterr().out)
    assert first.keys() == {"path", "error"}
    assert "the file is empty" in first["error"]
    assert second["text"] == "Rain fell in Utrecht on Wednesday."


def test_people_read_of_problems_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert main(["inspect", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "a.txt: the file is empty" in err


def test_path_is_as_given_plus_the_path_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "articles/2025").mkdir(parents=True)
    (tmp_path / "articles/2025/b.md").write_text("Rain fell in Utrecht.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for given in ("articles", "./articles/"):
        assert main(["inspect", "--json", given]) == 0
        (seen,) = parse_lines(capsys.readouterr().out)
        assert seen["path"] == f"{given.rstrip('/')}/2025/b.md"


@pytest.mark.parametrize("length", [["--sentences", "1"], ["--words", "3"]])
def test_summary_is_as_long_as_asked(
    length: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Rain fell in the old town of Utrecht. Schools stay closed until Friday morning."
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert main(["inspect", "--json", *length, str(tmp_path / "a.md")]) == 0
    assert len(parse_lines(capsys.readouterr().out)[0]["summary"]) == 1


def test_summary_is_as_long_as_the_config_says(digest: Digest) -> None:
    digest.write("content/config.yaml", "summary: {sentences: 1}\n")
    _, out, _ = digest.run("inspect", "--json", str(digest.root / "content/articles"))
    assert len(parse_lines(out)[0]["summary"]) == 1


def test_limits_are_those_of_the_config(digest: Digest) -> None:
    digest.write("content/config.yaml", "limits: {size: 50}\n")
    status, _, err = digest.run("inspect", str(digest.root / "content/articles"))
    assert status == 1
    assert "the file is larger than 50 bytes" in err


def test_people_can_read_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(REPOSITORY / "content/articles")]) == 0
    out = capsys.readouterr().out
    assert "John Kirby, national security spokesperson, via Reuters: “We're just not" in out
    assert "    7  [promotion] Subscribe to The Week\n" in out
    assert "\033" not in out


def test_terminal_shows_removed_lines_struck_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain in Utrecht\n\nRain \033[2Jfell.\n", encoding="utf-8")
    described: dict[str, Any] = {
        **dict.fromkeys(("title", "published", "updated", "source", "url", "language")),
        **{name: [] for name in ("author", "tags", "quotes", "summary")},
        "path": str(tmp_path / "a.txt"),
        "text": "Rain fell.",
        "removed": [{"line": 1, "text": "Rain in Utrecht", "reason": "headline"}],
    }
    shown = format_text(described, colour=True)
    assert "    1  \033[31m[headline]\033[0m\033[2;9m Rain in Utrecht\033[0m\n" in shown
    assert "    3  Rain [2Jfell.\n" in shown
