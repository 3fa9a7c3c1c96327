"""Tells symbolic links that would show what lies outside of a digest."""

import os
from pathlib import Path


def leads_out(file: Path, root: Path) -> bool:
    """Tell whether a file below a folder is a link to one that is not, or to a hidden one there.

    Whoever may send articles could show with such links what else is on the machine.
    """
    if not file.is_symlink() or not file.absolute().is_relative_to(root.absolute()):
        return False
    target = Path(os.path.realpath(file))  # a link that leads to itself is no error here
    for home in (Path(os.path.realpath(root)), Path(os.path.realpath(file.parent))):
        if target.is_relative_to(home):
            return any(part.startswith(".") for part in target.relative_to(home).parts)
    return True
