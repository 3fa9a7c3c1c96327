"""What goes wrong is said with place, problem and remedy; nothing shows a traceback."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import REPOSITORY, Digest
from digest import __version__
from digest.cli import main

PROBLEMS = yaml.safe_load((Path(__file__).parent / "data/cli/problems.yaml").read_text("utf-8"))
assert PROBLEMS, "no problems found"


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: case["name"])
def test_problem_is_said(
    case: dict[str, Any],
    digest: Digest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path, data in case.get("files", {}).items():
        digest.write(path, data)
    monkeypatch.chdir(digest.root)
    try:
        status = main(shlex.split(case.get("run", "build")))
    except SystemExit as stopped:  # argparse says what is wrong with arguments by itself
        status = int(stopped.code or 0)
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert [line for line in case["says"] if line not in said] == []
    assert status == case["status"]


def test_missing_folder_of_articles_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        "content/articles: there is no such folder "
        "(make it and put articles into it, or say where the digest is with --root)\n"
    )


def test_one_bad_article_costs_no_other(digest: Digest) -> None:
    digest.write("content/articles/empty.txt", "")
    status, out, _ = digest.run("build")
    assert status == 1
    assert out.startswith("built 1 story from 1 article, ")
    assert "Rain floods" in digest.read("site/index.html")


def test_folder_that_cannot_be_written_is_said(digest: Digest) -> None:
    # A file where the folder should be: refused to everybody, the superuser included.
    digest.write("site", "not a folder")
    status, _, said = digest.run("build")
    assert status == 1
    assert "cannot be written: " in said
    assert said.endswith("(check folder and permissions)\n")


def test_full_disk_is_said(digest: Digest) -> None:
    # A limit on the size of files stands for a full disk: the same error on the same path.
    done = subprocess.run(
        ["sh", "-c", f"trap '' XFSZ; ulimit -f 1; {sys.executable} -m digest build"],
        cwd=digest.root,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path for path in digest.files(".") if path.endswith(".unfinished")] == []


def test_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"digest {__version__}\n"


def test_help_names_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    out = capsys.readouterr().out
    assert "build" in out
    assert "inspect" in out


def test_module_runs_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "digest", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"digest {__version__}\n"


def test_full_output_is_said(digest: Digest) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123  # a device
        done = subprocess.run(
            [sys.executable, "-m", "digest", "inspect", "--json", "content/articles"],
            cwd=digest.root,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("standard output: cannot be written: ")
    assert "Traceback" not in done.stderr


def test_reader_that_has_seen_enough_costs_nothing(digest: Digest) -> None:
    for number in range(40):
        digest.write(f"content/articles/{number}.md", f"Rain fell again on day {number}. " * 400)
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m digest inspect --json content/articles | head -c 10"],
        cwd=digest.root,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout == '{"path": "'
