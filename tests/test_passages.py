"""Links to the very words are encoded as the specification of text fragments asks."""

import pytest

from digest.passages import link_passage


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("Rain fell.", "Rain%20fell."),
        ("well-known, and R&D", "well%2Dknown%2C%20and%20R%26D"),
        ("50% of it #1", "50%25%20of%20it%20%231"),
        ("naïve “café”", "na%C3%AFve%20%E2%80%9Ccaf%C3%A9%E2%80%9D"),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            "one%20two%20three%20four%20five,nine%20ten%20eleven%20twelve%20thirteen",
        ),
    ],
)
def test_words_become_a_text_directive(words: str, directive: str) -> None:
    assert link_passage("https://a.example/x", words) == f"https://a.example/x#:~:text={directive}"


def test_fragment_of_the_address_stays() -> None:
    assert link_passage("https://a.example/x#top", "Rain") == "https://a.example/x#top:~:text=Rain"


def test_without_words_there_is_no_directive() -> None:
    assert link_passage("https://a.example/x", " ") == "https://a.example/x"
