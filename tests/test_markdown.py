"""Other people's words stay words in Markdown."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.body.parser import MARKDOWN
from digest.markdown import escape_markdown, format_link

AWKWARD = (Path(__file__).parent / "data/markdown/awkward.txt").read_text("utf-8").splitlines()
assert AWKWARD, "no awkward lines found"

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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![sun](sun.png)", '<img src="sun.png" alt="sun" />'),
        ("![sun](https://x.example/s.png)", '<a href="https://x.example/s.png">sun</a>'),
        ("![](//x.example/s.png)", '<a href="//x.example/s.png">//x.example/s.png</a>'),
        (
            "[![sun](https://x.example/s.png)](https://y.example/)",
            '<a href="https://y.example/">sun</a>',
        ),
        ("![sun](data:image/png;base64,AA==)", "![sun](data:image/png;base64,AA==)"),
        ("[x](foo:bar)", "[x](foo:bar)"),
        ("[x](JAVA&#115;cript:y)", "[x](JAVAscript:y)"),
        ("[x](mailto:a@b.example)", '<a href="mailto:a@b.example">x</a>'),
    ],
)
def test_pictures_of_others_are_links_and_only_web_addresses_are(text: str, shown: str) -> None:
    assert MARKDOWN.render(text) == f"<p>{shown}</p>\n"
