"""Makes a new digest: options, a first article, and what rebuilds and publishes it."""

from importlib.resources import files
from pathlib import Path

from digest import __version__
from digest.errors import OutputError
from digest.models import File
from digest.output import write_files

STARTER = {
    "content/config.yaml": "config.yaml",
    "content/articles/eagle.md": "sample.md",
    "requirements.txt": "requirements.txt",
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".github/workflows/digest.yml": "workflow.yml",
}
"""Where each file of digest/starter/ goes."""


def init_digest(folder: Path) -> list[str]:
    """Write the files of a new digest into a folder; return those that were there and stay.

    Raises `OutputError` where a digest is already, or the disk refuses.
    """
    if (folder / "content").exists():
        problem, remedy = "there is a digest already", "name another folder"
        raise OutputError(str(folder / "content"), problem, remedy)
    there = [path for path in STARTER if (folder / path).exists()]
    new = [path for path in STARTER if path not in there]
    write_files([File(path=path, data=_read(STARTER[path])) for path in new], folder)
    return there


def _read(name: str) -> bytes:
    text = (files("digest") / "starter" / name).read_text(encoding="utf-8")
    return text.replace("{version}", __version__).encode()
