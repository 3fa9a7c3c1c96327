"""Story files and templates become pages that hold words as words, and work at any address."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from conftest import make_story
from digest.models import Site, StoryFile
from digest.pages import format_day, render_pages, sort_stories
from digest.storyfile import format_story, parse_story
from digest.templates import open_templates

SITE = Site(title="News <b>&</b> more", base_url="https://example.org/news/")
HOSTILE = '<script>alert("1")</script>'


def story_file(**fields: object) -> StoryFile:
    file = format_story(make_story(**fields))
    return parse_story(file.data.decode(), path=file.path)


def pages(*story_files: StoryFile, site: Site = SITE) -> dict[str, str]:
    rendered = render_pages(story_files, site=site, templates=open_templates(Path("none")))
    return {file.path: file.data.decode() for file in rendered}


def tree(page: str) -> Any:
    return html.fromstring(page)


def test_every_story_has_its_page() -> None:
    assert sorted(pages(story_file())) == [
        "404.html",
        "about/index.html",
        "index.html",
        "stories/rain-in-utrecht/index.html",
    ]


def test_newest_story_comes_first_and_the_undated_last() -> None:
    slugs = {"old": date(2024, 1, 1), "none": None, "new": datetime(2025, 1, 1, tzinfo=UTC)}
    files = [story_file(slug=slug, published=day) for slug, day in slugs.items()]
    assert [file.story.slug for file in sort_stories(files)] == ["new", "old", "none"]


def test_undated_story_says_so() -> None:
    assert "Undated" in pages(story_file())["stories/rain-in-utrecht/index.html"]


def test_day_is_written_as_people_write_it() -> None:
    assert format_day(date(2026, 11, 22), language="en-GB") == "22 November 2026"
    assert format_day(date(2026, 11, 22), language="de") == "22. November 2026"
    assert format_day(date(2026, 11, 22), language="tlh-unknown") == "November 22, 2026"


def test_words_of_others_stay_words() -> None:
    file = story_file(title=HOSTILE, people=(HOSTILE,))
    for text in pages(file).values():
        assert "<script" not in text
        assert "News &lt;b&gt;" in text


def test_links_lead_to_pages_that_exist() -> None:
    rendered = pages(story_file(related=("snow",)), story_file(slug="snow", title="Snow"))
    for path, text in rendered.items():
        for link in tree(text).iterlinks():
            target = link[2]
            if target.startswith(("http", "#", "/")) or "static/" in target or "feed" in target:
                continue
            resolved = (Path("/") / path).parent.joinpath(target).resolve() / "index.html"
            assert str(resolved).lstrip("/") in rendered, f"{path}: {target}"


def test_links_of_a_missing_page_are_whole_paths() -> None:
    text = pages(story_file())["404.html"]
    links = re.findall(r'(?:href|src)="([^"#]+)"', text)
    assert links
    assert all(link.startswith(("/news/", "https://")) for link in links)


def test_related_story_that_is_not_shown_is_not_linked() -> None:
    text = pages(story_file(related=("a-draft",)))["stories/rain-in-utrecht/index.html"]
    assert "a-draft" not in text


def test_references_lead_to_their_sources() -> None:
    page = tree(pages(story_file())["stories/rain-in-utrecht/index.html"])
    targets = page.xpath("//sup[@class='ref']/a/@href")
    assert targets == ["#source-1", "#source-1"]
    assert page.xpath("//li[@id='source-1']/a/@href") == ["https://a.example/"]


@pytest.mark.parametrize("path", ["index.html", "stories/rain-in-utrecht/index.html"])
def test_page_loads_nothing_from_elsewhere(path: str) -> None:
    page = tree(pages(story_file())[path])
    assert page.xpath("//script") == []
    loaded = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    assert loaded
    assert all(not address.startswith(("http", "//")) for address in loaded)
