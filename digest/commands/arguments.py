"""Arguments that commands share."""

import argparse
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

FINE, MENDABLE, WRONG_USE = 0, 1, 2
"""Exit status: all is well; there are problems that the user can mend; arguments or options."""


def add_root(command: argparse.ArgumentParser) -> None:
    """Let a command be told where the digest is."""
    command.add_argument(
        "--root",
        type=folder,
        default=Path(),
        metavar="DIR",
        help="folder of the digest (default: the one it is started in)",
    )


def add_workers(command: argparse.ArgumentParser) -> None:
    """Let a command be told how many processes to use."""
    command.add_argument(
        "--workers",
        type=count,
        metavar="N",
        help="processes at once (default: one per core where there is much to do)",
    )


def folder(text: str) -> Path:
    """Return the folder that is meant; raise `ArgumentTypeError` where there is none."""
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text}: there is no such folder")
    return Path(text)


def count(text: str) -> int:
    """Return a number from 1 up; raise `ArgumentTypeError` for anything else."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {text!r}")
    return int(text)


def address(text: str) -> str:
    """Return the address of a page; raise `ArgumentTypeError` for anything else."""
    from digest.addresses import is_web_address

    if not is_web_address(text):
        raise argparse.ArgumentTypeError(f"expected https://…, got {text!r}")
    return text
