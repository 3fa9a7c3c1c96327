"""What is written the short way is what PyYAML writes, character for character."""

from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.plainyaml import write_yaml


def dump(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=float("inf"))


# Characters that mean something in YAML come often; all others, some that are no text, seldom.
AWKWARD = st.text(
    st.sampled_from(list("ab01-.:#,[]{}&*!|>'\"%@`?=<~ \t\n\r\x85\u2028\ufeff_+eExo"))
)
WORDS = st.sampled_from(
    ["yes", "No", "null", "~", "", "1.5", "0x1f", "2025-01-01", "1:30", "=", "<<"]
)
TEXTS = st.text() | AWKWARD | WORDS | st.builds("{} {}".format, WORDS, AWKWARD)
SCALARS = TEXTS | st.none() | st.booleans() | st.integers()
KEYS = st.sampled_from(["title", "articles", "copy_of", "no", "_"]) | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=400)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
@example({"a": [], "b": {}, "c": [[], {}], "d": [["x"]], "e": {"f": {}}})
@example({"a" * 200: 1})
@example({"a": 1.5, "b": float("nan")})
def test_it_is_what_pyyaml_writes(value: dict[str, Any]) -> None:
    assert write_yaml(value) == dump(value)


@given(TEXTS)
@settings(max_examples=600)
def test_each_text_is_what_pyyaml_writes(text: str) -> None:
    assert write_yaml({"a": text, "b": [text]}) == dump({"a": text, "b": [text]})


def test_characters_are_written_alike() -> None:
    texts = [f"a{chr(code)}b" for code in (*range(0x300), *range(0x300, 0x11000, 41))]
    assert [t for t in texts if write_yaml({"a": t}) != dump({"a": t})] == []


def test_starts_and_ends_of_texts_are_written_alike() -> None:
    starts = ("", "a", "-", "?", ":", ".", "---", "é")
    ends = ("", " ", ": ", " #", ":", "#a", "a")
    texts = [start + end for start in starts for end in ends]
    assert [t for t in texts if write_yaml({"a": t}) != dump({"a": t})] == []
