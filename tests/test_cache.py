"""The cache keeps what it is given, and whatever happens to its file, a build goes on."""

import os
import sqlite3
import time
from pathlib import Path

import pytest

from digest.cache import FOLDER, NAME, TICK_NS, open_cache, sign_file

LATER = 10 * TICK_NS


def test_what_was_kept_is_there_in_the_next_build(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        cache.put("told", "a", b"\x00\xff")
        assert cache.get("told", "a") == b"\x00\xff"
        cache.keep_files({"a/x": ("sign", "digest"), "a/y": ("s", "d"), "ab/x": ("s", "d")})
    with open_cache(tmp_path) as cache:
        assert cache.get("told", "a") == b"\x00\xff"
        assert cache.get("articles", "a") is None
        assert list(cache.all("told")) == [("a", b"\x00\xff")]
        cache.keep_files({}, gone=["a/y"])
        assert cache.files("a") == {"a/x": ("sign", "digest")}


def test_many_keys_are_asked_for_at_once(tmp_path: Path) -> None:
    keys = [str(number) for number in range(1100)]
    with open_cache(tmp_path) as cache:
        for key in keys[:-1]:
            cache.put("words", key, key.encode())
        kept = list(cache.get_many("words", [*reversed(keys), "0"]))
    assert kept == [None, *(key.encode() for key in reversed(keys[:-1])), b"0"]


def test_it_is_kept_out_of_version_control(tmp_path: Path) -> None:
    with open_cache(tmp_path):
        assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\x00" + bytes(4080)])
def test_broken_file_is_replaced(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / FOLDER / NAME
    file.parent.mkdir()
    file.write_bytes(data)
    for _ in range(2):
        with open_cache(tmp_path) as cache:
            cache.put("told", "a", b"1")
    with open_cache(tmp_path) as cache:
        assert cache.get("told", "a") == b"1"


def test_file_that_breaks_in_its_middle_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / FOLDER / NAME
    with open_cache(tmp_path) as cache:
        for number in range(1000):
            cache.put("told", str(number), bytes(1000))
    data = bytearray(file.read_bytes())
    data[4096 * 20 : 4096 * 200] = b"\x55" * 4096 * 180
    file.write_bytes(data)
    with open_cache(tmp_path) as cache:
        assert len(list(cache.all("told"))) < 1000
        cache.put("told", "new", b"1")
        assert cache.get("told", "new") == b"1"
    with open_cache(tmp_path) as cache:
        assert list(cache.all("told")) == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE told (key TEXT)",
        "CREATE VIEW told AS SELECT 'a' AS key, 'b' AS value",
        "CREATE TRIGGER t AFTER INSERT ON told BEGIN DELETE FROM told; END",
    ],
)
def test_tables_of_another_make_are_replaced(statement: str, tmp_path: Path) -> None:
    file = tmp_path / FOLDER / NAME
    if "TRIGGER" in statement:
        with open_cache(tmp_path):
            pass
    file.parent.mkdir(exist_ok=True)
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.close()
    with open_cache(tmp_path) as cache:
        cache.put("told", "a", b"1")
    with open_cache(tmp_path) as cache:
        assert cache.get("told", "a") == b"1"


def test_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file in its place")
    with open_cache(tmp_path) as cache:
        cache.put("told", "a", b"1")
        assert cache.get("told", "a") == b"1"


def test_two_builds_share_it(tmp_path: Path) -> None:
    with open_cache(tmp_path) as one, open_cache(tmp_path) as two:
        for number in range(500):
            one.put("told", f"one {number}", b"1")
            two.put("told", f"two {number}", b"2")
        assert (one.get("told", "two 0"), two.get("told", "one 0")) == (b"2", b"1")
    with open_cache(tmp_path) as cache:
        assert len(list(cache.all("told"))) == 1000


def test_deleting_it_does_not_stop_the_build_that_uses_it(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        cache.put("told", "a", b"1")
        for file in (tmp_path / FOLDER).iterdir():
            file.unlink()
        assert cache.get("told", "a") == b"1"
    with open_cache(tmp_path) as cache:
        assert list(cache.all("outlines")) == []


def test_what_was_not_used_goes_first_when_there_is_too_much(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        for number in range(1000):
            cache.put("articles", f"{number:03}", bytes(4000))
    used = {f"{number:03}" for number in range(0, 1000, 10)}
    with open_cache(tmp_path) as cache:
        cache.trim(2, {"articles": used})
        kept = {key for key, _ in cache.all("articles")}
    assert used < kept
    assert len(kept) < 500
    assert (tmp_path / FOLDER / NAME).stat().st_size < 2_500_000


def test_limit_holds_even_for_what_is_used(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        for number in range(1000):
            cache.put("articles", str(number), bytes(4000))
        cache.trim(1, {"articles": {str(number) for number in range(1000)}})
    assert (tmp_path / FOLDER / NAME).stat().st_size < 1_000_000


def test_file_that_may_still_change_unseen_has_no_sign(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("a")
    assert sign_file(file.stat(), now=time.time_ns()) == ""
    assert sign_file(file.stat(), now=time.time_ns() + LATER)


@pytest.mark.parametrize("change", ["touch", "size", "replace"])
def test_sign_changes_with_the_file(change: str, tmp_path: Path) -> None:
    file, now = tmp_path / "a", time.time_ns() + LATER
    file.write_text("a")
    os.utime(file, ns=(0, 0))
    before = sign_file(file.stat(), now=now)
    if change == "touch":
        os.utime(file, ns=(0, 1))
    elif change == "size":
        file.write_text("ab")
        os.utime(file, ns=(0, 0))
    else:
        (tmp_path / "b").write_text("b")
        os.utime(tmp_path / "b", ns=(0, 0))
        (tmp_path / "b").rename(file)
    assert sign_file(file.stat(), now=now) != before
