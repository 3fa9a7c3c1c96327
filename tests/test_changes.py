"""What a source changes is said, with the words that are gone; what only grows is no change."""

from datetime import date

import pytest

from conftest import make_article, make_quote
from digest.changes import find_changes, tell_corrections
from digest.models import Article

RAIN = "Rain fell on Monday. The river rose. “We will rebuild,” she said."


def version(text: str, *, day: int, **fields: object) -> Article:
    quotes = (make_quote("We will rebuild it all", speaker="Ada de Wit"),)
    article = make_article(text, fetched=date(2025, 1, day), source="The Post")
    return Article(
        path=article.path, facts=article.facts, text=text, quotes=quotes if "all" in text else ()
    )


def test_a_sentence_that_went_and_one_that_came_are_counted() -> None:
    after = RAIN.replace("Monday", "Tuesday")
    (change,) = find_changes([version(RAIN, day=1), version(after, day=2)])
    assert (change.date, change.gone, change.new, change.quotes) == (date(2025, 1, 2), 1, 1, ())


@pytest.mark.parametrize("after", [RAIN, RAIN + " Pumps came.", RAIN.replace(". ", ".\n")])
def test_an_article_that_only_grew_was_not_changed(after: str) -> None:
    assert find_changes([version(RAIN, day=1), version(after, day=2)]) == ()


def test_a_quote_that_is_gone_is_told_with_its_speaker() -> None:
    before = "“We will rebuild it all,” she said. It rained."
    now = version("It rained.", day=2)
    changes = find_changes([version(before, day=1), now])
    story = Article(path=now.path, facts=now.facts, text=now.text, changes=changes)
    (correction,) = tell_corrections([story], language="en")
    assert correction.text == (
        "The Post changed its article: 1 sentence is gone, 0 are new. "
        "It no longer says: “We will rebuild it all” (Ada de Wit)"
    )


def test_each_version_is_compared_with_the_one_before() -> None:
    texts = ["One came. Two came.", "One came. Three came.", "One came. Four came."]
    versions = [version(text, day=day) for day, text in enumerate(texts, 1)]
    assert [change.date.day for change in find_changes(versions)] == [2, 3]


def test_without_a_day_nothing_is_said() -> None:
    assert find_changes([make_article("One came."), make_article("Two came.")]) == ()
