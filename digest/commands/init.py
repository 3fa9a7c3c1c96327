"""`digest init`: a new digest that builds at once."""

import argparse
from pathlib import Path

from digest.commands.arguments import FINE, Commands
from digest.console import say, show


def add_to(commands: Commands) -> None:
    """Add the parser of this command."""
    init = commands.add_parser(
        "init",
        help="a new digest: config, a sample article, the workflow that publishes it",
        description="Make a new digest: config, a sample article, the workflow that publishes it.",
    )
    init.add_argument("folder", type=Path, metavar="DIR", help="where it is made")
    init.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the digest, say how to go on, and return the exit status."""
    from digest.init import init_digest

    for path in init_digest(arguments.folder):
        say(f"{arguments.folder / path}: is there already, left as it is")
    show(f"made a digest in {arguments.folder}: its README.md says how to go on")
    return FINE
