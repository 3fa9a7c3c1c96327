"""What is written reads back equal, and what an editor wrote is recognised as the editor's."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import make_story
from digest.errors import StoryError
from digest.models import ArticleRef, Moment, Quote, Sentence, Span, Story, StoryFile
from digest.storyfile import format_story, parse_story

EXPECTED = """\
---
title: Rain in Utrecht
slug: rain-in-utrecht
tags: []
people: []
summary:
- article: a.md
  text: Rain fell.
  start: 0
  end: 10
quotes:
- article: a.md
  segments:
  - text: We will rebuild
    start: 12
    end: 27
  speaker: Ada de Wit
  role: mayor
  via: Reuters
  mention: null
  partial: false
articles:
- path: a.md
  title: Rain
  url: https://a.example/
  source: Post
  author: []
  published: null
  language: null
  copy_of: null
related: []
digest:
  guid: tag:example.org,2026:rain-in-utrecht
  facts: c82d9580722132aa
  body: 16678cf2c115881f
---

Rain fell. [1](#source-1)

## Key quotes

> “We will rebuild”
>
> — **Ada de Wit**, mayor, via Reuters [1](#source-1)

## Sources

1. [Rain](<https://a.example/>) — Post
"""


def written(story: Story) -> str:
    return format_story(story).data.decode()


def read(text: str) -> StoryFile:
    return parse_story(text, path="content/stories/rain-in-utrecht.md")


def test_story_file_looks_like_this() -> None:
    assert written(make_story()) == EXPECTED


WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1
).filter(lambda text: text == " ".join(text.split()))
SPANS = st.builds(Span, text=WORDS, start=st.integers(0, 9), end=st.integers(9, 99))
MOMENTS: st.SearchStrategy[Moment | None] = st.one_of(
    st.none(), st.dates(), st.datetimes(timezones=st.just(UTC))
)
STORIES = st.builds(
    make_story,
    title=WORDS,
    published=MOMENTS,
    updated=MOMENTS,
    tags=st.tuples(WORDS),
    people=st.tuples(WORDS, WORDS),
    summary=st.tuples(
        st.builds(Sentence, article=st.just("a.md"), text=WORDS, start=st.just(1), end=st.just(2))
    ),
    quotes=st.tuples(
        st.builds(
            Quote,
            article=st.just("a.md"),
            segments=st.tuples(SPANS, SPANS),
            speaker=st.none() | WORDS,
            role=st.none() | WORDS,
            via=st.none() | WORDS,
            partial=st.booleans(),
        )
    ),
    articles=st.tuples(
        st.builds(
            ArticleRef,
            path=st.just("a.md"),
            title=WORDS,
            url=st.none() | st.just("https://a.example/"),
            source=st.none() | WORDS,
            author=st.tuples(WORDS),
            published=MOMENTS,
        )
    ),
)


@given(STORIES)
def test_what_is_written_reads_back_equal(story: Story) -> None:
    again = read(written(story))
    assert again.story == story
    assert not again.edited


def test_draft_is_read_back_and_is_no_edit() -> None:
    text = format_story(make_story(), draft=True).data.decode()
    assert "draft: true\n" in text
    assert (read(text).draft, read(text).edited) == (True, False)
    assert not read(text.replace("draft: true\n", "")).edited
    assert not read(EXPECTED.replace("tags: []\n", "draft: true\ntags: []\n")).edited


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rain fell. [1]", "It rained. [1]"),
        ("title: Rain in Utrecht", "title: Rain over Utrecht"),
        ("  role: mayor", "  role: the mayor"),
        ("related: []", "related: [snow]"),
    ],
)
def test_change_of_an_editor_is_recognised(old: str, new: str) -> None:
    assert read(EXPECTED.replace(old, new, 1)).edited


def test_times_are_iso_text() -> None:
    text = written(
        make_story(published=date(2025, 1, 1), updated=datetime(2025, 1, 2, 3, 4, tzinfo=UTC))
    )
    assert "published: '2025-01-01'\nupdated: '2025-01-02T03:04:00+00:00'\n" in text


def test_quote_without_speaker_says_so() -> None:
    story = make_story()
    nobody = replace(story.quotes[0], speaker=None, role=None, via=None)
    text = written(replace(story, quotes=(nobody,)))
    assert "> — The article does not say who [1](#source-1)\n" in text


def test_hand_made_story_needs_title_and_slug_only() -> None:
    file = read("---\ntitle: Rain\nslug: rain-in-utrecht\n---\n\nMy words.\n")
    assert file.edited
    assert file.story.title == "Rain"
    assert file.body == "My words.\n"


def test_story_without_a_body_needs_no_last_newline() -> None:
    assert read("---\ntitle: Rain\nslug: rain-in-utrecht\n---").body == ""


def test_story_file_without_an_end_of_its_front_matter_is_refused() -> None:
    with pytest.raises(StoryError, match="the front matter has no end"):
        read("---\ntitle: Rain\n")
