"""What is stored reads back equal, and what is broken is not believed."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import make_quote, make_story
from digest.build.articles import Flaw
from digest.models import Article, Facts, Removed, Story
from digest.records import RecordError, decode_record, decode_records, encode_record
from digest.stories import Outline

MOMENTS = st.none() | st.dates() | st.datetimes(timezones=st.just(UTC))
TEXTS = st.text(st.characters())  # lone surrogates too: pages hold them


@given(TEXTS, MOMENTS, st.lists(TEXTS), st.none() | TEXTS)
def test_article_reads_back_equal(
    text: str, published: date | datetime | None, tags: list[str], role: str | None
) -> None:
    facts = Facts(published=published, tags=tuple(tags), title=role)
    article = Article(path=text, facts=facts, text=text, quotes=(make_quote(role=role),))
    assert decode_record(Article, encode_record(article)) == article


def test_story_reads_back_equal() -> None:
    story = make_story(published=date(2025, 1, 1), related=("a", "b"))
    assert decode_record(Story, encode_record(story)) == story


@pytest.mark.parametrize("broken", [b"", b"[", b"null", b"[1],[2", b"[],[]", b"7", b"\xff"])
def test_what_is_no_record_takes_no_other_with_it(broken: bytes) -> None:
    flaw, other = (Flaw(path=path, place="a", problem="b", remedy="c") for path in "ab")
    stored = [encode_record(flaw), broken, encode_record(other)]
    assert decode_records(Flaw, stored) == [flaw, None, other]


OUTLINES = st.builds(
    Outline,
    path=TEXTS,
    marks=st.lists(TEXTS).map(tuple),
    published=MOMENTS,
    story=st.none() | TEXTS,
    title=st.none() | TEXTS,
    opening=TEXTS,
    faults=st.integers(),
    weekday=st.none() | TEXTS,
)


@given(st.lists(OUTLINES))
def test_many_records_read_back_equal(outlines: list[Outline]) -> None:
    assert decode_records(Outline, [encode_record(outline) for outline in outlines]) == outlines


@given(OUTLINES, OUTLINES, st.integers(0, 7), st.just(True) | st.just([[]]) | st.floats())
def test_field_of_another_kind_takes_its_record_only(
    outline: Outline, other: Outline, field: int, value: Any
) -> None:
    broken = json.loads(encode_record(outline).decode("utf-8", "surrogatepass"))
    broken[field] = value
    stored = [encode_record(other), json.dumps(broken).encode()]
    assert decode_records(Outline, stored) == [other, None]


@pytest.mark.parametrize("data", [b"", b"\xff", b"null", b"{}", b"[]", b'["a.md"]', b"[" * 100_000])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(RecordError):
        decode_record(Article, data)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"text"', "7"),
        ('"text"', "null"),
        ('"2025-01-01"', '"yesterday"'),
        ('"2025-01-01"', '"2025-01-01T12:00:00"'),
        ('"2025-01-01"', "20250101"),
        ('["rain"]', '"rain"'),
        ('["rain"]', '[["rain"]]'),
        ('["rain"]', '["rain"],null'),
        ('"date"', '"because"'),
        ("[[4,", '[["4",'),
    ],
)
def test_what_does_not_fit_its_field_is_refused(right: str, wrong: str) -> None:
    facts = Facts(published=date(2025, 1, 1), tags=("rain",))
    removed = (Removed(line=4, text="May 1", reason="date"),)
    data = encode_record(Article(path="a.md", facts=facts, text="text", removed=removed)).decode()
    assert decode_record(Article, data.encode())
    assert right in data
    with pytest.raises(RecordError):
        decode_record(Article, data.replace(right, wrong, 1).encode())
