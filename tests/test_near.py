"""A new text is compared with those that it may belong to, and decided as if with all."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from digest.build.groups import Known, group_articles
from digest.build.holdings import Holding
from digest.config import StoriesConfig
from digest.models import Article, Facts
from digest.outlines import outline_article
from digest.stories.near import Text, count_spread, find_candidates, find_near
from digest.stories.vectors import Spread, list_words

THINGS = ("ferry", "bridge", "strike", "harvest", "tunnel", "library", "tram", "dam", "museum")
PLACES = ("Skarholm", "Torvald", "Ostra", "Lindby", "Marnau", "Brevik", "Halmer", "Quent")
OPTIONS = StoriesConfig()


def event(number: int) -> tuple[str, str, date]:
    """Return place, thing and day of an event."""
    place, thing = PLACES[number % len(PLACES)], THINGS[number * 7 % len(THINGS)]
    return place, thing, date(2025, 1, 1) + timedelta(days=3 * number)


def report(number: int, which: int) -> Article:
    """Return one of the reports on an event."""
    place, thing, day = event(number)
    text = f"The {thing} of {place} was closed after an accident, number {number}a says. " * 2
    extra = ("Nobody was hurt.", "Police came.", "It will open again on Monday.")[which]
    facts = Facts(title=f"{place} closes its {thing}", published=day, source=f"Post {which}")
    return Article(path=f"{number:03}-{which}.txt", facts=facts, text=text + extra)


ARCHIVE = {a.path: a for n in range(30) for a in (report(n, 0), report(n, 1))}


def group(new: Article, *, held: Iterable[int]) -> dict[str, tuple[str, ...]]:
    """Return the paths of all stories, after stories of two reports each have been told."""
    articles = dict(sorted((ARCHIVE | {new.path: new}).items()))
    holdings = [
        Holding(
            path=f"{n}.md",
            digest="",
            slug=f"s{n}",
            guid="",
            edited=False,
            draft=False,
            articles=(f"{n:03}-0.txt", f"{n:03}-1.txt"),
            marks=((), ()),
            related=(),
        )
        for n in held
    ]
    outlines = {path: outline_article(article) for path, article in articles.items()}

    known = Known(outlines, lambda paths: [list_words(articles[path]) for path in paths])
    groups = group_articles(known, holdings, options=OPTIONS)
    return {g.slug: g.paths for g in groups}


def test_new_report_joins_the_story_of_its_event() -> None:
    groups = group(report(4, 2), held=range(30))
    assert groups["s4"] == ("004-0.txt", "004-1.txt", "004-2.txt")
    assert len(groups) == 30


def test_report_of_another_event_becomes_a_story() -> None:
    text = "Voters in Chile chose a new parliament on Sunday, and turnout was high."
    facts = Facts(title="Chile votes", published=date(2025, 1, 5))
    groups = group(Article(path="new.txt", facts=facts, text=text), held=range(30))
    assert groups["chile-votes"] == ("new.txt",)
    assert len(groups) == 31


def test_same_words_much_later_are_another_story() -> None:
    late = report(4, 2)
    facts = Facts(title=late.facts.title, published=date(2027, 1, 1))
    groups = group(Article(path=late.path, facts=facts, text=late.text), held=range(30))
    assert groups["s4"] == ("004-0.txt", "004-1.txt")


def spread_of(texts: Sequence[Text]) -> Spread:
    words = {str(number): text.words for number, text in enumerate(texts)}
    return count_spread(list(words), lambda paths: [words[path] for path in paths])


def test_nearest_texts_share_the_rarest_words() -> None:
    texts = [Text(0, "budget council ferry"), Text(0, "budget council"), Text(40, "ferry")]
    texts += [Text(0, f"council word{n}") for n in range(50)]
    new = [Text(1, "council ferry skarholm")]
    spread = spread_of(texts)
    assert find_near(new, texts, spread=spread, window_days=7, limit=2) == [[0, 1]]
    assert find_near(new, texts, spread=spread, limit=2)[0][0] == 0
    undated = [Text(inf, "ferry")]
    assert find_near(undated, texts, spread=spread, window_days=7) == [[0, 2]]


@given(
    st.lists(st.integers(0, 30) | st.just(inf), max_size=5),
    st.lists(st.integers(0, 30) | st.just(inf), max_size=9),
    st.integers(0, 9) | st.just(inf),
)
def test_only_texts_that_no_new_one_is_compared_with_are_left_out(
    new: list[float], days: list[float], window: float
) -> None:
    named = {str(number): day for number, day in enumerate(days)}
    near = [
        name
        for name, day in named.items()
        if any(inf in (day, other) or abs(day - other) <= window for other in new)
    ]
    assert find_candidates(named, new, window) == near


@given(st.lists(st.text("ab ", max_size=8), max_size=20), st.integers(1, 5))
def test_no_text_is_found_twice_or_without_a_common_word(words: list[str], limit: int) -> None:
    texts = [Text(0, " ".join(sorted(set(text.split())))) for text in words]
    found = find_near(texts, texts, spread=spread_of(texts), limit=limit)
    for text, row in zip(texts, found, strict=True):
        assert len(row) == len(set(row)) <= limit
        assert all({*text.words.split()} & {*texts[number].words.split()} for number in row)
