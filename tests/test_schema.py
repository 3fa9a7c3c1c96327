"""YAML that people write becomes data, whatever they wrote, or all that is wrong is said."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from digest.errors import ConfigError
from digest.models import Moment
from digest.schema import parse_record


@dataclass(frozen=True, kw_only=True)
class Inner:
    """A part that has to be complete."""

    name: str
    size: int = 1


@dataclass(frozen=True, kw_only=True)
class Record:
    """A field of each kind."""

    text: str = ""
    maybe: str | None = None
    number: int = 0
    flag: bool = False
    day: Moment | None = None
    words: tuple[str, ...] = ()
    inner: tuple[Inner, ...] = ()
    one: Inner = field(default_factory=lambda: Inner(name="a"))


def parse(text: str) -> Record:
    return parse_record(Record, text, place="x.yaml", error=ConfigError)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Record()),
        ("# nothing yet", Record()),
        ("text: no", Record(text="no")),
        ("text: 2024", Record(text="2024")),
        ("text: 1:30", Record(text="1:30")),
        ("text: '~'", Record(text="~")),
        ("maybe: null", Record(maybe=None)),
        ("maybe: ~", Record(maybe=None)),
        ("number: 12", Record(number=12)),
        ("flag: yes", Record(flag=True)),
        ("day: 2025-01-31", Record(day=date(2025, 1, 31))),
        ("words: a b", Record(words=("a b",))),
        ("words: [a, no, 1]", Record(words=("a", "no", "1"))),
        ("words:", Record()),
        ("inner: [{name: x}]", Record(inner=(Inner(name="x"),))),
        ("one: {name: x, size: 2}", Record(one=Inner(name="x", size=2))),
    ],
)
def test_value_is_read_by_the_type_that_is_wanted(text: str, expected: Record) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("text: [a]", "x.yaml:1: text: expected a single value"),
        ("text:", "x.yaml:1: text: expected text, got nothing"),
        ("number: 1.5", "x.yaml:1: number: expected a whole number, got '1.5'"),
        ("flag: maybe", "x.yaml:1: flag: expected true or false, got 'maybe'"),
        ("day: soon", "x.yaml:1: day: 'soon' is not a date"),
        ("words: [[a]]", "x.yaml:1: words: expected a single value"),
        ("inner: [{size: 2}]", "x.yaml:1: name is missing"),
        ("inner: [{name: x, size: big}]", "x.yaml:1: size: expected a whole number, got 'big'"),
        ("text: a\ntext: b", "x.yaml:2: text is there twice"),
        ("- a\n- b", "x.yaml:1: expected lines of `key: value`"),
        ("hello", "x.yaml:1: expected lines of `key: value`"),
        ("{[a]: b}", "x.yaml:1: unknown key"),
        ("<<: {text: x}", "x.yaml:1: unknown key '<<'"),
        ("text: !!python/object/apply:os.system ['x']", "x.yaml:1: text: expected a single value"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        parse(text)
    assert problem in str(caught.value.exceptions[0])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("text: 'a", "x.yaml:1: the YAML is broken"),
        ("text: a\n---\ntext: b", "x.yaml:2: the YAML is broken"),
        ("text: a\x00b", "x.yaml: the YAML cannot be read"),
        ("words: &a [*a]", "x.yaml: the YAML cannot be read: it repeats a part of itself"),
        ("words: [&a b, *a]", "x.yaml: the YAML cannot be read: it repeats a part of itself"),
        ("words: " + "[" * 100_000, "x.yaml: the YAML cannot be read: it is nested more than 50"),
        ("- " * 100_000, "x.yaml: the YAML cannot be read: it is nested more than 50"),
    ],
)
def test_what_is_no_yaml_is_said(text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert str(caught.value).startswith(problem)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        parse("number: x\nflag: x\ntxt: x\n")
    lines = [str(error).partition(":")[2].partition(":")[0] for error in caught.value.exceptions]
    assert sorted(lines) == ["1", "2", "3"]


def test_aliases_that_multiply_cost_nothing() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(ConfigError, match="it repeats a part of itself"):
        parse("\n".join([*lines, "words: *i"]))
