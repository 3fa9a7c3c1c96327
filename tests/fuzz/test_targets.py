"""What the fuzzer starts from and what it found, tried again with every run of the tests."""

from pathlib import Path

import pytest
from targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(file for file in CORPUS.rglob("*") if file.is_file())


def test_each_target_has_a_corpus() -> None:
    assert {file.parent.name for file in FILES} == set(TARGETS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_input_meets_no_fault(file: Path) -> None:
    TARGETS[file.parent.name](file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"\xff\xfe\x00\x00", b"\n", b"---\n"])
def test_next_to_nothing_meets_no_fault(name: str, data: bytes) -> None:
    TARGETS[name](data)
