"""Story files and templates become pages that hold words as words, and work at any address."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from conftest import make_quote, make_ref, make_story, make_story_file
from digest.briefs import make_brief
from digest.models import ArticleRef, Correction, PageOptions, Site, StoryFile
from digest.pages import (
    Page,
    Place,
    plan_corrections,
    plan_feed_list,
    plan_front,
    plan_indexes,
    plan_shelf,
    plan_single_pages,
    print_page,
    print_story,
    set_up_press,
    tell_story,
    tell_teaser,
    write_robots,
    write_sitemap,
)
from digest.pages.front import order_front
from digest.pages.lists import split_list
from digest.references import find_links
from digest.say import say, say_day
from digest.shelves import PEOPLE, TOPICS, Shelf
from digest.templates import open_templates
from shelving import newest_first, put_on_shelves

SITE = Site(title="News <b>&</b> more", base_url="https://example.org/news/")
HOSTILE = '</script><script>alert("1")</script>'
STORY = "stories/rain-in-utrecht/index.html"


def pages(*story_files: StoryFile, site: Site = SITE, per_page: int = 30) -> dict[str, str]:
    """Return all pages by path: those of one story unless others are given."""
    stories = {file.story.slug: file for file in story_files or [make_story_file()]}
    options = PageOptions(stories=per_page)
    shelves = put_on_shelves(stories.values(), site.language)
    press = set_up_press(open_templates(Path("none")), site=site)
    planned = list(plan_all(shelves, stories.values(), site, options))
    files, pieces = [], {}
    for slug, place in find_places(shelves, stories, site.language):
        links = find_links(
            stories[slug].story, language=site.language, label=say(site.language, "original")
        )
        told = tell_story(stories[slug], make_brief(stories[slug]), links, site=site)
        printed, pieces[slug] = print_story(press, told, place)
        files += printed
    for page in planned:
        shown = [pieces[slug] for slug in page.entries or ()]
        entries = [piece.said[page.person] if page.person else piece.entry for piece in shown]
        files.append(print_page(press, page, entries))
    addresses = {file.path.removesuffix("index.html") for file in files if is_page(file.path)}
    files.append(write_sitemap(addresses, base_url=site.base_url))
    files.append(write_robots(base_url=site.base_url))
    return {file.path: file.data.decode() for file in files}


def plan_all(
    shelves: Mapping[str, list[Shelf]], files: Iterable[StoryFile], site: Site, options: PageOptions
) -> Iterator[Page]:
    """Yield all pages but those of stories."""
    briefs = newest_first(files)
    labels = {kind: [shelf.label for shelf in shelves[kind]] for kind in shelves}
    yield plan_front(briefs[: options.stories])
    for kind in shelves:
        for shelf in shelves[kind]:
            yield from plan_shelf(shelf, site=site, options=options, feed=True)
    yield from plan_indexes(labels, site=site, options=options)
    yield from plan_single_pages(site=site)
    yield plan_corrections((brief for brief in briefs if brief.corrections), site=site)
    yield plan_feed_list(labels[TOPICS], site=site, editions=False)


def find_places(
    shelves: Mapping[str, list[Shelf]], stories: Mapping[str, StoryFile], language: str
) -> Iterator[tuple[str, Place]]:
    """Yield the place of each story."""
    briefs = {slug: make_brief(file) for slug, file in stories.items()}
    topics = {shelf.label.name.casefold(): shelf.label.address for shelf in shelves[TOPICS]}
    for slug, brief in briefs.items():
        people = {
            name: person.label.address
            for person in shelves[PEOPLE]
            for story, name in person.speakers
            if story == slug
        }
        related = [briefs[other] for other in brief.related if other in briefs]
        yield (
            slug,
            Place(
                people=people,
                topics=[(tag, topics[tag.casefold()]) for tag in brief.tags],
                related=[tell_teaser(other, language=language) for other in related],
            ),
        )


def is_page(path: str) -> bool:
    return path.endswith("index.html")


def tree(page: str) -> Any:
    return html.fromstring(page)


def test_all_addresses_are_there() -> None:
    story = make_story(published=date(2025, 3, 1), tags=("Floods",))
    assert sorted(pages(make_story_file(story))) == [
        "404.html",
        "about/index.html",
        "archive/2025/03/index.html",
        "archive/index.html",
        "corrections/index.html",
        "feeds/index.html",
        "index.html",
        "people/ada-de-wit/index.html",
        "people/index.html",
        "robots.txt",
        "sitemap.xml",
        "sources/index.html",
        "sources/post/index.html",
        "stories/rain-in-utrecht/index.html",
        "stories/rain-in-utrecht/index.md",
        "topics/floods/index.html",
        "topics/index.html",
    ]


def test_undated_story_says_so() -> None:
    rendered = pages()
    assert "Undated" in rendered[STORY]
    assert "Undated stories" in rendered["archive/undated/index.html"]


def test_day_is_written_as_people_write_it() -> None:
    assert say_day("en-GB", date(2026, 11, 22)) == "22 November 2026"
    assert say_day("de", date(2026, 11, 22)) == "22. November 2026"
    assert say_day("tlh-unknown", date(2026, 11, 22)) == "November 22, 2026"


def test_pages_speak_german() -> None:
    rendered = pages(site=Site(language="de"))
    assert '<html lang="de" dir="ltr">' in rendered["index.html"]
    assert "Ohne Datum" in rendered["index.html"]
    assert "Nichts ist erfunden" in rendered["about/index.html"]


def test_pages_run_in_the_direction_of_their_language() -> None:
    assert '<html lang="ar" dir="rtl">' in pages(site=Site(language="ar"))["index.html"]


def test_words_of_others_stay_words() -> None:
    story = make_story(
        title=HOSTILE,
        tags=(HOSTILE,),
        quotes=(make_quote(speaker=HOSTILE, role=HOSTILE, via=HOSTILE),),
        articles=(
            ArticleRef(
                path="a.md",
                title=HOSTILE,
                source=HOSTILE,
                url="https://a.example/?'onclick='alert(1)",
            ),
        ),
        corrections=(Correction(date=date(2025, 1, 1), text=HOSTILE),),
    )
    for path, text in pages(make_story_file(story)).items():
        if path.endswith(".html"):
            assert "<script>" not in text.lower(), path
            assert "News &lt;b&gt;" in text


def test_links_lead_to_pages_that_exist() -> None:
    files = [
        make_story_file(make_story(slug=slug, related=("snow", "rain"), tags=("Floods",)))
        for slug in ("rain", "snow", *(f"story-{n}" for n in range(12)))
    ]
    rendered = pages(*files, per_page=6)
    assert "topics/floods/page/1/index.html" in rendered
    feeds = {path.replace("index.html", "feed.xml") for path in rendered}
    feeds |= {"atom.xml", "feed.json", "feeds.opml"}
    for path, text in rendered.items():
        if not path.endswith(".html") or path == "404.html":
            continue
        for _, _, target, _ in tree(text).iterlinks():
            if target.startswith(("http", "#")) or "static/" in target:
                continue
            resolved = (Path("/") / path).parent.joinpath(target.partition("#")[0]).resolve()
            found = str(resolved / "index.html" if target.endswith("/") else resolved).lstrip("/")
            assert found in rendered.keys() | feeds, f"{path}: {target}"


def test_links_of_a_missing_page_are_whole_paths() -> None:
    links = re.findall(r'(?:href|src)="([^"#]+)"', pages()["404.html"])
    assert links
    assert all(link.startswith(("/news/", "https://")) for link in links)


def test_related_story_that_is_not_shown_is_not_linked() -> None:
    text = pages(make_story_file(make_story(related=("a-draft",))))[STORY]
    assert "a-draft" not in text


def test_references_lead_to_their_sources() -> None:
    page = tree(pages()[STORY])
    assert page.xpath("//sup[@class='ref']/a/@href") == ["#source-1", "#source-1"]
    assert page.xpath("//li[@id='source-1']/a/@href") == ["https://a.example/"]


def test_sentences_and_quotes_lead_to_the_original_passage() -> None:
    page = tree(pages()[STORY])
    passages = page.xpath("//a[@class='passage']/@href")
    assert passages == [
        "https://a.example/#:~:text=Rain%20fell.",
        "https://a.example/#:~:text=We%20will%20rebuild",
    ]
    assert page.xpath("//figure/blockquote/@cite") == passages[1:]


def test_words_in_another_language_say_so() -> None:
    refs = (make_ref(language="de-AT"),)
    rendered = pages(make_story_file(make_story(articles=refs)))
    page = tree(rendered[STORY])
    assert page.xpath("//span[@lang='de-AT']/text()") == ["Rain fell."]
    assert page.xpath("//figure/blockquote/@lang") == ["de-AT"]
    assert tree(rendered["index.html"]).xpath("//p[@lang]/@lang") == ["de-AT"]
    assert 'lang="de-AT"' not in pages(site=Site(language="de"))[STORY]


def test_person_has_a_page_with_everything_that_was_said() -> None:
    stories = [
        make_story(slug="rain", published=date(2025, 1, 1)),
        make_story(slug="snow", published=date(2025, 1, 2), quotes=(make_quote("Let it snow"),)),
    ]
    text = pages(*map(make_story_file, stories))["people/ada-de-wit/index.html"]
    assert text.index("Let it snow") < text.index("We will rebuild")
    assert "mayor" in text


@pytest.mark.parametrize("path", ["index.html", STORY, "people/index.html"])
def test_page_loads_nothing_from_elsewhere(path: str) -> None:
    page = tree(pages()[path])
    assert page.xpath("//script[not(@type='application/ld+json')]") == []
    loaded = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    assert loaded
    assert all(not address.startswith(("http", "//")) for address in loaded)


def test_machines_read_what_a_story_is_based_on() -> None:
    story = make_story(published=datetime(2025, 1, 1, 8, tzinfo=UTC))
    page = tree(pages(make_story_file(story))[STORY])
    (described,) = map(json.loads, page.xpath("//script[@type='application/ld+json']/text()"))
    assert described["@type"] == "NewsArticle"
    assert described["datePublished"] == "2025-01-01T08:00:00+00:00"
    assert described["isBasedOn"][0]["url"] == "https://a.example/"
    assert described["hasPart"][0]["spokenByCharacter"]["name"] == "Ada de Wit"


@pytest.mark.parametrize(
    ("sources", "copies", "said"),
    [
        (["Post"], 0, "1 article"),
        (["Post", "Post"], 0, "2 articles"),
        (["Post", "Times", "Star"], 0, "3 outlets"),
        (["Post", "Times", "Star"], 1, "3 outlets, 2 origins"),
        (["Post", "Times", "Star"], 2, "3 outlets, 1 origin"),
    ],
)
def test_copies_of_one_text_count_as_one_origin(sources: list[str], copies: int, said: str) -> None:
    refs = tuple(
        make_ref(path=f"{n}.md", source=source, copy_of="0.md" if 0 < n <= copies else None)
        for n, source in enumerate(sources)
    )
    text = pages(make_story_file(make_story(articles=refs, summary=(), quotes=())))[STORY]
    assert f"<span>{said}</span>" in text


def test_archive_shows_months_without_stories_too() -> None:
    months = {"a": date(2024, 11, 5), "b": date(2025, 2, 1)}
    files = [make_story_file(make_story(slug=slug, published=day)) for slug, day in months.items()]
    text = pages(*files)["archive/index.html"]
    heights = [bar.get("height") for bar in tree(text).xpath("//svg/rect")]
    assert heights == ["60", "0", "0", "60"]
    assert "From November 2024 to February 2025" in text


def test_month_shows_its_days() -> None:
    days = {"a": 1, "b": 28, "c": 28}
    files = [
        make_story_file(make_story(slug=s, published=date(2025, 2, d))) for s, d in days.items()
    ]
    bars = tree(pages(*files)["archive/2025/02/index.html"]).xpath("//svg/rect")
    assert [bar.get("height") for bar in bars] == ["30", *["0"] * 26, "60"]


def test_corrections_are_on_the_story_and_in_their_list() -> None:
    correction = Correction(date=date(2025, 1, 2), text="The mayor is Ada, not Bea.")
    rendered = pages(make_story_file(make_story(corrections=(correction,))))
    for path in (STORY, "corrections/index.html"):
        assert "January 2, 2025" in rendered[path]
        assert "The mayor is Ada, not Bea." in rendered[path]


def test_story_over_several_days_shows_its_timeline() -> None:
    articles = tuple(
        ArticleRef(path=f"{n}.md", title="Rain", published=date(2025, 1, n)) for n in (1, 2, 5)
    )
    first = make_story().summary[0]
    story = make_story(articles=(*make_story().articles, *articles), summary=(first,))
    text = pages(make_story_file(story))[STORY]
    assert text.count("<circle") == 3
    assert "From January 1, 2025 to January 5, 2025" in text


def test_sitemap_names_all_pages_but_the_missing_one() -> None:
    rendered = pages()
    addresses = re.findall(r"<loc>https://example.org/news/(.*)</loc>", rendered["sitemap.xml"])
    assert sorted(addresses) == sorted(
        path.removesuffix("index.html") for path in rendered if path.endswith("index.html")
    )


def test_front_page_leads_with_what_many_outlets_report() -> None:
    def story(slug: str, day: int, outlets: int) -> StoryFile:
        articles = tuple(
            ArticleRef(path="a.md" if n == 0 else f"{n}.md", title="T", source=f"Outlet {n}")
            for n in range(outlets)
        )
        return make_story_file(
            make_story(slug=slug, published=date(2025, 1, day), articles=articles)
        )

    stories = [story("today", 9, 1), story("yesterday-big", 8, 5), story("old-big", 1, 5)]
    order = [story.slug for story in order_front([make_brief(file) for file in stories])]
    assert order == ["yesterday-big", "today", "old-big"]


@pytest.mark.parametrize("length", range(40))
def test_long_list_is_cut_into_pages_that_are_neither_long_nor_empty(length: int) -> None:
    parts = split_list(range(length), address="x/", per_page=9)
    assert [item for part in parts for item in part.items] == list(range(length))
    assert all(len(part.items) <= 9 for part in parts)
    assert all(part.items for part in parts) or length == 0
    assert [part.older for part in parts[:-1]] == [part.address for part in parts[1:]]
    assert [part.newer for part in parts[1:]] == [part.address for part in parts[:-1]]


def test_older_pages_stay_as_they_are_when_a_story_comes() -> None:
    before = split_list(list(range(30, 0, -1)), address="x/", per_page=9)
    after = split_list(list(range(31, 0, -1)), address="x/", per_page=9)
    older = {part.address: part.items for part in after[1:]}
    assert {part.address: part.items for part in before[1:]}.items() <= older.items()
