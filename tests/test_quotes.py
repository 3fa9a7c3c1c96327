"""Quotes: what is between the marks, who said it, and that every word of it is in the text."""

from pathlib import Path

import pytest
import yaml

from digest.quotes import find_quotes

INSPECT = sorted((Path(__file__).parent / "data" / "inspect").glob("*.yaml"))


def test_there_are_golden_articles() -> None:
    assert INSPECT


@pytest.mark.parametrize("path", INSPECT, ids=lambda path: path.stem)
def test_quotes_of_a_real_article_are_those_that_a_reader_finds(path: Path) -> None:
    golden = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = "\n\n".join(golden["paragraphs"])
    found = [
        {
            "speaker": quote.speaker,
            "role": quote.role,
            "via": quote.via,
            "mention": quote.mention,
            "partial": quote.partial,
            "segments": [segment.text for segment in quote.segments],
        }
        for quote in find_quotes(text, article=path.name, language=golden["language"])
    ]
    assert found == [{"partial": False, **quote} for quote in golden["quotes"]]
