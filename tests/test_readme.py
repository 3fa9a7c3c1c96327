"""The README tells the truth: it names every command and option, and its examples are real."""

import argparse
import re
import shlex
from dataclasses import fields, is_dataclass
from typing import get_type_hints

import pytest

from conftest import REPOSITORY
from digest.cli import main, make_parser
from digest.config import Config
from digest.models import Facts

README = (REPOSITORY / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\$ (digest .*)\n((?:(?!\$ |```).*\n)+)", README, re.MULTILINE)
assert EXAMPLES, "no examples found"
ELLIPSIS = "  …\n"


def commands() -> dict[str, argparse.ArgumentParser]:
    (choices,) = (a.choices for a in make_parser()._actions if isinstance(a.choices, dict))
    return choices


def test_every_command_is_in_the_readme() -> None:
    assert [name for name in commands() if f"`digest {name}" not in README] == []


def test_every_flag_is_in_the_readme() -> None:
    flags = {
        flag
        for parser in commands().values()
        for action in parser._actions
        for flag in action.option_strings
        if flag.startswith("--")
    }
    assert [flag for flag in sorted(flags) if flag not in README] == []


def test_every_option_is_in_the_readme() -> None:
    sections = get_type_hints(Config)
    assert all(is_dataclass(section) for section in sections.values())
    options = [f"{name}.{f.name}" for name, section in sections.items() for f in fields(section)]
    assert [option for option in options if f"`{option}`" not in README] == []


def test_every_fact_of_an_article_is_in_the_readme() -> None:
    assert [f.name for f in fields(Facts) if f"`{f.name}`" not in README] == []


def test_every_path_in_the_readme_exists() -> None:
    paths = re.findall(
        r"`((?:digest|templates|tests|content)/[^`*]*)`|\((\.github/[^)]*)\)", README
    )
    named = {
        path for pair in paths for path in pair if path and path.isascii() and "SLUG" not in path
    }
    made = {"content/fetched.json", "content/versions/"}  # as soon as something was fetched
    assert named > made
    assert [path for path in sorted(named - made) if not (REPOSITORY / path).exists()] == []


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_example_says_what_the_readme_shows(
    command: str,
    shown: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert main(shlex.split(command)[1:]) == 0
    said = re.sub(r"in \d+\.\d s", "in 0.1 s", capsys.readouterr().out)
    at = 0
    for part in shown.split(ELLIPSIS):
        assert part in said[at:]
        at = said.index(part, at) + len(part)
