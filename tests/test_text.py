"""Paragraphs, sentences and slugs: every piece is verbatim where it says that it stands."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.text import SLUG_LENGTH, slugify, split_paragraphs, split_sentences

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data/text/sentences.yaml").read_text(encoding="utf-8")
)
ODD_TEXT = st.text(alphabet="aB .!?…“”\"'’()[]1\n", max_size=60)


def test_there_are_cases() -> None:
    assert len(CASES) > 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_paragraph_is_cut_into_its_sentences(case: dict[str, Any]) -> None:
    text = " ".join(case["sentences"])
    assert [sentence.text for sentence in split_sentences(text)] == case["sentences"]


@given(ODD_TEXT)
def test_sentences_are_verbatim_and_lose_nothing_but_blanks(text: str) -> None:
    sentences = split_sentences(text)
    assert all(text[s.start : s.end] == s.text == s.text.strip() for s in sentences)
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())


def test_no_sentence_crosses_a_paragraph() -> None:
    assert [s.text for s in split_sentences("A heading\n\nThe text. More.")] == [
        "A heading",
        "The text.",
        "More.",
    ]


def test_paragraphs_stand_between_empty_lines() -> None:
    text = "\n\nOne\ntwo\n\n\n\nthree\n"
    assert [text[p.start : p.end] for p in split_paragraphs(text)] == ["One\ntwo", "three"]


@pytest.mark.parametrize("piece", [*" .!?…“”\"')]\n1AaUS", ". ", "a.", "A. ", "? "])
def test_a_long_run_of_one_mark_loses_nothing(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert sum(len(sentence.text) for sentence in split_sentences(text)) <= len(text)


def test_slug_is_plain_short_and_never_empty() -> None:
    assert slugify("Zoë’s ferry: “aground”!") == "zoes-ferry-aground"
    assert len(slugify("word " * 40)) <= SLUG_LENGTH
    assert slugify("…") == "story"
