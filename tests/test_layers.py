"""Imports point down: a module knows only the lines below its own."""

import ast
from pathlib import Path

import digest

PACKAGE = Path(digest.__file__).parent

# From the command line down to the data. A package counts as one module.
LAYERS = [
    {"__main__"},
    {"cli"},
    {"commands"},
    {"check", "serve"},
    {"add", "init"},
    {"fetch"},
    {"build", "cluster", "inspect", "progress", "console"},
    {"arrivals", "prepare", "tell", "unchanged", "verify"},
    {"outlines", "listing", "web"},
    {"trees", "manifest"},
    {"cache", "config", "ingest", "version", "output", "parallel", "search", "templates"},
    {"aside", "bulk", "interrupts", "keys", "lock", "spool", "strangers"},
    {"symlinks"},
    {
        *("clean", "quotes", "stories", "summary", "tags", "people", "changes"),
        *("storyfile", "pages", "feeds"),
    },
    {"shelves", "references"},
    {"body", "charts", "passages", "say"},
    {
        "speakers",
        "identities",
        "markdown",
        "schema",
        "records",
        "plainyaml",
        "encoding",
        "frontmatter",
    },
    {"names", "briefs", "shortyaml"},
    {"words", "dates", "addresses", "attributes", "facts"},
    {"text"},
    {"language"},
    {"models", "errors"},
    {"__init__"},
]
# What neither opens a file nor asks the clock: everything from the steps down.
STEPS = next(n for n, names in enumerate(LAYERS) if "clean" in names)
PURE = set.union(*LAYERS[STEPS:]) - {"language"}
WORLD = {"io", "os", "pathlib", "random", "shutil", "socket", "subprocess", "tempfile", "time"}
HARMLESS = {"pathlib.PurePosixPath"}


def level(module: str) -> int:
    return next(n for n, names in enumerate(LAYERS) if module in names)


def imports(file: Path) -> set[str]:
    """Return the full names of what a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules() -> dict[str, list[Path]]:
    """Return the files of each module; those of a package together."""
    found: dict[str, list[Path]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        found.setdefault(name, []).append(file)
    return found


def test_every_module_has_one_layer() -> None:
    placed = [name for names in LAYERS for name in names]
    assert sorted(placed) == sorted(modules())


def test_imports_point_down() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, files in modules().items()
        for file in files
        for full in imports(file)
        if full.startswith("digest.") and (other := full.split(".")[1]) in modules()
        if other != name and level(other) <= level(name)
    ]
    assert wrong == []


def test_steps_do_not_touch_the_world() -> None:
    wrong = [
        f"{file.name} imports {full}"
        for name, files in modules().items()
        if name in PURE
        for file in files
        for full in imports(file) - HARMLESS
        if full.split(".")[0] in WORLD
    ]
    assert wrong == []


def test_no_file_is_a_house_of_its_own() -> None:
    long = {
        f.name: lines
        for f in PACKAGE.rglob("*.py")
        if (lines := len(f.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}
