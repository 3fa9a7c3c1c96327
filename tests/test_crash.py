"""Whatever happens to a build, the site is the old one or the new one, and the next run ends it."""

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from arrivals import publish
from conftest import Digest
from digest.lock import WORKSHOP, lock
from kills import (
    build,
    build_for,
    build_until,
    copy,
    run_until,
    see,
    see_content,
    see_stories,
    write_articles,
)
from servers import serve_replies

MakeDigest = Callable[[], Digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A built digest whose articles have changed since, and what its site was and will be."""

    root: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    stories: tuple[dict[str, bytes], dict[str, bytes]]
    changes: int
    """How often the next build changes the disk."""


@pytest.fixture(scope="module")
def change(tmp_path_factory: pytest.TempPathFactory) -> Change:
    """A digest of three articles of which one is gone, one is another and one is new."""
    root = tmp_path_factory.mktemp("kills") / "digest"
    write_articles(root, changed=False)
    assert build(root).returncode == 0
    old_site, old_stories = see(root), see_stories(root)
    write_articles(root, changed=True)
    whole = copy(root, root.with_name("whole"))
    build(whole)
    return Change(
        root=root,
        before=old_site,
        after=see(whole),
        stories=(old_stories, see_stories(whole)),
        changes=build_until(copy(root, root.with_name("count")), 0),
    )


def check_killed(root: Path, change: Change) -> None:
    """Fail unless all is as it was or as it will be, and the next build ends the work."""
    assert see(root) in (change.before, change.after)
    known = {data for stories in change.stories for data in stories.values()}
    assert set(see_stories(root).values()) <= known
    build(root)
    assert see(root) == change.after
    assert see_stories(root) == change.stories[1]
    assert [path.name for path in (root / WORKSHOP).glob("passing-*")] == []


@pytest.mark.parametrize("part", range(8))
def test_build_killed_before_a_change_of_the_disk(
    part: int, change: Change, tmp_path: Path
) -> None:
    root = copy(change.root, tmp_path / "digest")
    assert build_until(root, 1 + change.changes * part // 8) == 0
    check_killed(root, change)


@pytest.mark.parametrize("seconds", [0.4, 0.8, 1.2])
def test_build_killed_at_some_moment_with_its_workers(
    seconds: float, change: Change, tmp_path: Path
) -> None:
    root = copy(change.root, tmp_path / "digest")
    build_for(root, seconds, "--workers", "2")
    check_killed(root, change)


def test_first_build_killed_shows_no_site(change: Change, tmp_path: Path) -> None:
    root = copy(change.root, tmp_path / "digest")
    for folder in ("site", WORKSHOP, "content/stories"):
        shutil.rmtree(root / folder)
    whole = copy(root, tmp_path / "whole")
    build(whole)
    build_until(root, change.changes // 2)
    assert see(root) == {}
    build(root)
    assert see(root) == see(whole)


def test_full_disk_leaves_the_site_as_it_was(change: Change, tmp_path: Path) -> None:
    root = copy(change.root, tmp_path / "digest")
    command = [sys.executable, "-m", "digest", "build", "--only", "site", "--root", str(root)]
    write_articles(root, changed=True)
    build(root, "--only", "stories")
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert see(root) == change.before
    build(root)
    assert see(root) == change.after


# The program itself is loaded before it may have no more than a little.
SHORT_OF_MEMORY = """
import resource, sys
import digest.build.renewal
from digest.cli import main
pages = int(open("/proc/self/statm").read().split()[0])
most = pages * resource.getpagesize() + int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (most, most))
sys.exit(main())
"""


@pytest.mark.parametrize("kilobytes", [0, 500, 1000, 2000])
def test_too_little_memory_leaves_the_site_as_it_was(
    change: Change, tmp_path: Path, kilobytes: int
) -> None:
    root = copy(change.root, tmp_path / "digest")
    write_articles(root, changed=True)
    build(root, "--only", "stories")
    command = [sys.executable, "-c", SHORT_OF_MEMORY, str(kilobytes * 1000)]
    words = ["build", "--only", "site", "--workers", "1", "--root", str(root)]
    done = subprocess.run([*command, *words], capture_output=True, text=True, check=False)
    # One line, whether Python or the system says that there is none left.
    assert re.fullmatch("[^\n]* memory [^\n]*\n", done.stderr), done.stderr
    assert done.returncode == 1
    assert see(root) == change.before
    build(root)
    assert see(root) == change.after


def test_folder_that_cannot_be_written_is_named(digest: Digest) -> None:
    digest.write(WORKSHOP, "in the way")
    status, _, err = digest.run("build")
    assert status == 1
    assert err.startswith(f"{digest.root / WORKSHOP}: cannot be written: ")


def test_second_run_waits_for_the_first(digest: Digest) -> None:
    with lock(digest.root):
        command = [sys.executable, "-m", "digest", "build", "--root", str(digest.root)]
        waiting = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        assert "waiting for it to end" in waiting.stderr.readline()
        assert waiting.poll() is None
    assert waiting.wait() == 0
    waiting.stderr.close()


def test_what_others_changed_in_the_site_is_put_right(digest: Digest) -> None:
    digest.run("build")
    before = digest.files("site")
    digest.write("site/index.html", "defaced")
    (digest.root / "site/feed.xml").unlink()
    digest.write("site/stories/new/index.html", "not ours")
    assert digest.run("build")[1].endswith("(3 pages changed)\n")
    assert digest.files("site") == before
    assert digest.run("build")[1].endswith("(0 pages changed)\n")


def test_what_belongs_to_the_publisher_stays_in_the_site(digest: Digest) -> None:
    digest.run("build")
    digest.write("site/.git/config", "mine")
    digest.write("site/stories/.htaccess", "mine too")
    for title in ("Snow", "Wind"):
        digest.write("content/config.yaml", f"site: {{title: {title}}}")
        digest.run("build")
        assert title in digest.read("site/index.html")
        assert digest.read("site/.git/config") == "mine"
        assert digest.read("site/stories/.htaccess") == "mine too"


def test_linked_files_of_the_last_site_keep_their_bytes(digest: Digest) -> None:
    digest.run("build")
    digest.run("build")
    kept = digest.root / "kept.html"
    os.link(digest.root / "site/index.html", kept)
    before = kept.read_bytes()
    for title in ("Snow", "Wind", "Snow"):
        digest.write("content/config.yaml", f"site: {{title: {title}}}")
        digest.run("build")
    assert kept.read_bytes() == before


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_site_that_cannot_be_exchanged_is_written_in_place(kind: str, digest: Digest) -> None:
    site = digest.root / "site"
    if kind == "link":
        (digest.root / "elsewhere").mkdir()
        site.symlink_to("elsewhere")
    digest.run("build")
    digest.write("content/config.yaml", "site: {title: Snow}")
    digest.write("site/old.html", "")
    digest.run("build")
    assert "Snow" in digest.read("site/index.html")
    assert not (site / "old.html").exists()
    assert site.is_symlink() == (kind == "link")
    assert digest.run("build")[1].endswith("(0 pages changed)\n")


@pytest.mark.parametrize("path", ["site.sqlite", "pieces", "site"])
def test_what_a_build_remembers_may_be_broken_or_gone(path: str, digest: Digest) -> None:
    digest.run("build")
    before = digest.files("site")
    file = digest.root / WORKSHOP / path
    if file.is_dir():
        shutil.rmtree(file)
    else:
        file.write_bytes(b"not a database, whatever its name says" * 100)
    digest.write("content/articles/rain.md", digest.read("content/articles/rain.md") + "\nEnd.\n")
    assert digest.run("build")[0] == 0
    assert set(digest.files("site")) == set(before)
    assert digest.run("build")[1].endswith("(0 pages changed)\n")


def test_pieces_that_no_story_needs_are_swept_away(digest: Digest) -> None:
    sizes = []
    for number in range(4):
        digest.write("content/config.yaml", f"site: {{title: Digest {number}}}")
        digest.run("build")
        sizes.append(sum(f.stat().st_size for f in (digest.root / WORKSHOP / "pieces").iterdir()))
    assert max(sizes) < 2 * min(sizes)


@pytest.mark.parametrize("change", range(4, 28, 6))
def test_articles_come_in_whole_after_a_kill(tmp_path: Path, change: int) -> None:
    with serve_replies() as server:
        publish(server, tmp_path / "start", changed=False)
        whole = copy(tmp_path / "start", tmp_path / "whole")
        assert run_until(whole, 0, "fetch") > change
        killed = copy(tmp_path / "start", tmp_path / "killed")
        assert run_until(killed, change, "fetch") == 0
        run_until(killed, 0, "fetch")
        assert see_content(killed) == see_content(whole)
