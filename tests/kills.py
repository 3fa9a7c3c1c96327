"""Kills builds of a small digest at any moment, and tells what that left behind."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

FETCHED = re.compile(r"^fetched: .*$", re.MULTILINE)
REPOSITORY = Path(__file__).parent.parent

# Kills the process just before it changes a file or folder of the digest for the nth time.
KILLER = """
import os, signal, sys
root, deadly, words = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
count = 0
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.utime", "open"}
def watch(event, arguments):
    global count
    if event == "ctypes.call_function" or (
        event in CHANGES and str(arguments[0]).startswith(root)
        and not (event == "open" and str(arguments[1]).startswith("r"))
    ):
        count += 1
        if count == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
from digest.cli import main
sys.addaudithook(watch)
main(words)
print(count)
"""

ARTICLE = """\
---
title: {title}
source: The Canal Post
author: Ada Vermeer
published: 2025-01-{day:02}
tags: [{tag}]
---

{title}, the mayor said on Wednesday.

"We have never seen so much {tag} in the streets of this city," Mayor Ada de Wit said.

Schools will stay closed until Friday. Pumps are on their way from Rotterdam.
"""
EVENTS = ("Rain floods Utrecht", "Snow buries Oslo", "Wind fells trees in Kiel", "Heat hits Rome")


def write_articles(root: Path, *, changed: bool) -> None:
    """Write the articles of a small digest; `changed`, one is new, one another, one gone."""
    folder = root / "content/articles"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, title in enumerate(EVENTS[:3] if not changed else EVENTS[1:], 1):
        words = f"{title} again" if changed and title == EVENTS[1] else title
        text = ARTICLE.format(title=words, day=number, tag=title.split()[0].lower())
        (folder / f"{title.split()[0].lower()}.md").write_text(text, "utf-8")


def build(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Build to the end."""
    command = [sys.executable, "-m", "digest", "build", "--root", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)


def build_until(root: Path, change: int, *words: str) -> int:
    """Build until a change of the disk, counted from 1; return how many there were if it ended."""
    return run_until(root, change, "build", "--workers", "1", *words)


def run_until(root: Path, change: int, *words: str) -> int:
    """Run a command until a change of the disk, like `build_until`."""
    command = [sys.executable, "-c", KILLER, str(root), str(change), *words, "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return 0 if done.returncode else int(done.stdout.split()[-1])


def build_for(root: Path, seconds: float, *words: str) -> bool:
    """Build for some seconds, with all its processes; return whether it was not done by then."""
    command = [sys.executable, "-m", "digest", "build", "--root", str(root), *words]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=REPOSITORY,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def see(root: Path) -> dict[str, bytes]:
    """Return all files of the site with their bytes, but the search index."""
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and "pagefind" not in path.parts
    }


def see_stories(root: Path) -> dict[str, bytes]:
    """Return all story files with their bytes."""
    return {path.name: path.read_bytes() for path in (root / "content/stories").glob("*.md")}


def see_content(root: Path) -> dict[str, str]:
    """Return all files of the content with their text, but when they came in."""
    return {
        path.relative_to(root).as_posix(): FETCHED.sub("", path.read_text("utf-8"))
        for path in (root / "content").rglob("*")
        if path.is_file()
    }


def copy(root: Path, target: Path) -> Path:
    """Return a copy of a digest, its hard links as such."""
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", str(root), str(target)], check=True)
    return target
