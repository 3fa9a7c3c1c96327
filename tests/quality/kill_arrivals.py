"""Kills `digest fetch` and `digest add` before each change of the disk, and counts what is left.

    python tests/quality/kill_arrivals.py

After each kill, the next run has to end in the very files of a run that nobody disturbed, but for
the moment at which they came in: each article once, its facts beside it, earlier versions kept.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from arrivals import TITLES, publish
from kills import copy, run_until, see_content
from servers import serve_replies


def main() -> int:
    """Kill, run to the end, and print what was found."""
    found: Counter[str] = Counter()
    with serve_replies() as server, tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "start"
        publish(server, start, changed=False)
        urls = [f"{server.address}/{title.split()[0].lower()}" for title in TITLES]
        found += kill(Path(folder), "added", "add", *urls)
        found += kill(Path(folder), "fetched", "fetch")
        run_until(start, 0, "fetch")
        publish(server, start, changed=True)
        found += kill(Path(folder), "fetched again", "fetch")
    for what, times in sorted(found.items()):
        print(f"{times:4} {what}")
    return 1 if any(what.startswith("WRONG") for what in found) else 0


def kill(folder: Path, name: str, *words: str) -> Counter[str]:
    """Return how often each outcome was found."""
    start = folder / "start"
    whole = copy(start, folder / "whole")
    changes = run_until(whole, 0, *words)
    wanted = see_content(whole)
    found: Counter[str] = Counter()
    for change in range(1, changes + 1):
        root = copy(start, folder / "killed")
        run_until(root, change, *words)
        run_until(root, 0, *words)
        same = see_content(root) == wanted
        found[f"{name}: the next run ended the work" if same else f"WRONG {name}"] += 1
    return found


if __name__ == "__main__":
    sys.exit(main())
