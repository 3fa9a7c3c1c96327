"""`digest inspect`: what the program sees in articles."""

import argparse
from functools import partial

from digest.commands.arguments import FINE, MENDABLE, Commands, add_root, add_workers, count
from digest.console import say, show, wants_colour


def add_to(commands: Commands) -> None:
    """Add the parser of this command."""
    inspect = commands.add_parser(
        "inspect",
        help="show what the program sees in articles",
        description="Show what is kept of articles, what is removed and why, quotes, summary.",
    )
    inspect.add_argument("path", nargs="+", help="article files, or folders of them")
    inspect.add_argument("--json", action="store_true", help="one line of JSON per article")
    length = inspect.add_mutually_exclusive_group()
    length.add_argument("--sentences", type=count, metavar="N", help="length of the summary")
    length.add_argument("--words", type=count, metavar="N", help="length of the summary")
    add_root(inspect)
    add_workers(inspect)
    inspect.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show each article as it comes, and return the exit status."""
    from digest.config import load_config
    from digest.inspect import format_json, format_text, inspect_articles
    from digest.parallel import open_map

    config = load_config(arguments.root)
    summary = config.summary
    stated = arguments.sentences or arguments.words
    format_ = format_json if arguments.json else partial(format_text, colour=wants_colour())
    status = FINE
    with open_map(workers=arguments.workers) as map_:
        for described in inspect_articles(
            arguments.path,
            sentences=arguments.sentences or summary.sentences,
            words=arguments.words if stated else summary.words,
            limits=config.limits,
            map_=map_,
        ):
            if "error" in described:
                status = MENDABLE
            if "error" in described and not arguments.json:
                say(described["error"])
            else:
                show(format_(described))
    return status
