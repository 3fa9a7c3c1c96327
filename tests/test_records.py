"""What is stored reads back equal, and what is broken is not believed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import make_quote, make_story
from digest.models import Article, Facts, Removed, Span, Story
from digest.records import RecordError, decode_record, decode_records, encode_record

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
    span, other = (Span(text=text, start=0, end=4) for text in ("Rain", "Snow"))
    stored = [encode_record(span), broken, encode_record(other)]
    assert decode_records(Span, stored) == [span, None, other]
    assert decode_records(Span, []) == []


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
