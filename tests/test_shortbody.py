"""The short way to render bodies gives what markdown-it gives, or says that it does not know."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import make_quote, make_ref, make_story
from digest.body import Links, UnknownError, render_short
from digest.body.full import render_any
from digest.feeds.items import clean, keep_for_readers, render_for_readers
from digest.markdown import escape_markdown
from digest.models import Sentence
from digest.storyfile import format_story

LINKS = Links(
    page="https://d.example/x/",
    passages={
        "Rain fell.": "https://p.example/it's?a=1&b=2#:~:text=Rain,fell%2E",
        "“Rain”": 'https://p.example/?q="#:~:text=Rain',
        "“Oh” … “no”": "https://p.example/é",
    },
    languages={"Rain fell.": "de", "“Rain”": "nl"},
    passage_label="Open at “these” 'words'",
    people={"Ada": "../../people/ada/"},
)
LINE = [
    *("Rain fell.", "“Rain”", "“Oh” … “no”", "Ada", "a", "b", "1", " ", "  ", "— ", "“", "”", "\n"),
    *("*", "**", "_", "`", "``", "[", "]", "(", ")", "<", ">", "!", "&", "&amp;", "&#65;", "\\"),
    *("\\*", "\\[", "\\a", '"', "'", "#", "-", "+", "=", "~", "|", ":", ".", ",", ";", "é", "漢"),
    *("\xa0", "\t", "\u2028", "\x85", "\x00", "🎉", "$", "%", "%20", "{{ a }}"),
    *("[1](#source-1)", " [2](#source-2)", "[a](<https://p.example/?a=1&b=2>)", "[a]: b"),
    *("[a](https://p.example)", "[b](https://p.example/a(b)", "[c](mailto:a)", "[d](x 'y')"),
    *("**Ada**", "*a*", "`a`", "http://a.example", "<http://a.example>", "![a](b)", "<b>"),
]
STARTS = ["", "", "", "> ", ">", "- ", "* ", "+ ", "1. ", "2. ", "10) ", "# ", "## ", "    ", "---"]
words = st.lists(st.sampled_from(LINE), max_size=7).map("".join)
lines = st.builds("{}{}".format, st.sampled_from(STARTS), words)
ENDS = ["\n", "\n\n", "\n\n", "\n>\n", "\n> — "]
bodies = st.lists(st.builds("{}{}".format, lines, st.sampled_from(ENDS)), max_size=6).map("".join)

# What the program and most editors write, so that much of it goes the short way.
USUAL = [
    *(
        "Rain fell.",
        "“Rain”",
        "Ada",
        "a",
        "1",
        " ",
        " ",
        " — ",
        ", ",
        "'",
        '"',
        " & ",
        "\\*",
        "é",
        "!",
    ),
    *(" [1](#source-1)", "[a & b](<https://p.example/?a=1&b=2>)", "[b](https://p.example/a)"),
    *("**Ada**", " **Ada** ", " *a*, ", "`a*`", " `a_b` ", "\\[a\\]", "5 * 3", "a_b", ". "),
]
usual_words = st.lists(st.sampled_from(USUAL), min_size=1, max_size=8).map("".join).map(str.strip)
usual_lines = st.one_of(
    usual_words,
    usual_words.map("## {}".format),
    st.tuples(usual_words, usual_words).map(lambda two: f"> {two[0]}\n>\n> — **{two[1]}**"),
    st.tuples(usual_words, usual_words).map(lambda two: f"> {two[0]}\n>\n> — {two[1]}"),
    st.lists(usual_words, max_size=3).map(lambda all_: "\n".join(f"- {one}" for one in all_)),
    st.lists(usual_words, max_size=3).map(
        lambda all_: "\n".join(f"{n}. {one}" for n, one in enumerate(all_, 1))
    ),
)
usual_bodies = st.lists(usual_lines, min_size=1, max_size=5).map("\n\n".join).map("{}\n".format)


def agree(body: str, links: Links = LINKS) -> bool:
    """Return whether the short way knows a body; fail where markdown-it renders another page."""
    try:
        short = render_short(body, links)
    except UnknownError:
        return False
    assert short == render_any(body, links)
    return True


@settings(max_examples=500)
@given(bodies)
@example("1. a\n\n2. b\n")
@example("a **b**c *d* e\n")
@example("> “Rain”\n>\n> — **Ada** [1](#source-1)\n")
@example("> “Rain”\n>\n> — Ada\n\n> “Rain”\n>\n> — Ada\n")
@example("Rain fell. [1](#source-1) Rain fell. [1](#source-1)\n\n1. [a](<https://p.example>) — a\n")
@example("## a #\n")
@example("- a\n- b\n\n1. c\n\n- d\n")
def test_short_way_renders_what_markdown_it_renders(body: str) -> None:
    agree(body)


@settings(max_examples=500)
@given(usual_bodies)
def test_short_way_renders_usual_bodies_as_markdown_it_does(body: str) -> None:
    agree(body)
    agree(body, Links())


@settings(max_examples=500)
@given(st.one_of(bodies, usual_bodies))
@example('say "no" & go [1](#source-1)\n')
@example("> “Oh” … “no”\n>\n> — Ada\n")
@example("a\xa0b\n")
def test_feed_readers_get_the_same_by_both_ways(body: str) -> None:
    links = replace(LINKS, people={})
    if body.strip():
        expected = keep_for_readers(clean(render_any(body, links)))
        assert render_for_readers(body, links) == expected


@settings(max_examples=500)
@given(st.lists(st.text(), min_size=4, max_size=4))
@example(["Q&A: what *we* know", "D'Angelo", "chief [1]", "https://a.example/a(b)?c=d&e=%zz"])
def test_short_way_renders_what_the_program_writes(texts: list[str]) -> None:
    sentence, speaker, role, title = (t.encode(errors="ignore").decode() for t in texts)
    story = make_story(
        summary=(Sentence(article="a.md", text=sentence, start=0, end=1),),
        quotes=(make_quote(sentence, speaker=speaker, role=role),),
        articles=(make_ref(title=title),),
    )
    written = format_story(story).data.decode()
    agree(written.rpartition("---\n")[2].removeprefix("\n"))


@pytest.mark.parametrize(
    "body",
    [
        "Rain fell. [1](#source-1) “Oh,” he said. [2](#source-2)\n",
        "## Key quotes\n\n> “Rain”\n>\n> — **Ada de Wit**, mayor, via Reuters [1](#source-1)\n",
        "1. [Rain](<https://p.example/a?b=c&d=e>) — Ada, The Post, January 1, 2025\n2. Snow\n",
        "It is *very* wet, **said** `she`, says [The Post](https://p.example/).\n\n- a\n- b\n",
        escape_markdown("5. a * b [c](d) `e` <f> &amp; #g _h_") + "\n",
    ],
)
def test_usual_bodies_go_the_short_way(body: str) -> None:
    assert agree(body)


@pytest.mark.parametrize("start", ["", "> ", "1. ", "- ", "# ", "[", "**", "`", "[a](http://"])
@pytest.mark.parametrize("character", list("a*_`[]()<>&!\\ #-.1"))
def test_long_line_of_one_character_ends_soon(start: str, character: str) -> None:
    body = start + character * 100_000 + "\n"
    try:
        assert render_short(body, LINKS)
    except UnknownError:
        assert True
