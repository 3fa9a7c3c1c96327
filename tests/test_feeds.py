"""The feed is RSS 2.0 that a parser which is not ours reads back as the stories."""

from datetime import UTC, date, datetime

import feedparser

from conftest import make_story, make_story_file
from digest.feeds import render_feeds, render_rss
from digest.models import Site, StoryFile
from digest.shelves import fill_shelves

SITE = Site(title="News & more", base_url="https://example.org/news/")


def feed(*story_files: StoryFile) -> "feedparser.FeedParserDict":
    parsed = feedparser.parse(render_rss(story_files, site=SITE).data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_feed_says_what_it_is() -> None:
    parsed = feed(make_story_file())
    assert parsed.version == "rss20"
    assert parsed.feed.title == "News & more"
    assert parsed.feed.link == "https://example.org/news/"
    own = [link.href for link in parsed.feed.links if link.rel == "self"]
    assert own == ["https://example.org/news/feed.xml"]


def test_entry_holds_the_whole_story() -> None:
    entry = feed(make_story_file(make_story(published=date(2025, 1, 1), tags=("floods",)))).entries[
        0
    ]
    assert entry.title == "Rain in Utrecht"
    assert entry.link == "https://example.org/news/stories/rain-in-utrecht/"
    assert entry.id == "tag:example.org,2026:rain-in-utrecht"
    assert not entry.guidislink
    assert entry.description == "Rain fell."
    assert "We will rebuild" in entry.content[0].value
    assert "https://example.org/news/stories/rain-in-utrecht/#source-1" in entry.content[0].value
    assert [tag.term for tag in entry.tags] == ["floods"]
    assert entry.published == "Wed, 01 Jan 2025 00:00:00 +0000"


def test_entries_keep_their_order() -> None:
    slugs = ["c", "a", "b"]
    parsed = feed(
        *(make_story_file(make_story(slug=slug, guid=f"tag:x,2026:{slug}")) for slug in slugs)
    )
    assert [entry.id[-1] for entry in parsed.entries] == slugs


def test_undated_story_has_no_date_and_the_clock_leaves_no_trace() -> None:
    data = render_rss([make_story_file()], site=SITE).data
    assert b"pubDate" not in data
    assert b"lastBuildDate" not in data


def test_feed_is_as_new_as_its_newest_story() -> None:
    files = [
        make_story_file(
            make_story(published=date(2025, 1, 1), updated=datetime(2025, 1, 3, 12, tzinfo=UTC))
        ),
        make_story_file(make_story(published=date(2025, 1, 2))),
    ]
    assert feed(*files).feed.updated == "Fri, 03 Jan 2025 12:00:00 +0000"


def test_what_xml_cannot_hold_costs_no_feed() -> None:
    entry = feed(make_story_file(make_story(title="a\x0b\ufffeb ]]> & <i>"))).entries[0]
    assert entry.title == "ab ]]> & <i>"


def test_feed_without_stories_is_a_feed() -> None:
    assert feed().entries == []


def test_topics_people_and_sources_have_feeds_of_their_own() -> None:
    files = [make_story_file(make_story(tags=("Floods",))), make_story_file(make_story(slug="b"))]
    feeds = list(render_feeds(fill_shelves(files), site=SITE, items=50))
    parsed = {file.path: feedparser.parse(file.data) for file in feeds}
    assert {path: len(one.entries) for path, one in parsed.items()} == {
        "feed.xml": 2,
        "topics/floods/feed.xml": 1,
        "people/ada-de-wit/feed.xml": 2,
        "sources/post/feed.xml": 2,
    }
    assert parsed["topics/floods/feed.xml"].feed.title == "News & more: Floods"
    assert parsed["topics/floods/feed.xml"].feed.link == "https://example.org/news/topics/floods/"


def test_feed_holds_as_many_stories_as_asked() -> None:
    files = [make_story_file(make_story(slug=slug)) for slug in "abc"]
    (feed_of_all, *_) = render_feeds(fill_shelves(files), site=SITE, items=2)
    assert len(feedparser.parse(feed_of_all.data).entries) == 2
