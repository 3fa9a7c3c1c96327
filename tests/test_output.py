"""Only what changed is written, whole or not at all, and what no longer belongs is removed."""

from pathlib import Path

import pytest

from digest.errors import OutputError
from digest.models import File
from digest.output import remove_others, write_files

FILES = [File(path="index.html", data=b"front"), File(path="a/b/page.html", data=b"page")]


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    assert write_files(FILES, tmp_path) == 2
    assert (tmp_path / "a/b/page.html").read_bytes() == b"page"


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    write_files(FILES, tmp_path)
    before = (tmp_path / "index.html").stat().st_mtime_ns
    changed = [FILES[0], File(path="a/b/page.html", data=b"new")]
    assert write_files(changed, tmp_path) == 1
    assert (tmp_path / "index.html").stat().st_mtime_ns == before


def test_what_no_longer_belongs_is_removed_with_its_folders(tmp_path: Path) -> None:
    write_files([*FILES, File(path="old/page.html", data=b"")], tmp_path)
    assert remove_others(FILES, tmp_path) == 1
    assert not (tmp_path / "old").exists()
    assert (tmp_path / "a/b/page.html").exists()


def test_hidden_files_belong_to_whoever_publishes(tmp_path: Path) -> None:
    write_files(
        [*FILES, File(path=".git/config", data=b""), File(path=".nojekyll", data=b"")], tmp_path
    )
    assert remove_others(FILES, tmp_path) == 0


def test_nothing_unfinished_stays_behind(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(OutputError, match=r"index.html: cannot be written: "):
        write_files(FILES, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
