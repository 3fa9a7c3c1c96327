"""Makes the index that the browser searches, with Pagefind, on the finished site."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from digest.errors import OutputError

INDEX = "pagefind"
LEFT_OUT = "search: left out, Pagefind is not installed (pip install 'verbatim-digest[search]')"


def can_search() -> bool:
    """Return whether the optional extra `search` is installed."""
    return find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None


def index_site(site: Path) -> None:
    """Write the index of a site into its folder `pagefind`; raise `OutputError` where that fails.

    What is there is removed first: its files may be those of another tree as well.
    """
    shutil.rmtree(site / INDEX, ignore_errors=True)
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        problem = f"Pagefind could not index the site: {lines[0] if lines else done.returncode}"
        raise OutputError(
            str(site), problem, "mend it, or uninstall pagefind to build without search"
        )
