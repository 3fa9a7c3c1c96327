"""`digest fetch`: read the feeds named in the config, add what is new."""

import argparse
import sys
import time
from datetime import UTC, datetime

from digest.commands.add import OUTCOMES
from digest.commands.arguments import FINE, MENDABLE, Commands, add_root
from digest.console import number, say, show


def add_to(commands: Commands) -> None:
    """Add the parser of this command."""
    fetch = commands.add_parser(
        "fetch",
        help="read the feeds named in the config, add what is new",
        description="Read the feeds named in the config, and add the articles that are new.",
    )
    add_root(fetch)
    fetch.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read all feeds, say what came in, and return the exit status.

    A source that is down is the world's problem, and the others were read: only when none could
    be read the status is 1, so that a digest that is rebuilt in CI fails then, and only then.
    """
    from digest.commands.turn import take_turn
    from digest.config import load_config
    from digest.fetch import fetch_articles, open_client, open_collection
    from digest.progress import follow

    start = time.perf_counter()
    root, config = arguments.root, load_config(arguments.root)
    with take_turn(root), open_client(config) as client, follow(sys.stderr) as tell:
        report = fetch_articles(
            root,
            config.fetch,
            client,
            open_collection(root, config),
            now=datetime.now(UTC).replace(microsecond=0),
            tell=tell,
        )
    show(*(f"{received.path}: {OUTCOMES[received.outcome]}" for received in report.received))
    say(*report.problems)
    if report.left:
        say(f"{number(report.left, 'new article')} left for the next run (`fetch.limit`)")
    if not report.feeds:
        say("content/config.yaml: no feeds to read (name them under `fetch.feeds`)")
    came = [r.outcome for r in report.received]
    show(
        f"read {number(report.feeds - report.dead, 'feed')}, "
        f"added {number(came.count('added'), 'article')}, "
        f"{number(came.count('changed'), 'new version')} "
        f"in {time.perf_counter() - start:.1f} s ({number(len(report.problems), 'problem')})"
    )
    return MENDABLE if report.feeds and report.dead == report.feeds else FINE
