"""Feeds the targets with what makes them go new ways (atheris): `make fuzz`, or one by name.

    python tests/fuzz/run.py [--minutes 30] [--finds FOLDER] [TARGET …]

Each target has its time in turn. What fails is written to the folder of finds, and the run ends
with status 1: put the file into `tests/fuzz/corpus/TARGET/`, where `make test` tries it for good.
An input that takes longer than ten seconds fails too. Inputs that go new ways are kept among the
finds, to go on from next time.
"""

import argparse
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LARGEST = 100_000  # bytes
SECONDS = 10  # for one input
MEGABYTES = 2048
USUAL = 4_000  # bytes: small inputs are tried quickly, and most faults need no more
REPEATED = 1000  # of so many changes one repeats a piece until the input is large: so loops show


def main() -> int:
    """Run each target in a process of its own; return 1 where one failed."""
    arguments = _parse()
    names = arguments.target or sorted(folder.name for folder in (HERE / "corpus").iterdir())
    if arguments.here:
        _fuzz(names[0], arguments)
    failed = [name for name in names if _run(name, arguments)]
    print(f"failed: {', '.join(failed)}" if failed else f"no fault found in {', '.join(names)}")
    return 1 if failed else 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Look for faults by changing inputs at random.")
    parser.add_argument("target", nargs="*")
    parser.add_argument("--minutes", type=float, default=30, help="for each target")
    parser.add_argument("--finds", type=Path, default=Path(".fuzz"), help="where finds go")
    parser.add_argument("--here", action="store_true", help="in this process, one target")
    return parser.parse_args()


def _run(name: str, arguments: argparse.Namespace) -> int:
    options = ["--minutes", str(arguments.minutes), "--finds", str(arguments.finds), "--here"]
    return subprocess.run([sys.executable, __file__, name, *options], check=False).returncode


def _fuzz(name: str, arguments: argparse.Namespace) -> None:
    """Fuzz one target; atheris ends the process."""
    import atheris

    with atheris.instrument_imports(include=["digest", "feedparser", "markdown_it"]):
        from targets import TARGETS

    kept = arguments.finds / name
    kept.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={int(60 * arguments.minutes)}",
        f"-timeout={SECONDS}",
        f"-max_len={LARGEST}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-artifact_prefix={arguments.finds}/{name}-",
        "-print_final_stats=1",
        str(kept),
        str(HERE / "corpus" / name),
    ]
    atheris.Setup([name, *options], TARGETS[name], custom_mutator=_mutate)
    atheris.Fuzz()


def _mutate(data: bytes, most: int, seed: int) -> bytes:
    """Return changed bytes: as libFuzzer does it, or with a piece many times over."""
    import atheris

    chance = random.Random(seed)
    if not data or chance.randrange(REPEATED):
        return bytes(atheris.Mutate(data[:USUAL], min(most, USUAL)))
    start = chance.randrange(len(data))
    piece = data[start : start + 1 + chance.randrange(20)]
    times = max(0, min(most, LARGEST) - len(data)) // len(piece)
    return data[:start] + piece * times + data[start:]


if __name__ == "__main__":
    sys.exit(main())
