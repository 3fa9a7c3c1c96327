"""`digest add`: put articles into content/articles/."""

import argparse
import sys
from datetime import UTC, datetime

from digest.commands.arguments import FINE, MENDABLE, Commands, add_root, address
from digest.console import say, show

OUTCOMES = {
    "added": "added",
    "changed": "new version (the one before is in content/versions/)",
    "known": "is there already",
    "kept": "changed at its source, but the file is yours: left as it is",
}
"""What is said of an article that came in."""


def add_to(commands: Commands) -> None:
    """Add the parser of this command."""
    add = commands.add_parser(
        "add",
        help="put articles into content/articles/",
        description="Copy or download articles into content/articles/, each once.",
    )
    add.add_argument(
        "article",
        nargs="+",
        metavar="FILE|URL|-",
        help="a file, the address of a page, or - for what comes on standard input",
    )
    add.add_argument(
        "--url", type=address, help="where the article of a file, or of standard input, was found"
    )
    add.add_argument("--source", help="the publisher's name")
    add_root(add)
    add.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Add each article and say where it is; return the exit status: 1 where one could not be."""
    from digest.add import add_article
    from digest.commands.turn import take_turn
    from digest.config import load_config
    from digest.errors import ArticleError, WebError
    from digest.fetch import open_client, open_collection
    from digest.models import Facts

    root, status = arguments.root, FINE
    config = load_config(root)
    facts = Facts(url=arguments.url, source=arguments.source)
    now = datetime.now(UTC).replace(microsecond=0)
    with take_turn(root), open_client(config) as client:
        collection = open_collection(root, config)
        for name in arguments.article:
            try:
                received = add_article(
                    name, facts, client, collection, now=now, stdin=sys.stdin.buffer
                )
                show(f"{received.path}: {OUTCOMES[received.outcome]}")
            except (ArticleError, WebError) as error:
                say(error)
                status = MENDABLE
    return status
