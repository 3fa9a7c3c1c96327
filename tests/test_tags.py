"""Tags and people come from what the articles state."""

import pytest

from digest.models import Article, Facts, Quote, Span
from digest.people import find_people
from digest.tags import find_tags

TEXT = (
    "The ferry ran aground off Vest Point on Friday, Captain Ada Lund said. Divers from the "
    "Skarholm Coast Guard are at Vest Point.\n\n"
    "It was the first night of Lund on the ferry, Reuters reported. The Skarholm Coast Guard has "
    "sent two boats to Vest Point, and the Skarholm Coast Guard will tow it on Monday."
)


def make_article(path: str, *tags: str, speaker: str | None = None, text: str = "") -> Article:
    quote = Quote(article=path, segments=(Span(text="Yes,", start=0, end=4),), speaker=speaker)
    return Article(path=path, facts=Facts(tags=tags), text=text, quotes=(quote,))


def test_tag_that_differs_in_case_only_is_one_tag_and_the_section_is_none() -> None:
    articles = [make_article("a", "Ferries", "News"), make_article("b", "ferries", "Skarholm")]
    assert find_tags(articles) == ("Ferries", "Skarholm")


def test_names_that_are_repeated_are_tags_but_not_days_people_and_agencies() -> None:
    assert find_tags([make_article("a", text=TEXT)]) == ("Skarholm Coast Guard", "Vest Point")


def test_tag_of_the_article_comes_before_a_name_and_is_not_repeated() -> None:
    tags = find_tags([make_article("a", "Ferries", "vest point", text=TEXT)])
    assert tags == ("Ferries", "vest point", "Skarholm Coast Guard")


TOPICS = (
    "On Tuesday officials of the Food and Drug Administration met Mr. Holm in Vik. The Food and "
    "Drug Administration told President Berg and the Norwegian Navy on Tuesday that Mr. Holm had "
    "left Vik. On Tuesday the Food and Drug Administration asked President Berg and the Norwegian "
    "Navy to look at Vik again, and President Berg agreed. The Norwegian Navy did so."
)


def test_topics_are_whole_names_of_places_and_bodies_and_of_nobody() -> None:
    assert find_tags([make_article("a", text=TOPICS)]) == (
        "Food and Drug Administration",
        "Navy",
        "Vik",
    )


@pytest.mark.parametrize("word", ["Tuesday", "officials", "Live updates", "BBC News", "Exclusive"])
def test_day_a_crowd_or_a_section_is_no_topic(word: str) -> None:
    assert find_tags([make_article("a", word, "Ferries")]) == ("Ferries",)


def test_people_are_those_who_are_quoted_most() -> None:
    speakers = ("Per Holm", "Ada Lund", "Per Holm", None)
    articles = [make_article(str(n), speaker=who) for n, who in enumerate(speakers)]
    assert find_people(articles) == ("Per Holm", "Ada Lund")


@pytest.mark.parametrize(
    "nobody", ["officials", "Skarholm Police", "Reuters", "the ministry", "Vik", "New York Times"]
)
def test_who_speaks_for_a_body_or_has_no_name_is_none_of_the_people(nobody: str) -> None:
    assert find_people([make_article("a", speaker=nobody)]) == ()


def test_one_name_is_enough_for_somebody_with_a_title() -> None:
    article = make_article("a", speaker="Holm", text="“Yes,” Mr. Holm told the harbour board.")
    assert find_people([article]) == ("Holm",)


def test_somebody_who_is_much_written_about_is_one_of_the_people() -> None:
    text = f"{TEXT} Nobody blames Lund."
    assert find_people([make_article("a", text=text, speaker="Per Holm")]) == (
        "Ada Lund",
        "Per Holm",
    )


def test_no_articles_have_no_tags_and_no_people() -> None:
    assert find_tags([]) == find_people([]) == ()


@pytest.mark.parametrize("piece", ["A ", "Aa ", "Aa of the ", "A’", "The ", "Mr. ", "Aa-", '"A '])
def test_a_long_run_of_capitals_is_no_name(piece: str) -> None:
    article = make_article("a", text=piece * 100_000)
    assert all(len(name.split()) < 10 for name in (*find_tags([article]), *find_people([article])))
