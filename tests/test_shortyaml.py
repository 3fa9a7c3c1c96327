"""The short way to read plain YAML ends where PyYAML's does, or says that it does not know."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import make_story
from digest.errors import StoryError
from digest.frontmatter import split_front_matter
from digest.models import Moment, Span
from digest.schema import parse_any
from digest.shortyaml import UnknownError, read_plain
from digest.storyfile import FrontMatter, format_story


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One key of each type that front matter knows."""

    text: str = ""
    maybe: str | None = None
    moment: Moment | None = None
    number: int = 0
    flag: bool = False
    names: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


KEYS = ["text", "maybe", "moment", "number", "flag", "names", "spans", "start", "end", "x"]
# What YAML acts on, and what stands beside it.
MARKS = " :#-?,[]{}&*!|>'\"%@`~=<.\\\n\t\x07\x85\xa0\u2028é漢🎉ab01"
VALUES = ["null", "~", "yes", "'yes'", "true", "2025-01-31", "'1'", "[]", "[a]", '"a\\"b"', "''"]

scalar = st.one_of(st.sampled_from(VALUES), st.text(MARKS, max_size=8))
line = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "", "  ", "    "]),
    st.sampled_from(["", "", "- "]),
    st.one_of(st.just(""), st.sampled_from(KEYS).map("{}: ".format), st.sampled_from(KEYS)),
    scalar,
)
opening = st.sampled_from([*map("{}:".format, KEYS), "- text: a", "  start: 1", "  end: 2", "- b"])
texts = st.lists(st.one_of(line, opening), max_size=8).map("\n".join)

# Records as the program writes them, with words that may need quotes and have none.
risky = st.text("ab:#-?'\"\\ ,[]{}&*!|>%@é1~=", min_size=1, max_size=6)
usual = st.sampled_from(
    ["rain", "it''s", "a-b", "a#b", "a:b", "x, y", "(1)", "=", "<a>", "Où?", "~"]
)
words = st.integers(0, 9).flatmap(lambda n: risky if n == 0 else usual)
texts_in_place = st.builds(
    "text: {}\nmaybe: '{}'\nnumber: {}\nnames:\n- {}\n- \"{}\"\nspans:\n- text: {}\n"
    "  start: 1\n  end: {}\n".format,
    *(
        words,
        words,
        st.sampled_from(["1", "-2", "'3'", "x"]),
        words,
        words,
        words,
        st.integers(0, 99),
    ),
)


def agree(wanted: type[Any], text: str) -> bool:
    """Return whether the short way knows a text; fail where PyYAML reads it in another way."""
    try:
        short = read_plain(wanted, text)
    except UnknownError:
        return False
    assert short == parse_any(wanted, text, place="x", error=StoryError, first_line=1)
    return True


@given(texts)
@example("names:\n- a\nspans:\n- text: a\n  start: 1\n  end: 2\n")
@example("spans:\n  - text: a\n    start: 1\n    end: 2")
@example("text: a\n  b\n")
@example("text: it's # one\n")
@example("names: a\nnames: b")
@example("flag: 'yes'")
def test_short_way_reads_what_pyyaml_reads(text: str) -> None:
    agree(Record, text)


@given(texts_in_place)
def test_short_way_reads_usual_records_as_pyyaml_does(text: str) -> None:
    try:
        agree(Record, text)
    except (StoryError, ExceptionGroup) as error:
        raise AssertionError(f"the short way reads what PyYAML refuses: {text!r}") from error


@given(st.lists(st.text(), min_size=4, max_size=4))
@example(["null", "yes", "2025-01-01", "a: b"])
@example(["- a", "# a", "it's", 'say "no"'])
def test_short_way_reads_what_the_program_writes(words: list[str]) -> None:
    title, tag, speaker, outlet = (word.encode(errors="ignore").decode() for word in words)
    story = make_story(title=title, tags=(tag, speaker), people=(outlet,))
    try:
        text = format_story(story).data.decode()
    except UnicodeEncodeError:
        return
    parts = split_front_matter(text, place="x", error=StoryError)
    assert parts is not None
    agree(FrontMatter, parts[0])


@pytest.mark.parametrize("title", ["Rain", "It's over: rain", '"Rain" # 5', "2024", "Où? — là"])
def test_usual_story_is_read_by_the_short_way(title: str) -> None:
    text = format_story(make_story(title=title)).data.decode()
    parts = split_front_matter(text, place="x", error=StoryError)
    assert parts is not None
    assert agree(FrontMatter, parts[0])


@pytest.mark.parametrize(
    "text",
    [
        "text: [a, b]",
        "text: &a b",
        "text: |\n  a",
        "text: a\n\nmaybe: b",
        "# a",
        "text: a\ttab",
        "text",
        "- a",
        "text: 'a",
        '"text": a',
        "? text",
        "unknown: a",
        "number: many",
        "moment: soon",
        "text: null",
        "",
    ],
)
def test_what_is_not_plain_is_left_to_pyyaml(text: str) -> None:
    with pytest.raises(UnknownError):
        read_plain(Record, text)


@pytest.mark.parametrize("character", list(": -'\"\\#[\n~"))
def test_megabyte_of_one_character_is_read_soon(character: str) -> None:
    words = "a" + character * 1_000_000
    try:
        assert read_plain(Record, f"text: {words}").text == words
    except UnknownError:
        assert character != "~"
