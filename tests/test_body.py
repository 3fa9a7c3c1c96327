"""Story bodies render as what they mean: figures, references, links to where words come from."""

import re
from pathlib import Path

import pytest

from digest.body import Links, render_body
from digest.body.full import find_attributed

GOLDEN = sorted((Path(__file__).parent / "data/body").glob("*.md"))
assert GOLDEN, "no golden files found"


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_body_renders_as_expected(file: Path) -> None:
    rendered = render_body(file.read_text("utf-8"))
    assert rendered == file.with_suffix(".html").read_text("utf-8")


def test_links_within_the_page_are_whole_where_it_is_read_elsewhere() -> None:
    rendered = render_body("Rain. [1](#source-1)", Links(page="https://x.example/rain/"))
    assert 'href="https://x.example/rain/#source-1"' in rendered


def test_same_quote_twice_has_two_anchors() -> None:
    anchors = re.findall(r'id="([^"]+)"', render_body("> “Rain”\n>\n> — Ada\n\n" * 2))
    assert len(anchors) == len(set(anchors)) == 2


def test_attributed_quotes_are_found_without_their_attribution() -> None:
    body = "> “Rain” … “again”\n>\n> — **Ada** [1](#source-1)\n\n> A poem without a name\n"
    assert find_attributed(body) == ["“Rain” … “again”"]


def test_passages_and_people_are_linked() -> None:
    links = Links(
        passages={"Rain fell.": "https://p.example/#:~:text=Rain", "“Oh”": "https://p.example/#o"},
        passage_label="Open",
        people={"Ada": "people/ada/"},
    )
    rendered = render_body("Rain fell. [1](#source-1)\n\n> “Oh”\n>\n> — **Ada**\n", links)
    sign = 'title="Open" aria-label="Open">↗</a>'
    assert f'</sup><a class="passage" href="https://p.example/#:~:text=Rain" {sign}' in rendered
    assert '<blockquote cite="https://p.example/#o">' in rendered
    assert '<strong><a href="people/ada/">Ada</a></strong>' in rendered


def test_markup_of_others_stays_words() -> None:
    assert render_body("a <b>b</b> <script>c</script>\n").count("&lt;") == 4
    assert "<a" not in render_body("[x](javascript:alert(1))\n")


def test_quote_over_several_lines_keeps_its_words_apart() -> None:
    assert find_attributed("> “so much\n> water”\n>\n> — Ada\n") == ["“so much water”"]
