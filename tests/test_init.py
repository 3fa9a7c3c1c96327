"""A new digest builds at once, and the workflows that rebuild one are sound."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from conftest import REPOSITORY, Digest
from digest.cli import main

STARTER = REPOSITORY / "digest/starter"
WORKFLOWS = [STARTER / "workflow.yml", *sorted((REPOSITORY / ".github/workflows").glob("*.yml"))]


@pytest.fixture
def new(make_digest: Callable[[], Digest]) -> Digest:
    made = make_digest()
    assert main(["init", str(made.root)]) == 0
    return made


def test_a_new_digest_builds_and_has_nothing_wrong(new: Digest) -> None:
    status, out, err = new.run("build")
    assert (status, err) == (0, "")
    assert "built 1 story from 1 article, 2 quotes" in out
    assert new.run("check")[0] == 0
    assert new.run("fetch")[0] == 0


def test_its_sample_shows_who_said_what(new: Digest) -> None:
    new.run("build")
    (story,) = new.files("content/stories").values()
    assert story.decode().count("speaker: Neil Armstrong\n") == 2


def test_what_is_made_anew_is_not_committed(new: Digest) -> None:
    new.run("build")
    subprocess.run(["git", "init", "--quiet", new.root], check=True)
    seen = subprocess.run(
        ["git", "-C", new.root, "status", "--short", "--untracked-files=all"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "content/stories/" in seen
    assert "site/" not in seen
    assert ".digest/" not in seen


def test_a_folder_with_a_digest_is_left_alone(new: Digest) -> None:
    before = new.files(".")
    assert main(["init", str(new.root)]) == 1
    assert new.files(".") == before


def test_files_that_are_there_stay(make_digest: Callable[[], Digest]) -> None:
    made = make_digest()
    made.write("README.md", "Mine.\n")
    assert main(["init", str(made.root)]) == 0
    assert made.read("README.md") == "Mine.\n"
    assert made.run("build")[0] == 0


def test_the_config_is_what_the_program_takes_for_granted(new: Digest) -> None:
    from dataclasses import replace

    from digest.config import Config, load_config

    named = load_config(new.root)
    site = replace(named.site, title=Config().site.title, description=Config().site.description)
    assert replace(named, site=site) == Config()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_workflow_follows_the_published_schema(workflow: Path) -> None:
    schema = ["--builtin-schema", "vendor.github-workflows"]
    command = [sys.executable, "-m", "check_jsonschema", *schema, str(workflow)]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_workflow_pins_actions_and_asks_for_little(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    told = yaml.safe_load(text)
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert used
    assert [u for u, note in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", u)] == []
    assert [u for u, note in used if not re.fullmatch(r" # v\d+\.\d+\.\d+", note)] == []
    assert told["permissions"] == {}
    assert all("timeout-minutes" in job for job in told["jobs"].values())


def test_nobody_elses_words_are_run_by_a_workflow() -> None:
    # What others can write (titles, branch names) must not stand in a script of the shell.
    for workflow in WORKFLOWS:
        for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values():
            assert not any("${{" in step.get("run", "") for step in job["steps"])


def test_its_readme_names_commands_that_exist(new: Digest) -> None:
    from digest.cli import make_parser

    (choices,) = (a.choices for a in make_parser()._actions if isinstance(a.choices, dict))
    named = set(
        re.findall(
            r"digest (\w+)", "\n".join(re.findall(r"```(.*?)```", new.read("README.md"), re.S))
        )
    )
    assert {"add", "fetch", "build", "check", "serve"} <= named <= set(choices)
