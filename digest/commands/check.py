"""`digest check`: all that is wrong with articles, stories and site."""

import argparse
import json
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.commands.arguments import FINE, MENDABLE, WRONG_USE, Commands, add_root, add_workers
from digest.console import number, say, show

if TYPE_CHECKING:
    from digest.check import Finding


def add_to(commands: Commands) -> None:
    """Add the parser of this command."""
    check = commands.add_parser(
        "check",
        help="look for problems in articles, stories and site",
        description="Look for problems in options, articles, stories, site and feeds.",
    )
    check.add_argument("--strict", action="store_true", help="warnings count as errors")
    check.add_argument("--external", action="store_true", help="test the links to other sites too")
    check.add_argument("--json", action="store_true", help="one line of JSON per problem")
    add_root(check)
    add_workers(check)
    check.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show all problems, and return the exit status."""
    findings = _check(arguments)
    for finding in findings:
        show(json.dumps(asdict(finding), ensure_ascii=False) if arguments.json else str(finding))
    levels = Counter(finding.level for finding in findings)
    counts = (
        f"{number(levels['error'], 'error')}, {number(levels['warning'], 'warning')}, "
        f"{number(levels['note'], 'note')}"
    )
    if arguments.json:
        say(counts)
    else:
        show(counts)
    if any(finding.rule == "config-broken" for finding in findings):
        return WRONG_USE
    return MENDABLE if levels["error"] or (arguments.strict and levels["warning"]) else FINE


def _check(arguments: argparse.Namespace) -> "list[Finding]":
    from digest.check import ask_with, check_digest
    from digest.config import load_config
    from digest.fetch import open_client
    from digest.parallel import open_map
    from digest.progress import follow, watch

    today = datetime.now(UTC).date()
    with ExitStack() as stack:
        map_ = watch(stack.enter_context(open_map(workers=arguments.workers)), sys.stderr)
        if not arguments.external:
            return check_digest(arguments.root, today=today, map_=map_)
        client = stack.enter_context(open_client(load_config(arguments.root)))
        tell = stack.enter_context(follow(sys.stderr))

        def ask(url: str) -> str | None:
            tell(url)
            return ask_with(client, url)

        return check_digest(arguments.root, today=today, map_=map_, ask=ask)
