"""Stories get slugs and guids once, and every field of theirs from their articles."""

from datetime import UTC, date, datetime

import pytest

from conftest import make_article
from digest.models import Article
from digest.tell import Plan, Telling, choose_slugs, make_guid, tell_story

UPDATED = datetime(2025, 1, 4, tzinfo=UTC)
TELLING = Telling(sentences=3, words=None, quotes=5, quotes_per_article=3, language="en")


def plan(*articles: Article) -> Plan:
    return Plan(articles=articles, title="Rain", slug="rain", guid="tag:x", related=())


def test_slug_is_made_of_the_title() -> None:
    assert choose_slugs(["Rain in Utrecht!"], taken=[]) == ["rain-in-utrecht"]


@pytest.mark.parametrize("taken", ["rain-in-utrecht", "Rain-In-Utrecht"])
def test_slug_that_is_taken_gets_a_number(taken: str) -> None:
    assert choose_slugs(["Rain in Utrecht"], taken=[taken]) == ["rain-in-utrecht-2"]


def test_new_stories_of_one_title_get_different_slugs() -> None:
    assert choose_slugs(["Rain", "Rain", "Snow"], taken=["rain-2"]) == ["rain", "rain-3", "snow"]


@pytest.mark.parametrize("title", ["../../etc/passwd", "..", "CON", "a/b\\c", "洪水"])
def test_slug_is_safe_as_the_name_of_a_file(title: str) -> None:
    (slug,) = choose_slugs([title], taken=[])
    assert slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_guid_is_a_tag_uri() -> None:
    assert make_guid("rain", base_url="https://example.org/x/") == "tag:example.org,2026:rain"


def test_story_is_dated_from_its_first_article_to_its_last() -> None:
    articles = (
        make_article(
            path="a.md", published=date(2025, 1, 2), updated=datetime(2025, 1, 4, tzinfo=UTC)
        ),
        make_article(path="b.md", published=date(2025, 1, 1)),
        make_article(path="c.md"),
    )
    story = tell_story(plan(*articles), telling=TELLING)
    assert story.published == date(2025, 1, 1)
    assert story.updated == UPDATED
    assert [article.path for article in story.articles] == ["a.md", "b.md", "c.md"]


def test_copy_names_the_article_that_it_prints_again() -> None:
    text = "The ferry ran aground on Monday night, and all passengers were taken off by morning."
    articles = (
        make_article(text, path="a.md"),
        make_article(text, path="b.md"),
        make_article("Voters in Chile chose a new parliament on Tuesday.", path="c.md"),
    )
    story = tell_story(plan(*articles), telling=TELLING)
    assert [article.copy_of for article in story.articles] == [None, "a.md", None]


def test_story_of_undated_articles_is_undated() -> None:
    story = tell_story(plan(make_article()), telling=TELLING)
    assert (story.published, story.updated) == (None, None)
