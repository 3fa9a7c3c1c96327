"""Feeds are what their formats ask for, and parsers that are not ours read back the stories."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree

from conftest import make_quote, make_ref, make_story, make_story_file
from digest.briefs import make_brief
from digest.feeds import (
    list_feeds,
    make_item,
    pack_item,
    plan_correction_feed,
    plan_edition_feed,
    plan_feeds,
    plan_shelf_feed,
    write_feed,
    write_rss_item,
)
from digest.feeds.items import Item
from digest.models import Correction, FeedOptions, Site, StoryFile
from digest.references import find_links
from digest.say import say
from digest.shelves import PEOPLE, SOURCES, TOPICS
from shelving import newest_first, put_on_shelves

SITE = Site(title="News & more", base_url="https://example.org/news/")
STORY = "https://example.org/news/stories/rain-in-utrecht/"
JSON_SCHEMA = Path(__file__).parent / "data/feeds/jsonfeed.schema.json"
RELAX_NG = Path(__file__).parent / "data/feeds/atom.rng"


def feeds(*files: StoryFile, site: Site = SITE, **options: Any) -> dict[str, bytes]:
    """Return all feeds by path: those of one story unless others are given."""
    stories = {file.story.slug: file for file in files or [make_story_file()]}
    return write_all(stories, site, FeedOptions(**options))


def write_all(
    stories: Mapping[str, StoryFile], site: Site, options: FeedOptions
) -> dict[str, bytes]:
    """Return all feeds by path, and the list of them."""
    briefs, shelved = newest_first(stories.values()), put_on_shelves(stories.values())
    shelves = [shelf for kind in (TOPICS, PEOPLE, SOURCES) for shelf in shelved[kind]]
    corrected = [brief for brief in briefs if brief.corrections]
    planned = [
        *plan_feeds(briefs[: options.items], site=site),
        *(plan_shelf_feed(shelf, site=site, options=options) for shelf in shelves),
        plan_correction_feed(corrected, site=site, options=options),
    ]
    if options.editions:
        planned.append(plan_edition_feed(briefs, site=site, options=options))
    written = [list_feeds((shelf.label for shelf in shelves), site=site, options=options)]
    for feed in planned:
        items = [make(stories[slug], site) for slug in feed.stories]
        entries = [(write_rss_item if feed.kind == "rss" else pack_item)(item) for item in items]
        written.append(write_feed(feed, entries, site=site, options=options))
    return {file.path: file.data for file in written}


def make(file: StoryFile, site: Site) -> Item:
    links = find_links(file.story, language=site.language, label=say(site.language, "original"))
    return make_item(file, make_brief(file), links, site=site)


def parse(data: bytes) -> Any:
    """Return what a feed reader sees; a feed that it has to guess at fails."""
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


STORIES = [
    make_story_file(
        make_story(
            slug="rain",
            title="Rain & <b>wind</b>",
            published=date(2025, 1, 1),
            updated=datetime(2025, 1, 3, 12, tzinfo=UTC),
            tags=("Floods",),
            articles=(make_ref(author=("Ada Vermeer", "Bea Smit")),),
        )
    ),
    make_story_file(make_story(slug="snow", published=date(2025, 1, 2), tags=("Winter", "Floods"))),
    make_story_file(make_story(slug="wind", quotes=(make_quote(speaker="Cem Aydin"),))),
]


def test_all_addresses_are_there() -> None:
    assert sorted(feeds(make_story_file(make_story(tags=("Floods",))))) == [
        "atom.xml",
        "corrections/feed.xml",
        "feed.json",
        "feed.xml",
        "feeds.opml",
        "people/ada-de-wit/feed.xml",
        "sources/post/feed.xml",
        "topics/floods/feed.xml",
    ]


@pytest.mark.parametrize(("path", "version"), [("feed.xml", "rss20"), ("atom.xml", "atom10")])
def test_reader_sees_every_story_item_by_item(path: str, version: str) -> None:
    parsed = parse(feeds(*STORIES)[path])
    assert parsed.version == version
    assert parsed.feed.title == "News & more"
    assert parsed.feed.link == "https://example.org/news/"
    assert parsed.feed.language == "en"
    assert [e.id for e in parsed.entries] == [
        f"tag:example.org,2026:{slug}" for slug in ("snow", "rain", "wind")
    ]
    for entry in parsed.entries:
        slug = entry.id.rpartition(":")[2]
        story = next(file.story for file in STORIES if file.story.slug == slug)
        assert entry.link == f"https://example.org/news/stories/{slug}/"
        assert [tag.term for tag in entry.get("tags", [])] == list(story.tags)
        assert entry.summary == "Rain fell."
        assert "<blockquote" in entry.content[0].value
        assert "We will rebuild" in entry.content[0].value
        assert f'href="https://example.org/news/stories/{slug}/#source-1"' in entry.content[0].value
    assert [a.name for a in parsed.entries[1].authors] == ["Ada Vermeer", "Bea Smit"]


def test_json_feed_tells_the_same() -> None:
    feed = json.loads(feeds(*STORIES)["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://example.org/news/feed.json"
    assert feed["home_page_url"] == "https://example.org/news/"
    assert [item["id"].rpartition(":")[2] for item in feed["items"]] == ["snow", "rain", "wind"]
    rain = feed["items"][1]
    assert rain["title"] == "Rain & <b>wind</b>"
    assert rain["authors"] == [{"name": "Ada Vermeer"}, {"name": "Bea Smit"}]
    assert rain["date_published"] == "2025-01-01T00:00:00+00:00"
    assert rain["date_modified"] == "2025-01-03T12:00:00+00:00"
    assert "date_published" not in feed["items"][2]


def test_json_feed_is_valid_by_the_schema_of_its_specification() -> None:
    schema = json.loads(JSON_SCHEMA.read_text("utf-8"))
    for site in (SITE, Site(author="Ada", license="CC BY 4.0", language="de-AT")):
        feed = json.loads(feeds(*STORIES, site=site, hub="https://hub.example/")["feed.json"])
        jsonschema.validate(feed, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(feed | {"items": [{"title": "no id"}]}, schema)


def test_content_holds_only_what_feed_readers_keep() -> None:
    content = parse(feeds()["feed.xml"]).entries[0].content[0].value
    assert set(re.findall(r' ([a-z-]+)="', content)) == {"href", "cite"}


def test_atom_is_valid_by_the_grammar_of_its_rfc() -> None:
    grammar = etree.RelaxNG(etree.parse(RELAX_NG))
    for site in (SITE, Site(author="Ada", license="CC BY 4.0", language="de")):
        grammar.assertValid(etree.fromstring(feeds(*STORIES, site=site)["atom.xml"]))


def test_grammar_refuses_what_is_no_atom() -> None:
    grammar = etree.RelaxNG(etree.parse(RELAX_NG))
    broken = feeds(*STORIES)["atom.xml"].replace(b"<updated>", b"<renewed>")
    assert not grammar.validate(etree.fromstring(broken.replace(b"</updated>", b"</renewed>")))


def test_own_address_is_told_once_and_right() -> None:
    for path, data in feeds(*STORIES).items():
        if path.endswith("feed.xml"):
            own = [link.href for link in parse(data).feed.links if link.rel == "self"]
            assert own == [f"https://example.org/news/{path}"]


def test_dates_are_those_of_the_story() -> None:
    newest, rain, undated = parse(feeds(*STORIES)["feed.xml"]).entries
    assert newest.published == "Thu, 02 Jan 2025 00:00:00 +0000"
    assert rain.published == "Wed, 01 Jan 2025 00:00:00 +0000"
    assert "published" not in undated
    assert parse(feeds(*STORIES)["feed.xml"]).feed.updated == "Fri, 03 Jan 2025 12:00:00 +0000"


def test_clock_leaves_no_trace_where_nothing_is_dated() -> None:
    data = feeds()["feed.xml"]
    assert b"pubDate" not in data
    assert b"lastBuildDate" not in data
    assert parse(feeds()["atom.xml"]).entries[0].updated == "1970-01-01T00:00:00+00:00"


def test_stories_of_one_day_stand_in_the_order_of_their_slugs() -> None:
    files = [make_story_file(make_story(slug=s, published=date(2025, 1, 1))) for s in "cab"]
    entries = parse(feeds(*files)["feed.xml"]).entries
    assert [entry.id[-1] for entry in entries] == ["a", "b", "c"]


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml"])
def test_what_xml_cannot_hold_costs_no_feed(path: str) -> None:
    story = make_story(title="a\x0b\ufffeb\ud800 ]]> & <i>", tags=("x\x00y",))
    file = StoryFile(path="x.md", story=story, body="]]> \x0c text\n")
    entry = parse(feeds(file)[path]).entries[0]
    assert "ab ]]> &" in entry.title
    assert "]]&gt;" in entry.content[0].value


def test_feed_without_stories_is_a_feed() -> None:
    rendered = write_all({}, SITE, FeedOptions())
    assert parse(rendered["feed.xml"]).entries == []
    assert json.loads(rendered["feed.json"])["items"] == []


def test_topics_people_and_sources_have_their_own_stories() -> None:
    rendered = feeds(*STORIES)
    floods = parse(rendered["topics/floods/feed.xml"])
    assert floods.feed.title == "News & more: Floods"
    assert floods.feed.link == "https://example.org/news/topics/floods/"
    assert [entry.id[-4:] for entry in floods.entries] == ["snow", "rain"]
    assert len(parse(rendered["people/cem-aydin/feed.xml"]).entries) == 1


def test_feed_holds_as_many_stories_as_asked() -> None:
    assert len(parse(feeds(*STORIES, items=2)["feed.xml"]).entries) == 2


def test_editions_hold_a_day_each() -> None:
    assert "editions/feed.xml" not in feeds(*STORIES)
    entries = parse(feeds(*STORIES, editions=True)["editions/feed.xml"]).entries
    assert [entry.title for entry in entries] == [
        "News & more, January 2, 2025",
        "News & more, January 1, 2025",
    ]
    assert "Rain &amp; &lt;b&gt;wind" in entries[1].content[0].value


def test_corrections_have_a_feed() -> None:
    corrections = (Correction(date=date(2025, 1, 5), text="It was <b>snow</b>."),)
    file = make_story_file(make_story(published=date(2025, 1, 1), corrections=corrections))
    rendered = feeds(file)
    (entry,) = parse(rendered["corrections/feed.xml"]).entries
    assert entry.summary == "It was &lt;b&gt;snow&lt;/b&gt;."
    assert entry.content[0].value == "<p>It was &lt;b&gt;snow&lt;/b&gt;.</p>"
    assert parse(rendered["atom.xml"]).entries[0].updated == "2025-01-05T00:00:00+00:00"


def test_hub_ttl_and_rights_are_told_where_configured() -> None:
    site = Site(license="CC BY 4.0", base_url="https://example.org/news/")
    rendered = feeds(*STORIES, site=site, hub="https://hub.example/", ttl=60)
    for path in ("feed.xml", "atom.xml"):
        parsed = parse(rendered[path])
        assert [link.href for link in parsed.feed.links if link.rel == "hub"] == [
            "https://hub.example/"
        ]
        assert parsed.feed.rights == "CC BY 4.0"
    assert b"<ttl>60</ttl>" in rendered["feed.xml"]
    assert json.loads(rendered["feed.json"])["hubs"][0]["url"] == "https://hub.example/"


def test_picture_of_the_digest_is_told() -> None:
    rendered = feeds(*STORIES)
    icon = "https://example.org/news/static/icon.png"
    assert parse(rendered["feed.xml"]).feed.image.href == icon
    assert parse(rendered["atom.xml"]).feed.icon == icon
    assert json.loads(rendered["feed.json"])["icon"] == icon


def test_source_of_a_story_of_one_article_is_told() -> None:
    entry = parse(feeds()["feed.xml"]).entries[0]
    assert (entry.source.title, entry.source.href) == ("Post", "https://a.example/")


def test_list_of_feeds_leads_to_every_feed() -> None:
    rendered = feeds(*STORIES, editions=True)
    listed = etree.fromstring(rendered["feeds.opml"]).findall("body/outline")
    addresses = {outline.get("xmlUrl") for outline in listed}
    assert addresses == {
        SITE.base_url + path for path in rendered if path.endswith("/feed.xml")
    } | {SITE.base_url + "feed.xml"}


def test_feed_opened_in_a_browser_has_a_style() -> None:
    rendered = feeds(*STORIES)
    style = b'<?xml-stylesheet type="text/css" href="%sstatic/feed.css"?>'
    assert style % b"" in rendered["feed.xml"]
    assert style % b"../../" in rendered["topics/floods/feed.xml"]
