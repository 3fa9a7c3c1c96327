"""Articles about one event become one story, in whatever order they come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Article, Facts
from digest.outlines import outline_article
from digest.stories import Cluster, choose_title, cluster_articles, parts, relate_stories
from digest.stories.crowds import thin_crowds
from digest.stories.outline import Load
from digest.stories.pairs import Pairs, Row, find_rows
from digest.stories.parts import compare_part, cut_parts
from digest.stories.vectors import Vector, list_words, rate_words, weigh_together
from digest.stories.weekdays import compare_weekdays, find_weekday
from digest.text import find_copies

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


def words_of(articles: Sequence[Article]) -> Load:
    words = {article.path: list_words(article) for article in articles}
    return lambda paths: [words[path] for path in paths]


def cluster(articles: Sequence[Article], belongs: dict[str, str] | None = None) -> list[Cluster]:
    outlines = [outline_article(article) for article in articles]
    return cluster_articles(outlines, words_of(articles), belongs=belongs or {})


def paths_of(cluster: Cluster) -> list[str]:
    return [outline.path for outline in cluster.outlines]


def paths(articles: Sequence[Article], belongs: dict[str, str] | None = None) -> list[list[str]]:
    return [paths_of(found) for found in cluster(articles, belongs)]


def relate(articles: Sequence[Article]) -> list[tuple[int, ...]]:
    return relate_stories(paths(articles), words_of(articles))


def title_of(articles: Sequence[Article]) -> str:
    return choose_title([outline_article(a) for a in articles], words_of(articles))


def test_articles_about_one_event_are_one_story_and_a_year_later_it_is_another() -> None:
    assert paths(ARTICLES) == [["a.txt", "b.txt"], ["c.txt"], ["d.txt"]]


@given(st.permutations(ARTICLES))
def test_order_of_the_articles_does_not_matter(articles: list[Article]) -> None:
    assert paths(articles) == paths(ARTICLES)


def test_an_editors_word_wins_over_the_story_that_held_the_article() -> None:
    articles = [make("a.txt", FERRY, story="other"), make("b.txt", FERRY_TOO)]
    clusters = cluster(articles, {"a.txt": "ferry", "b.txt": "ferry"})
    assert [(c.slug, paths_of(c)) for c in clusters] == [
        ("other", ["a.txt"]),
        ("ferry", ["b.txt"]),
    ]


def test_a_new_article_joins_the_story_that_is_there() -> None:
    clusters = cluster(ARTICLES[:2], {"a.txt": "ferry"})
    assert [(c.slug, len(c.outlines)) for c in clusters] == [("ferry", 2)]


def test_stories_about_the_same_ship_are_related() -> None:
    assert relate(ARTICLES) == [(2,), (), (0,)]


def test_no_articles_make_no_stories() -> None:
    assert paths([]) == []


def test_title_that_tells_the_event_wins_over_a_ticker() -> None:
    ticker = Facts(title="Live updates: ferry ran aground at Skarholm")
    plain = Facts(title="Ferry runs aground off Skarholm, all 214 passengers safe")
    articles = [Article(path=f, facts=x, text=FERRY) for f, x in (("a", ticker), ("b", plain))]
    assert title_of(articles) == plain.title


@pytest.mark.parametrize(
    "empty",
    [
        "Skarholm ferry: live blog as passengers are taken off the ship near Vest Point",
        "Ferry runs aground off Skarholm: everything we know so far about the 214 passengers",
        "Ferry runs aground off Skarholm, and what happens next will blow your mind",
        "Why did the Skarholm ferry with 214 passengers run aground off Vest Point?",
        "Five takeaways from the night that the ferry ran aground off Skarholm",
        "Explained: why the ferry ran aground off Skarholm with 214 passengers",
    ],
)
def test_headline_that_holds_something_back_is_not_the_title(empty: str) -> None:
    plain = "Ferry aground, passengers safe"
    articles = [
        Article(path=name, facts=Facts(title=title), text=FERRY)
        for name, title in (("a", empty), ("b", plain))
    ]
    assert title_of(articles) == plain


def test_undated_texts_are_more_alike_if_they_name_the_same_weekday_first() -> None:
    monday, also_monday, friday, none = (
        make("a.txt", f"The ferry ran aground {when}.", day=None)
        for when in ("on Monday, not on Friday", "late on Monday", "on Friday", "again")
    )
    articles = [monday, also_monday, friday, none]
    pairs = [{}, {0: 0.1}, {0: 0.1}, {0: 0.1}]
    assert compare_weekdays(pairs, [find_weekday(a) for a in articles]) == [
        {},
        {0: pytest.approx(0.12)},
        {0: pytest.approx(0.08)},
        {0: 0.1},
    ]


def test_weekday_that_a_dated_text_names_changes_nothing() -> None:
    articles = [make("a.txt", f"{FERRY} That was on Monday."), make("b.txt", FERRY)]
    assert [find_weekday(article) for article in articles] == [None, None]


def test_likeness_counts_less_where_an_undated_text_is_like_many() -> None:
    alone: Pairs = [{}, {0: 0.2}]
    crowd: Pairs = [{}, *(dict.fromkeys(range(number), 0.2) for number in range(1, 70))]
    near = thin_crowds(alone, [True] * 2)[1][0]
    assert near > thin_crowds(crowd, [True] * 70)[1][0]
    assert thin_crowds(crowd, [False] * 70) == crowd


def test_the_two_articles_of_the_example_are_two_related_stories() -> None:
    folder = Path(__file__).parent / "data/inspect"
    articles = []
    for file in sorted(folder.glob("*putin*.yaml")):
        known = yaml.safe_load(file.read_text(encoding="utf-8"))
        text = "\n\n".join(paragraph.strip() for paragraph in known["paragraphs"])
        articles.append(Article(path=file.stem, facts=Facts(title=known["title"]), text=text))
    assert len(articles) == 2
    assert [len(story) for story in paths(articles)] == [1, 1]
    assert relate(articles) == [(1,), (0,)]


WEEK: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "data/stories/week.yaml").read_text(encoding="utf-8")
)


def read_week() -> list[Article]:
    return [
        Article(
            path=f"{event}-{number}",
            facts=Facts(title=report["title"], published=report["published"]),
            text=report["text"],
        )
        for event, reports in WEEK.items()
        for number, report in enumerate(reports)
    ]


def events_of(clusters: Sequence[Cluster]) -> list[set[str]]:
    return [{path.rpartition("-")[0] for path in paths_of(cluster)} for cluster in clusters]


def test_reports_of_a_week_are_grouped_by_event_not_by_topic() -> None:
    clusters = cluster(read_week())
    assert len(clusters) == len(WEEK) > 5
    assert all(len(events) == 1 for events in events_of(clusters))


def test_headlines_alone_are_enough() -> None:
    articles = [replace(article, text=article.facts.title or "") for article in read_week()]
    assert all(len(events) == 1 for events in events_of(cluster(articles)))


def test_articles_without_a_date_are_grouped_by_their_text() -> None:
    articles = [replace(a, facts=replace(a.facts, published=None)) for a in read_week()]
    clusters = cluster(articles)
    assert len(clusters) == len(WEEK)
    assert all(len(events) == 1 for events in events_of(clusters))


@settings(max_examples=20, deadline=None)
@given(st.permutations(read_week()), st.integers(1, 9))
def test_batches_in_any_order_give_the_stories_that_come_of_all_at_once(
    articles: list[Article], size: int
) -> None:
    belongs: dict[str, str] = {}
    clusters: list[Cluster] = []
    for end in range(size, len(articles) + size, size):
        clusters = cluster(articles[:end], belongs)
        for found in clusters:
            first, *_ = members = paths_of(found)
            belongs |= dict.fromkeys(members, found.slug or f"of {first}")
    assert [paths_of(found) for found in clusters] == paths(articles)


def test_what_an_editor_split_stays_apart_and_what_was_merged_stays_together() -> None:
    articles = read_week()
    first, second = list(WEEK)[:2]
    split = {f"{first}-0": "one", f"{first}-1": "two"}
    merged = {f"{second}-0": "one"}
    clusters = cluster(articles, split | merged)
    holders = {path: found.slug for found in clusters for path in paths_of(found)}
    assert (holders[f"{first}-0"], holders[f"{first}-1"]) == ("one", "two")
    assert holders[f"{second}-0"] == "one"


def test_stories_of_two_slugs_are_never_joined() -> None:
    belongs = {article.path: f"story of {article.path}" for article in read_week()}
    assert len(cluster(read_week(), belongs)) == len(read_week())


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=5, unique=True).map(" ".join)
DAYS = st.lists(st.integers(0, 30) | st.just(inf), max_size=30).map(sorted)


def compare_with_all(vectors: list[Vector], days: list[float], number: int) -> Row:
    """Return what a text is like, with all before it held."""
    day, before = days[number], range(number)
    near = [n for n in before if day == inf or day - days[n] <= 7]
    texts, moments = [vectors[n] for n in near], [days[n] for n in near]
    (row,) = find_rows([*texts, vectors[number]], [*moments, day], window=7, first=len(near))
    return {near[place]: likeness for place, likeness in row.items()}


@given(DAYS, st.data())
def test_parts_find_what_one_pass_finds(days: list[float], data: st.DataObject) -> None:
    units = [(f"\n{data.draw(WORDS)}",) for _ in days]
    rarity = rate_words(words for unit in units for words in unit)
    vectors = [weigh_together(unit, rarity) for unit in units]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LEAST", 3)
        cut = list(cut_parts(lambda *ends: units[slice(*ends)], days, rarity, window=7))
    found = [row for part in cut for row in compare_part(part)]
    assert found == [compare_with_all(vectors, days, number) for number in range(len(days))]
    assert len(cut) >= len(days) / 15


def test_a_part_holds_no_more_than_its_window() -> None:
    days = [float(number) for number in range(5000)]
    units = [("\nferry",) for _ in days]
    cut = list(cut_parts(lambda *ends: units[slice(*ends)], days, {"ferry": 1.0}, window=7))
    assert [len(part.units) for part in cut] == [1000, 1007, 1007, 1007, 1007]


def test_copies_have_one_origin() -> None:
    ferry = f"{FERRY} {FERRY_LATER}"
    assert find_copies([ferry, BRIDGE, f"VIK (AP) — {ferry}", FERRY, ""]) == [0, 1, 0, 0, 4]
