"""Speakers: full names, roles, titles and pronouns, and whom they mean."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from digest.models import Quote
from digest.quotes import find_quotes

FILES = sorted((Path(__file__).parent / "data" / "speakers").glob("??/*.yaml"))
CASES = [
    pytest.param(file.parent.name, case, id=f"{file.parent.name}, {file.stem}: {case['case']}")
    for file in FILES
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def show(quote: Quote) -> str:
    """Return a quote as the files of cases write it."""
    words = " | ".join(segment.text for segment in quote.segments)
    role = f", {quote.role}" if quote.role else ""
    return f"{words} -> {quote.speaker or '-'}{role}"


def test_there_are_cases() -> None:
    assert CASES


@pytest.mark.parametrize(("language", "case"), CASES)
def test_who_is_meant(language: str, case: dict[str, Any]) -> None:
    quotes = find_quotes(case["text"], article="a.txt", language=language)
    assert [show(quote) for quote in quotes] == case["quotes"]
