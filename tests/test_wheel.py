"""An installed digest works on any folder: the wheel carries all that the program reads."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ARTICLE, REPOSITORY


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel, unpacked as pip does it; its dependencies are there already."""
    folder = tmp_path_factory.mktemp("wheel")
    zipfile.ZipFile(build_wheel(folder)).extractall(folder / "site-packages")
    return folder / "site-packages"


def build_wheel(folder: Path) -> Path:
    # Without build isolation nothing is downloaded: hatchling is pinned with the other tools.
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, REPOSITORY],
        check=True,
    )
    (wheel,) = folder.glob("verbatim_digest-*.whl")
    return wheel


def test_wheel_holds_the_package_and_nothing_else(installed: Path) -> None:
    top = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert top == {"digest"}


def test_wheel_holds_all_data_of_the_package(installed: Path) -> None:
    data = {
        path.relative_to(REPOSITORY)
        for folder in ("digest", "templates")
        for path in (REPOSITORY / folder).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    held = {path.relative_to(installed) for path in installed.rglob("*") if path.is_file()}
    expected = {p if p.parts[0] == "digest" else Path("digest") / p for p in data}
    assert expected
    assert expected - held == set()


def test_installed_digest_builds_a_folder_elsewhere(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles/rain.md").write_text(ARTICLE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "digest", "build"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("built 1 story from 1 article, ")
    assert (tmp_path / "site/static/style.css").is_file()


def test_a_new_digest_follows_its_own_readme(installed: Path, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        command = [sys.executable, "-m", "digest", *words]
        environment = os.environ | {"PYTHONPATH": str(installed)}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    run("init", ".")
    told = (tmp_path / "README.md").read_text("utf-8")
    commands = re.findall(r"^\$ \.venv/bin/digest (fetch|build|check)$", told, re.MULTILINE)
    assert commands == ["fetch", "build", "check"]
    said = [run(command) for command in commands]
    assert said[1].startswith("built 1 story from 1 article, 2 quotes")


def test_two_wheels_of_one_source_are_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    """Whoever builds it can tell that the wheel of others is this source's."""
    again = build_wheel(tmp_path)
    (first,) = installed.parent.glob("*.whl")
    assert again.read_bytes() == first.read_bytes()


def test_licences_of_all_pinned_packages_are_listed() -> None:
    command = [sys.executable, str(REPOSITORY / "tests/quality/list_licences.py")]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert listed.count("\n| ") > 40
    told = (REPOSITORY / ".github/LICENSES.md").read_text("utf-8")
    assert told == listed, "run `make licences`"


def test_all_pins_have_hashes() -> None:
    for file in sorted((REPOSITORY / ".ci").glob("requirements-*.txt")):
        lines = file.read_text("utf-8").replace("\\\n", "").splitlines()
        assert lines
        assert all(
            re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:", line) for line in lines
        ), file
