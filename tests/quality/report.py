"""Writes down what was measured, as a table and a picture."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from meter import Run

NOTE = """\
The articles are made up (`tests/quality/corpus.py`), as long as what scrapers bring home. MB is
the memory of all processes together. The other generators render the same story files to story
pages, paginated lists, topic pages, a feed and a sitemap (`tests/quality/peers`); a digest has
pages of people and sources, a feed for each topic, person and source, an archive and a search
besides, which counts against it. For them, "one article added" is one story file changed.
Machines differ: only ratios from one run count.
"""
BAR, ROW, LEFT, RIGHT = 420, 22, 270, 80  # pixels of the picture
STYLE = (
    "text{font:12px sans-serif;fill:#222}.digest{fill:#06c}.other{fill:#888}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.digest{fill:#6af}.other{fill:#999}}"
)


def write_report(
    folder: Path, runs: Sequence[Run], steps: Mapping[str, float], machine: str
) -> None:
    """Write `BENCHMARKS.md` and its picture."""
    folder.mkdir(exist_ok=True)
    (folder / "benchmarks.svg").write_text(draw(runs), encoding="utf-8")
    largest = f"{runs[-1].articles:,}"
    parts = [
        "# How fast",
        f"`make bench` measured this: {machine}.",
        NOTE.strip(),
        f"![Seconds of each build of {largest} articles](benchmarks.svg)",
        _tabulate(runs),
        "## Each step by itself",
        "Articles in a second of CPU, on one core:",
        "\n".join(
            ["| step | articles |", "| --- | ---: |"]
            + [f"| {step} | {rate:,.0f} |" for step, rate in steps.items()]
        ),
    ]
    (folder / "BENCHMARKS.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _tabulate(runs: Sequence[Run]) -> str:
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
    rows = [_draw_row(run, number * ROW, most) for number, run in enumerate(shown)]
    size = f"0 0 {LEFT + BAR + RIGHT} {len(shown) * ROW}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}"><style>{STYLE}</style>'
    return f"{head}{''.join(rows)}</svg>\n"


def _draw_row(run: Run, y: int, most: float) -> str:
    width = max(1, round(BAR * run.wall / most))
    kind = "digest" if "→" in run.step or "whole" in run.step else "other"
    return (
        f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{run.step}, {run.case}</text>'
        f'<rect class="{kind}" x="{LEFT}" y="{y + 3}" width="{width}" height="16"/>'
        f'<text x="{LEFT + width + 6}" y="{y + 15}">{run.wall:.2f} s</text>'
    )
