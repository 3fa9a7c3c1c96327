"""Kills builds at random moments and counts what is left: 200 times, as a test of patience.

    python tests/quality/kill_builds.py [--times 200] [--seed 1]

Half of the builds end before a random change of the disk, the others after a random time, with
two workers. After each kill, the site has to be the old or the new one, each story file whole,
and the next build has to end in the very bytes of a build that nobody disturbed.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kills import build, build_for, build_until, copy, see, see_stories, write_articles


def main() -> int:
    """Kill, look, build to the end, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = kill(Path(folder), arguments.times, random.Random(arguments.seed))
    for what, times in sorted(found.items()):
        print(f"{times:4} {what}")
    return 1 if any(what.startswith("WRONG") for what in found) else 0


def kill(folder: Path, times: int, choice: random.Random) -> Counter[str]:
    """Return how often each outcome was found."""
    start, whole = folder / "start", folder / "whole"
    write_articles(start, changed=False)
    build(start)
    before, old_stories = see(start), see_stories(start)
    write_articles(start, changed=True)
    begun = time.perf_counter()
    build(copy(start, whole))
    seconds = time.perf_counter() - begun
    after, new_stories = see(whole), see_stories(whole)
    changes = build_until(copy(start, folder / "count"), 0)
    known = {*old_stories.values(), *new_stories.values()}
    found: Counter[str] = Counter()
    for number in range(times):
        root = copy(start, folder / "killed")
        if number % 2:
            build_for(root, choice.uniform(0, seconds), "--workers", "2")
        else:
            build_until(root, choice.randint(1, changes))
        site = see(root)
        kind = {True: "old site", False: "WRONG site"}[site == before]
        found["killed, new site" if site == after else f"killed, {kind}"] += 1
        if not set(see_stories(root).values()) <= known:
            found["WRONG story file"] += 1
        build(root)
        same = (see(root), see_stories(root)) == (after, new_stories)
        found["next build ended the work" if same else "WRONG after the next build"] += 1
    return found


if __name__ == "__main__":
    sys.exit(main())
