"""Finds templates and static files: those of the digest win over those of the program."""

from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import OutputError
from digest.models import File
from digest.symlinks import leads_out

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "templates"
STATIC = "static"


def open_templates(root: Path) -> "Environment":
    """Return the environment that renders pages; a name that a template misspells is an error."""
    # A build that finds nothing to render does not wait for Jinja.
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

    return Environment(
        auto_reload=False,  # an environment lives for one build
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in template_folders(root)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def read_static(root: Path) -> list[File]:
    """Return the files that pages need besides their text, by their path in the site."""
    found: dict[str, Path] = {}
    for folder in reversed(template_folders(root)):
        for path in (folder / STATIC).rglob("*"):
            if leads_out(path, root):
                problem = "this is a link that leads out of the digest"
                raise OutputError(str(path), problem, "put the file itself here")
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    return [File(path=name, data=found[name].read_bytes()) for name in sorted(found)]


def template_folders(root: Path) -> list[Path]:
    """Return the folders that hold templates, the one that wins first."""
    return [root / FOLDER, _own_folder()]


def _own_folder() -> Path:
    """Return the program's templates: inside the package when installed, else beside it."""
    installed = Path(__file__).parent / FOLDER
    return installed if installed.is_dir() else Path(__file__).parent.parent / FOLDER
