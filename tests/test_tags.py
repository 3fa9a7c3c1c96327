"""Tags and people come from what the articles state."""

from digest.models import Article, Facts, Quote, Span
from digest.people import find_people
from digest.tags import find_tags


def make_article(path: str, *tags: str, speaker: str | None = None) -> Article:
    quote = Quote(article=path, segments=(Span(text="Yes,", start=0, end=4),), speaker=speaker)
    return Article(path=path, facts=Facts(tags=tags), text="Yes, she said.", quotes=(quote,))


def test_tag_that_differs_in_case_only_is_one_tag_and_the_section_is_none() -> None:
    articles = [make_article("a", "Ferries", "News"), make_article("b", "ferries", "Skarholm")]
    assert find_tags(articles) == ("Ferries", "Skarholm")


def test_people_are_those_who_are_quoted_most() -> None:
    articles = [make_article(str(n), speaker=who) for n, who in enumerate(("B", "A", "B", None))]
    assert find_people(articles) == ("B", "A")
