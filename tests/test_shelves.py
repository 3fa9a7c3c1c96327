"""Stories stand in their order, and on shelves whose addresses never collide."""

from datetime import UTC, date, datetime

from conftest import make_quote, make_story, make_story_file
from digest.models import ArticleRef, Story
from shelving import newest_first, put_on_shelves


def shelves_of(*stories: Story) -> dict[str, list[str]]:
    """Return the slugs of the stories on each shelf, by its address."""
    shelves = put_on_shelves(map(make_story_file, stories))
    return {s.label.address: [card.slug for card in s.cards] for k in shelves for s in shelves[k]}


def test_newest_story_comes_first_and_the_undated_last() -> None:
    days = {"old": date(2024, 1, 1), "none": None, "new": datetime(2025, 1, 1, tzinfo=UTC)}
    stories = [make_story(slug=slug, published=day) for slug, day in days.items()]
    briefs = newest_first(map(make_story_file, stories))
    assert [story.slug for story in briefs] == ["new", "old", "none"]
    tagged = (make_story(slug=slug, published=day, tags=("x",)) for slug, day in days.items())
    assert shelves_of(*tagged)["topics/x/"] == ["new", "old", "none"]


def test_months_hold_their_stories() -> None:
    found = shelves_of(
        make_story(slug="a", published=date(2025, 1, 31)),
        make_story(slug="b", published=date(2025, 2, 1)),
        make_story(slug="c"),
    )
    assert found["archive/2025/01/"] == ["a"]
    assert found["archive/2025/02/"] == ["b"]
    assert found["archive/undated/"] == ["c"]


def test_topics_that_differ_in_case_only_are_one() -> None:
    found = shelves_of(
        make_story(slug="a", tags=("Floods",)), make_story(slug="b", tags=("floods",))
    )
    assert found["topics/floods/"] == ["a", "b"]


def test_topics_whose_addresses_would_collide_are_two() -> None:
    found = shelves_of(make_story(slug="a", tags=("C++",)), make_story(slug="b", tags=("C",)))
    assert (found["topics/c/"], found["topics/c-2/"]) == (["b"], ["a"])


def test_names_without_latin_letters_have_addresses_of_their_own() -> None:
    topics = [a for a in shelves_of(make_story(tags=("洪水", "地震"))) if a.startswith("topics/")]
    assert len(set(topics)) == 2
    assert all(address.isascii() for address in topics)


def test_hostile_names_stay_in_their_folder() -> None:
    evil = "../../etc/Passwd"
    refs = (ArticleRef(path="a.md", title="T", source=evil),)
    story = make_story(tags=(evil,), quotes=(make_quote(speaker=evil),), articles=refs)
    addresses = set(shelves_of(story))
    assert addresses == {f"{s}/etc-passwd/" for s in ("topics", "people", "sources")} | {
        "archive/undated/"
    }


def test_source_holds_each_story_once() -> None:
    refs = tuple(ArticleRef(path=path, title="T", source="Post") for path in ("a.md", "b.md"))
    assert shelves_of(make_story(articles=refs))["sources/post/"] == ["rain-in-utrecht"]


def test_a_person_named_in_two_ways_holds_a_story_once() -> None:
    quotes = (make_quote(speaker="Ada de Wit"), make_quote("Stay calm", speaker="de Wit"))
    found = shelves_of(make_story(slug="a", quotes=quotes))
    people = [stories for address, stories in found.items() if address.startswith("people/")]
    assert people
    assert all(stories == ["a"] for stories in people)
