"""The site in a real browser: read, followed to the original, searched, in the dark, on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import serve_folder
from digest.cli import main

ORIGINAL = """<!DOCTYPE html><title>Original</title><link rel="icon" href="data:,">
<div style="height:3000px"></div>
<p>Heavy rain flooded the old town of Utrecht on Wednesday, the mayor said.</p>
<p>"We have never seen so much water in the streets of this city," Mayor Ada de Wit said.</p>
<p>“We will rebuild every bridge,” Mayor Ada de Wit added.</p><div style="height:3000px"></div>"""

ARTICLE = """---
title: Rain floods the old town of Utrecht
source: The Canal Post
url: {address}/original.html
published: 2025-01-01
tags: [Floods]
---

Heavy rain flooded the old town of Utrecht on Wednesday, the mayor said.

Schools will stay closed until Friday, the city council decided in the evening.

Pumps are on their way from Rotterdam and from the towns along the coast.

Trains do not run, and most roads into the town are closed to all cars.

“We will rebuild every bridge in this city before the summer,” Mayor Ada de Wit said.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that holds a digest under /news/ and an original article."""
    folder = tmp_path_factory.mktemp("browser")
    with serve_folder(folder) as address:
        make_site(folder, address)
        yield address


def make_site(folder: Path, address: str) -> None:
    (folder / "original.html").write_text(ORIGINAL, encoding="utf-8")
    content = folder / "digest/content"
    (content / "articles").mkdir(parents=True)
    (content / "articles/rain.md").write_text(ARTICLE.format(address=address), encoding="utf-8")
    (content / "config.yaml").write_text(f"site: {{base_url: {address}/news/}}\n", encoding="utf-8")
    assert main(["build", "--root", str(folder / "digest")]) == 0
    (folder / "news").symlink_to(folder / "digest/site")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of its own for each test, at the front page, which must not log any error."""
    context = browser.new_context(base_url=f"{address}/news/")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto("./")
    yield page
    context.close()
    assert errors == []


def test_story_is_read(page: Page) -> None:
    page.get_by_role("link", name="Rain floods the old town of Utrecht").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rain floods the old town of Utrecht")
    expect(page.locator("figure.quote")).to_contain_text("We will rebuild every bridge")
    expect(page.locator("figcaption")).to_contain_text("Ada de Wit, Mayor")


def test_number_leads_to_its_source(page: Page) -> None:
    page.goto("stories/rain-floods-the-old-town-of-utrecht/")
    page.locator("sup.ref a").first.click()
    expect(page).to_have_url(page.url.partition("#")[0] + "#source-1")
    expect(page.locator("#source-1")).to_be_in_viewport()
    expect(page.locator("#source-1")).to_contain_text("The Canal Post")


def test_sentence_leads_to_the_very_words_of_the_original(page: Page, address: str) -> None:
    page.goto("stories/rain-floods-the-old-town-of-utrecht/")
    page.get_by_role("link", name="Open the original at these words").first.click()
    expect(page).to_have_title("Original")
    assert page.url.startswith(f"{address}/original.html")
    # Only a browser that found the words scrolls down to them.
    expect(page.get_by_text("Heavy rain flooded")).to_be_in_viewport()


def test_quote_has_an_address_of_its_own(page: Page) -> None:
    page.goto("stories/rain-floods-the-old-town-of-utrecht/")
    anchor = page.locator("figure.quote").get_attribute("id")
    page.goto(f"stories/rain-floods-the-old-town-of-utrecht/#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_speaker_leads_to_everything_that_was_said(page: Page) -> None:
    page.locator("figcaption").get_by_role("link", name="Ada de Wit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada de Wit")
    expect(page.get_by_text("We will rebuild every bridge")).to_be_visible()


def test_search_finds_a_person(page: Page) -> None:
    page.get_by_role("link", name="Search").click()
    expect(page.locator("#query")).to_be_enabled()
    page.locator("#query").fill("Ada de Wit")
    expect(page.get_by_role("status")).to_contain_text("found")
    page.locator("#results").get_by_role("link", name="Ada de Wit", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada de Wit")


def test_search_can_be_linked_to(page: Page) -> None:
    page.goto("search/?q=bridge")
    expect(page.locator("#results mark").first).to_have_text("bridge")


def test_dark_readers_get_a_dark_page(page: Page) -> None:
    def paper() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light = paper()
    page.emulate_media(color_scheme="dark")
    assert paper() != light


def test_keyboard_leads_past_the_menu(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Rain floods the old town of Utrecht")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rain floods the old town of Utrecht")


PAGES = ["./", "stories/rain-floods-the-old-town-of-utrecht/", "people/", "archive/", "search/"]


@pytest.mark.parametrize("path", PAGES)
def test_phone_does_not_scroll_sideways(path: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_everything_but_the_search_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=f"{address}/news/", java_script_enabled=False)
    page = context.new_page()
    page.goto("./")
    page.get_by_role("link", name="Rain floods the old town of Utrecht").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rain floods the old town of Utrecht")
    page.get_by_role("link", name="Search").click()
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    context.close()


def test_story_is_light_and_asks_nobody_else(page: Page, address: str) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto("stories/rain-floods-the-old-town-of-utrecht/", wait_until="networkidle")
    assert all(url.startswith(address) for url in sizes)
    assert len(sizes) <= 5
    assert sum(sizes.values()) <= 50_000
