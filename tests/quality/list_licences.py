"""Lists the licences of all packages that are pinned: `make licences` writes them to .github/.

A package of another system than this one cannot be asked, and is named without its licence.
"""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[2]
GROUPS = {
    "build": "What an installed digest runs with, and what builds its wheel",
    "dev": "Besides, what tests and checks it (never installed with it)",
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
TROVE = "License :: OSI Approved :: "
LONGEST = 60  # some packages give the whole text of their licence in place of its name

HEAD = """# Licences of the dependencies

Made by `make licences`; a test fails where it is not what the pins say. None of them is copied
into the digest or its site, but for Pagefind's script and index in `site/pagefind/`. The fuzzer
(`make fuzz`) needs atheris besides: Apache License 2.0.
"""


def main() -> None:
    """Print the list as Markdown."""
    print(HEAD)
    listed: set[str] = set()
    for group, title in GROUPS.items():
        print(f"## {title}\n\n| package | version | licence |\n| --- | --- | --- |")
        for name, version in _read_pins(group):
            if name not in listed:
                print(f"| {name} | {version} | {_find_licence(name)} |")
        listed |= {name for name, _ in _read_pins(group)}
        print()


def _read_pins(group: str) -> Iterator[tuple[str, str]]:
    text = (ROOT / f".ci/requirements-{group}.txt").read_text(encoding="utf-8")
    yield from sorted(PIN.findall(text))


def _find_licence(name: str) -> str:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return "(of another system)"
    told = [*package.metadata.get_all("License-Expression", []), *_read_trove(package)]
    named = next((line for line in _read_field(package) if len(line) <= LONGEST), "")
    return " or ".join(told) or named or "(see its own files)"


def _read_trove(package: Distribution) -> list[str]:
    if package.metadata.get_all("License-Expression"):
        return []
    classifiers = package.metadata.get_all("Classifier", [])
    return sorted(c.removeprefix(TROVE) for c in classifiers if c.startswith(TROVE))


def _read_field(package: Distribution) -> list[str]:
    told = package.metadata.get_all("License") or []
    return [text.strip().partition("\n")[0] for text in told]


if __name__ == "__main__":
    main()
