"""Other people's words stay words in Markdown, and story bodies render as what they mean."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.markdown import MARKDOWN, escape_markdown, find_attributed, format_link, render_markdown

AWKWARD = (Path(__file__).parent / "data/markdown/awkward.txt").read_text("utf-8").splitlines()
assert AWKWARD, "no awkward lines found"
GOLDEN = sorted((Path(__file__).parent / "data/markdown").glob("*.md"))
assert GOLDEN, "no golden files found"

# Every character that Markdown gives a meaning, and some that it does not.
ACTIVE = st.text(alphabet="ab1 .)(#*_-+=~`<>[]!\\&;:/\"'|{}%x0é—“😀", min_size=1, max_size=16)


def words_of(rendered: str) -> str:
    assert not re.search(r"<(?!/?p>)", rendered), f"markup in {rendered}"
    return html.unescape(rendered.strip().removeprefix("<p>").removesuffix("</p>"))


@pytest.mark.parametrize("line", AWKWARD)
def test_awkward_words_stay_words(line: str) -> None:
    assert words_of(MARKDOWN.render(escape_markdown(line))) == line


@given(ACTIVE)
def test_all_words_stay_words(line: str) -> None:
    assert words_of(MARKDOWN.render(escape_markdown(line))) == " ".join(line.split())


@given(ACTIVE.filter(str.strip), ACTIVE)
def test_link_shows_its_words_and_nothing_else(words: str, path: str) -> None:
    parts = MARKDOWN.parseInline(format_link(words, f"https://x.example/{path}"))[0].children or []
    assert (parts[0].type, parts[-1].type) == ("link_open", "link_close")
    assert "".join(part.content for part in parts) == " ".join(words.split())


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "file:///etc"]
)
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert format_link("Rain", url) == "Rain"


@pytest.mark.parametrize("text", ["Rain fell 5 * 3 times", "snake_case", "a < b", "AT&T", "[sic]"])
def test_words_without_meaning_in_markdown_stay_as_they_are(text: str) -> None:
    assert escape_markdown(text) == text


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_body_renders_as_expected(file: Path) -> None:
    rendered = render_markdown(file.read_text("utf-8"))
    assert rendered == file.with_suffix(".html").read_text("utf-8")


def test_links_within_the_page_are_whole_where_it_is_read_elsewhere() -> None:
    rendered = render_markdown("Rain. [1](#source-1)", page="https://x.example/rain/")
    assert 'href="https://x.example/rain/#source-1"' in rendered


def test_same_quote_twice_has_two_anchors() -> None:
    anchors = re.findall(r'id="([^"]+)"', render_markdown("> “Rain”\n>\n> — Ada\n\n" * 2))
    assert len(anchors) == len(set(anchors)) == 2


def test_attributed_quotes_are_found_without_their_attribution() -> None:
    body = "> “Rain” … “again”\n>\n> — **Ada** [1](#source-1)\n\n> A poem without a name\n"
    assert find_attributed(body) == ["“Rain” … “again”"]
