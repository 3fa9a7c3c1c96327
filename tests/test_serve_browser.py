"""The preview in a real browser: change a template, see the page change."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import REPOSITORY, Digest
from test_serve import Served
from test_serve import serve as serve

STORY = "stories/rain-floods-the-old-town-of-utrecht/"


@pytest.fixture
def page(browser: Browser, digest: Digest, serve: Callable[..., Served]) -> Iterator[Page]:
    """A page of the preview, at a story, which must not log any error."""
    context = browser.new_context(base_url=f"http://localhost:{serve().port}/")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(STORY)
    yield page
    context.close()
    assert errors == []


def test_page_changes_with_its_template(page: Page, digest: Digest) -> None:
    template = (REPOSITORY / "templates/story.html").read_text("utf-8")
    digest.write("templates/story.html", template.replace("<h1>", "<h1>Read this: "))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Read this: Rain"))


def test_page_changes_with_its_article(page: Page, digest: Digest) -> None:
    article = digest.read("content/articles/rain.md")
    digest.write("content/articles/rain.md", article.replace("Heavy rain", "Endless rain"))
    expect(page.get_by_role("main")).to_contain_text("Endless rain flooded the old town")


def test_error_is_shown_until_it_is_mended(page: Page, digest: Digest) -> None:
    file = digest.write("templates/story.html", "{{ <script>document.title = 'broken'</script>")
    expect(page.get_by_role("alert")).to_contain_text("templates/story.html:1: unexpected '<'")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rain floods the old town of Utrecht")
    file.write_text("{{ '<img src=x onerror=alert(1)>' | lacking }}")
    expect(page.get_by_role("alert")).to_contain_text("No filter named 'lacking'")
    file.unlink()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Rain floods the old town of Utrecht")


def test_search_works_in_the_preview(page: Page) -> None:
    page.goto("search/")
    page.locator("#query").fill("Utrecht")
    expect(page.get_by_role("status")).to_contain_text("found")
