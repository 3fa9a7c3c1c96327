"""What a story says is in its articles word for word, or it is named as what it is."""

from dataclasses import replace

import pytest

from conftest import make_quote, make_story, make_story_file
from digest.models import StoryFile
from digest.verify import find_missing, verify_story

TEXTS = {"a.md": "Rain fell. “We will rebuild the ‘old’ bridge, and soon,” said Ada de Wit."}
EDITED = replace(make_story_file(), edited=True)


def problems(file: StoryFile) -> list[str]:
    return [error.problem for error in verify_story(file, TEXTS)]


def body(quote: str) -> StoryFile:
    return replace(EDITED, body=f"> {quote}\n>\n> — **Ada de Wit**\n")


def test_verbatim_story_has_no_problems() -> None:
    assert problems(make_story_file()) == []


def test_sentence_that_is_in_no_article_is_named() -> None:
    sentence = replace(make_story().summary[0], text="Snow fell.")
    file = make_story_file(make_story(summary=(sentence,)))
    assert problems(file) == ["“Snow fell.” is not in a.md"]


def test_quote_that_is_in_no_article_is_named() -> None:
    file = make_story_file(make_story(quotes=(make_quote("We will not rebuild"),)))
    assert problems(file) == ["“We will not rebuild” is not in a.md"]


@pytest.mark.parametrize(
    "quote",
    [
        "“We will rebuild the ‘old’ bridge, and soon,”",
        "“We will rebuild” … “and soon,”",
        "We will rebuild",
    ],
)
def test_quote_in_an_edited_body_may_be_any_part_of_the_article(quote: str) -> None:
    assert problems(body(quote)) == []


@pytest.mark.parametrize("quote", ["“We will rebuild” … “at once”", "“We build again”", "At once"])
def test_quote_in_an_edited_body_has_to_be_verbatim(quote: str) -> None:
    assert len(problems(body(quote))) == 1


def test_quote_that_no_article_can_prove_is_named() -> None:
    file = replace(body("We will rebuild"), story=make_story(articles=(), summary=(), quotes=()))
    assert problems(file) == ["“We will rebuild” is not in any article"]


def test_words_of_the_editor_are_the_editors() -> None:
    assert problems(replace(EDITED, body="In my own words.\n\n> A poem that nobody said.\n")) == []


def test_article_that_is_gone_is_named() -> None:
    (error,) = find_missing(make_story_file(), [])
    assert str(error) == (
        "rain-in-utrecht.md: its article a.md is gone or cannot be used "
        "(put it back, or delete the story)"
    )
    assert list(find_missing(make_story_file(), ["a.md"])) == []
