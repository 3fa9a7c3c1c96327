"""`digest serve`: a preview that follows changes."""

import argparse

from digest.commands.arguments import FINE, Commands, add_root
from digest.console import say

PORT = 8000


def add_to(commands: Commands) -> None:
    """Add the parser of this command."""
    serve = commands.add_parser(
        "serve",
        help="a preview that follows changes",
        description="Serve the site on this machine; build it and reload it when files change.",
    )
    serve.add_argument("--port", type=port, default=PORT, help=f"default: {PORT}; 0: any")
    serve.add_argument(
        "--host",
        metavar="ADDRESS",
        help="listen there, for others too, under any name (default: this machine only)",
    )
    add_root(serve)
    serve.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C, and return the exit status."""
    import asyncio

    from digest.serve import serve

    try:
        asyncio.run(serve(arguments.root, port=arguments.port, host=arguments.host))
    except KeyboardInterrupt:
        say("stopped")
    return FINE


def port(text: str) -> int:
    """Return the number of a port; raise `ArgumentTypeError` for anything else."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"expected a number up to 65535, got {text!r}")
    return int(text)
