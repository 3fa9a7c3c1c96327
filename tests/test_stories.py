"""Articles about one event become one story, in whatever order they come."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from digest.models import Article, Facts
from digest.stories import choose_title, cluster_articles, relate_clusters

FERRY = "The night ferry to Skarholm ran aground off Vest Point; all 214 passengers were taken off."
FERRY_TOO = "All 214 passengers of the Skarholm night ferry were taken off after it ran aground."
BRIDGE = "Torvald council voted on Monday to close the Ostra bridge to lorries from September."
FERRY_LATER = "The captain of the Skarholm night ferry that ran aground off Vest Point was fined."


def make(path: str, text: str, day: int | None = 1, story: str | None = None) -> Article:
    published = None if day is None else date.fromordinal(738000 + day)
    facts = Facts(title=f"{text.split('.')[0]}", published=published, story=story)
    return Article(path=path, facts=facts, text=text)


ARTICLES = [
    make("a.txt", FERRY),
    make("b.txt", FERRY_TOO, 2),
    make("c.txt", BRIDGE),
    make("d.txt", FERRY_LATER, 300),
]


def paths(articles: Sequence[Article], belongs: dict[str, str] | None = None) -> list[list[str]]:
    clusters = cluster_articles(articles, belongs=belongs or {})
    return [[article.path for article in cluster.articles] for cluster in clusters]


def test_articles_about_one_event_are_one_story_and_a_year_later_it_is_another() -> None:
    assert paths(ARTICLES) == [["a.txt", "b.txt"], ["c.txt"], ["d.txt"]]


@given(st.permutations(ARTICLES))
def test_order_of_the_articles_does_not_matter(articles: list[Article]) -> None:
    assert paths(articles) == paths(ARTICLES)


def test_an_editors_word_wins_over_the_story_that_held_the_article() -> None:
    articles = [make("a.txt", FERRY, story="other"), make("b.txt", FERRY_TOO)]
    clusters = cluster_articles(articles, belongs={"a.txt": "ferry", "b.txt": "ferry"})
    assert [(c.slug, c.articles[0].path) for c in clusters] == [
        ("other", "a.txt"),
        ("ferry", "b.txt"),
    ]


def test_a_new_article_joins_the_story_that_is_there() -> None:
    clusters = cluster_articles(ARTICLES[:2], belongs={"a.txt": "ferry"})
    assert [(c.slug, len(c.articles)) for c in clusters] == [("ferry", 2)]


def test_stories_about_the_same_ship_are_related() -> None:
    assert relate_clusters(cluster_articles(ARTICLES)) == [(2,), (), (0,)]


def test_no_articles_make_no_stories() -> None:
    assert cluster_articles([]) == []


def test_title_that_tells_the_event_wins_over_a_ticker() -> None:
    ticker = Facts(title="Live updates: ferry ran aground at Skarholm")
    plain = Facts(title="Ferry runs aground off Skarholm, all 214 passengers safe")
    articles = [Article(path=f, facts=x, text=FERRY) for f, x in (("a", ticker), ("b", plain))]
    assert choose_title(articles) == plain.title
