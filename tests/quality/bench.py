"""Measures how fast a digest is built, beside the generators that a user would pick instead.

Usage: python tests/quality/bench.py [--sizes 1000,10000] [--peers FOLDER] [--work FOLDER]

Makes corpora (corpus.py), builds each cold, with nothing new and with one article added, and lets
other generators (peers.py) render the same story files. Writes `.github/BENCHMARKS.md` and a
picture of it. Each figure is of one process with all that it starts: seconds of wall time and of
CPU, and the most memory that they had together. A size of 100000 takes some three hours.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import write_articles
from meter import Run, measure
from peers import Peer, find_peers, set_up
from report import write_report
from steps import measure_steps

OUTPUT = Path(__file__).parent.parent.parent / ".github"
BUILD = (sys.executable, "-m", "digest", "build")
HALVES = {"articles → stories": ("--only", "stories"), "stories → site": ("--only", "site")}
ALONE = ("--workers", "1")
CASES = ("cold", "nothing new", "one article added")


def measure_digest(articles: int, folder: Path) -> Iterator[Run]:
    """Build a corpus of so many articles in each case: both halves alone, then all."""
    write_articles(folder / "content/articles", articles)
    for step, words in HALVES.items():
        yield measure((*BUILD, *words, *ALONE), folder, articles, step, "cold, one process")
    for made in (".digest", "content/stories", "site"):
        shutil.rmtree(folder / made)
    more = articles
    for case in CASES:
        for step, words in HALVES.items():
            if case == CASES[2] and step == "articles → stories":
                write_articles(folder / "content/articles", more + 1, first=more)
                more += 1
            yield measure((*BUILD, *words), folder, articles, step, case)
    write_articles(folder / "content/articles", more + 1, first=more)
    yield measure(BUILD, folder, articles, "the whole way", CASES[2])


def measure_peer(peer: Peer, articles: int, folder: Path) -> Iterator[Run]:
    """Let a generator render the story files of a digest: all, then again, and after a change."""
    site = folder / peer.folder
    set_up(peer, folder / "content/stories", site)
    changed = min((site / "content/stories").iterdir())
    for case in CASES:
        if case == CASES[2]:
            changed.write_text(changed.read_text("utf-8") + "\nOne more line.\n", "utf-8")
        yield measure(peer.command, site, articles, peer.name, case)


def describe_machine(peers: Sequence[Peer]) -> str:
    """Return what the figures were measured on, and with."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        *(f"{peer.name} {peer.version}" for peer in peers),
    ]
    return ", ".join(parts)


def find_commit() -> str:
    """Return what was measured."""
    command = ["git", "-C", str(OUTPUT), "describe", "--always", "--dirty"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def main() -> None:
    """Measure what is asked for, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--peers", type=Path, default=Path(sys.executable).parent.parent / "peers")
    parser.add_argument("--work", type=Path, help="a folder on a RAM disk takes out its noise")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    peers = list(find_peers(options.peers))
    busy = os.getloadavg()[0]
    steps = measure_steps()
    runs: list[Run] = []
    for articles in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=options.work) as name:
            for run in measure_digest(articles, Path(name)):
                runs.append(run)
                print(run, flush=True)
            for peer in peers:
                for run in measure_peer(peer, articles, Path(name)):
                    runs.append(run)
                    print(run, flush=True)
    machine = describe_machine(peers)
    when = f"{time.strftime('%Y-%m-%d')}, commit {find_commit()}, load before it {busy:.1f}"
    write_report(options.output, runs, steps, f"{machine}; {when}")


if __name__ == "__main__":
    main()
