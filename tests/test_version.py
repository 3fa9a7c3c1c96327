"""The name of a version stands for all code and data that its results depend on."""

import ast
from pathlib import Path

import digest
from digest.version import LATER, PACKAGES, _find_versions, _list_files, hash_program

PACKAGE = Path(digest.__file__).parent


def imports(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.startswith("digest.")}


def file_of(module: str) -> Path | None:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    return next((f for f in (path.with_suffix(".py"), path / "__init__.py") if f.is_file()), None)


def reached_from(*modules: str) -> set[Path]:
    """Return the files that modules import, directly or through others."""
    found: set[Path] = set()
    left = [file for module in modules if (file := file_of(module))]
    while left:
        file = left.pop()
        if file not in found:
            found.add(file)
            left += [f for name in imports(file) if (f := file_of(name))]
    return found


def test_nothing_that_makes_articles_or_stories_is_left_out() -> None:
    needed = reached_from("digest.prepare", "digest.tell", "digest.storyfile", "digest.outlines")
    counted = set(_list_files(PACKAGE, leave=LATER))
    assert len(needed) > 50
    assert needed <= counted


def test_words_and_models_count_too() -> None:
    counted = {file.name for file in _list_files(PACKAGE, leave=LATER)}
    assert {"model.json", "speakers.yaml", "about.md"} <= counted


def test_versions_of_packages_are_found() -> None:
    found = _find_versions()
    assert [name.split("-")[0] for name in found] == list(PACKAGES)


def test_name_stays_while_nothing_changes() -> None:
    first = hash_program()
    hash_program.cache_clear()
    assert hash_program() == first
