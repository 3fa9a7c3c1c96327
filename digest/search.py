"""Makes the index that the browser searches, with Pagefind, on the finished site."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from digest.errors import OutputError
from digest.models import PageOptions

INDEX = "pagefind"
LEFT_OUT = "search: left out, Pagefind is not installed (pip install 'verbatim-digest[search]')"


# What has text to search. To look at all pages of 10,000 stories takes 17 seconds instead of 13.
SEARCHED = "{stories,people}/**/index.html"


def can_search(options: PageOptions) -> bool:
    """Return whether a page that searches is wanted, and the extra `search` is installed."""
    return options.search and _is_installed()


def say_search(options: PageOptions) -> tuple[str, ...]:
    """Return what to say where search is wanted but cannot be had."""
    return (LEFT_OUT,) if options.search and not _is_installed() else ()


def _is_installed() -> bool:
    return find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None


def index_site(site: Path) -> None:
    """Write the index of a site into its folder `pagefind`; raise `OutputError` where that fails.

    What is there is removed first: its files may be those of another tree as well.
    """
    shutil.rmtree(site / INDEX, ignore_errors=True)
    words = ["--site", str(site), "--glob", SEARCHED, "--silent"]
    command = [sys.executable, "-m", "pagefind", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        problem = f"Pagefind could not index the site: {lines[0] if lines else done.returncode}"
        raise OutputError(
            str(site), problem, "mend it, or build without it: `search: false` under `pages`"
        )
