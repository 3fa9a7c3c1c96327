"""Cleaning: the hand-written result of each example, and what no article can be made of."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.clean import clean_article
from digest.dates import parse_moment
from digest.errors import ArticleError
from digest.models import CleanArticle, Facts, Kind, RawArticle

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "tests/data/inspect").glob("*.yaml"))
EXAMPLES = sorted((ROOT / "tests/data/clean").glob("*.yaml"))
KINDS: dict[str, Kind] = {".txt": "text", ".html": "html"}


def raw_article(text: str, kind: Kind = "text", facts: Facts | None = None) -> RawArticle:
    return RawArticle(path=f"a.{kind}", kind=kind, text=text, facts=facts or Facts())


def clean(text: str, kind: Kind = "text", facts: Facts | None = None) -> CleanArticle:
    return clean_article(raw_article(text, kind, facts))


def as_facts(expected: dict[str, Any]) -> Facts:
    return Facts(
        title=expected["title"],
        author=tuple(expected.get("author") or ()),
        source=expected.get("source"),
        url=expected.get("url"),
        published=parse_moment(expected.get("published") or ""),
        updated=parse_moment(expected.get("updated") or ""),
        language=expected["language"],
        tags=tuple(expected.get("tags") or ()),
    )


def find_source(expected: Path) -> Path:
    folder = ROOT / "content/articles" if expected in SEEDS else expected.parent
    return next(path for path in sorted(folder.glob(f"{expected.stem}.*")) if path.suffix in KINDS)


def test_there_are_examples() -> None:
    assert SEEDS
    assert EXAMPLES


@pytest.mark.parametrize("path", [*SEEDS, *EXAMPLES], ids=lambda path: path.stem)
def test_an_article_is_cleaned_as_by_hand(path: Path) -> None:
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))
    source = find_source(path)
    article = clean(source.read_text(encoding="utf-8"), KINDS[source.suffix])
    assert article.text.split("\n\n") == expected["paragraphs"]
    assert [[r.line, r.reason, r.text] for r in article.removed] == expected["removed"]
    assert article.facts == as_facts(expected)


@pytest.mark.parametrize("path", [*SEEDS, *EXAMPLES], ids=lambda path: path.stem)
def test_each_line_is_kept_or_removed(path: Path) -> None:
    source = find_source(path)
    if source.suffix != ".txt":
        assert KINDS[source.suffix] == "html"  # its lines are the extractor's
        return
    text = source.read_text(encoding="utf-8")
    article = clean(text)
    removed = {r.line for r in article.removed}
    kept = [
        " ".join(line.split())
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and number not in removed
    ]
    assert " ".join(kept) == " ".join(article.text.split("\n\n"))


def test_markdown_is_taken_as_it_is() -> None:
    text = "Subscribe to\nour paper.\n\n\nIt rained.\n"
    article = clean(text, "markdown", Facts(title="Rain"))
    assert article.text == "Subscribe to our paper.\n\nIt rained."
    assert article.removed == ()
    assert article.facts == Facts(title="Rain")


def test_stated_facts_win_over_found_ones() -> None:
    text = "Rain falls on Utrecht\nBy Ann Ash\nMay 3, 2024\n" + PARAGRAPH
    stated = Facts(title="Rain", author=("Bo Birch",), published=parse_moment("2024-05-04"))
    facts = clean(text, facts=stated).facts
    assert (facts.title, facts.author, facts.published) == (
        stated.title,
        stated.author,
        stated.published,
    )


PARAGRAPH = (
    "It rained for two days in the old town of Utrecht, and the canals rose by a foot, "
    "officials said on Friday.\n"
)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("May 3, 2024", "2024-05-03"),
        ("Published: 3rd May 2024, 6:18 p.m.", "2024-05-03"),
        ("Published 11:00 AM PDT, May 3, 2024", "2024-05-03T11:00:00-07:00"),
        ("Fri 3 May 2024 12.42 CET", "2024-05-03T12:42:00+01:00"),
        ("Updated: May 3, 2024", "2024-05-03"),
        ("Updated May 4, 2024. Published May 3, 2024", "2024-05-03"),
        ("The flood of May 3, 1953, was worse than this one by far.", None),
        ("03/05/2024", None),
    ],
)
def test_a_date_line_tells_when_and_nothing_else_does(line: str, published: str | None) -> None:
    facts = clean(f"Rain falls on Utrecht\nBy Ann Ash\n{line}\n\n{PARAGRAPH}").facts
    assert facts.published == parse_moment(published or "")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Ash", ("Ann Ash",)),
        ("by Ann Ash and Bo Birch, The Herald", ("Ann Ash", "Bo Birch")),
        ("By Jean-Luc O’Neill | Staff Writer", ("Jean-Luc O’Neill",)),
        ("Ludwig van Beethoven", ("Ludwig van Beethoven",)),
        ("By The Associated Press", ("The Associated Press",)),
        ("By Ann Ash and The Associated Press", ("Ann Ash",)),
        ("BBC News", ()),
        ("By Ann AshfordTravel", ("Ann Ashford",)),
        ("By ANN ASH, Herald Staff Writer", ("ANN ASH",)),
        ("By: Ann Ash and Bo Birch, CNN", ("Ann Ash", "Bo Birch")),
        ("Author: Ann Ash | 3 min read", ("Ann Ash",)),
        ("Opinion by Ann Ash", ("Ann Ash",)),
        ("Ann Ash, Politics reporter", ("Ann Ash",)),
        ("Ann Ash@annash", ("Ann Ash",)),
        ("Ann Ash in Kyiv", ("Ann Ash",)),
        ("Ann Ash and AP", ("Ann Ash",)),
        ("By Ann Ash, Canal Research Institute", ("Ann Ash",)),
        ("Ann Ash,\nBo Birch &\nCy Cole", ("Ann Ash", "Bo Birch", "Cy Cole")),
        ("By\nAnn Ash", ("Ann Ash",)),
        ("Author of the article:\nCanal News Agency", ("Canal News Agency",)),
        ("Herald Sports Desk", ("Herald Sports Desk",)),
        ("It is not over yet, writes Ann Ash", ("Ann Ash",)),
        ("Most Read", ()),
        ("Ann's Garden", ()),
    ],
)
def test_a_byline_tells_names_of_people(line: str, authors: tuple[str, ...]) -> None:
    facts = clean(f"Rain falls on Utrecht\n{line}\nMay 3, 2024\n\n{PARAGRAPH}").facts
    assert facts.author == authors


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        ("Reporting by Ann Ash in Utrecht; Editing by Bo Birch", ("Ann Ash",)),
        ("Ann Ash is a reporter who covers canals for the Herald.", ("Ann Ash",)),
        ("Ann Ash is a professor of rivers and the author of two books.", ("Ann Ash",)),
        ("Contact Ann Ash at ash@herald.example", ("Ann Ash",)),
        ("Mayor opens the new bridge", ()),
        ("Ann Ash", ()),
    ],
)
def test_lines_below_the_article_tell_its_author_when_they_say_so(
    below: str, authors: tuple[str, ...]
) -> None:
    assert clean(f"Rain falls on Utrecht\n\n{PARAGRAPH * 3}\n{below}").facts.author == authors


def test_whom_the_article_tells_about_did_not_write_it() -> None:
    told = "Ann Ash left her house at noon, and the water was already in the street behind it."
    more = "In the evening Ann Ash came back in a boat, and the cat sat on the roof of the shed."
    text = f"Rain falls on Utrecht\nAnn Ash\nMay 3, 2024\n\n{told}\n{PARAGRAPH}{more}\n"
    assert clean(text).facts.author == ()


@pytest.mark.parametrize(
    "above",
    [
        "Home\nNews\nCanals and Rivers\nRain floods the old town of Utrecht",
        "Home News Rain floods the old town of Utrecht\nRain floods the old town of Utrecht",
        "Rain floods the old town of Utrecht\nThe canals of the old town rose by a foot",
        "Rain floods the old town of Utrecht | The Herald\n\nShare",
        "Canals | The Herald\nWorld\nRain floods the old town of Utrecht\nAnn Ash",
        "Rain floods the old town of Utrecht - X\nRain floods the old town of Utrecht | Canals",
        "The Herald\nFriday, May 3, 2024\nRain floods the old town of Utrecht",
    ],
)
def test_the_headline_is_neither_menu_nor_deck_nor_the_name_of_the_site(above: str) -> None:
    text = f"{above}\nBy Ann Ash\nMay 3, 2024\n\n{PARAGRAPH * 2}\n{PARAGRAPH}"
    assert clean(text).facts.title == "Rain floods the old town of Utrecht"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n\u200b\n", "around articles"),
        ("Home\nSubscribe to our newsletter\n© 2024 The Herald. All rights reserved.", "around"),
        ("Storm\nAlready a subscriber? Log in to continue reading.\nSubscribe now", "login"),
        ("%PDF-1.7\nstream\nendstream", "PDF"),
        (
            "Latest news\nMayor opens the new bridge\n2 hours ago\nFarmer wins a prize for cows\n"
            "3 hours ago\nChoir sings in the old church\nBaker bakes the longest loaf ever\n"
            "Ferry stops for a week in May\nRead more\n",
            "list of articles",
        ),
    ],
)
def test_a_file_without_an_article_is_named_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(ArticleError) as caught:
        clean(text)
    assert problem in caught.value.problem
    assert caught.value.place == "a.text"


@pytest.mark.parametrize("page", ["just words", "<html><script>a = 1;</script></html>"])
def test_a_page_without_text_is_named_with_the_reason(page: str) -> None:
    with pytest.raises(ArticleError, match="the page holds none"):
        clean(page, "html")


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("a\u00a0foot", "a foot"),
        ("ca\u00adnals", "canals"),
        ("It\u2019s", "It\u2019s"),
        ("Itâ€™s", "It’s"),
        ("cafÃ©", "café"),
        ("cafe\u0301", "café"),
        ("\x93high\x94", "“high”"),
        ("hi\x00gh\u202e", "high"),
        ("CAFÉ»", "CAFÉ»"),
    ],
)
def test_damaged_characters_are_repaired_and_marks_stay(broken: str, mended: str) -> None:
    text = f"Rain falls on Utrecht\n\nThe water stood {broken} in the streets. {PARAGRAPH}"
    assert f"stood {mended} in" in clean(text).text


def test_wrapped_lines_are_joined_and_removed_one_by_one() -> None:
    text = (ROOT / "tests/data/clean/wrapped.txt").read_text(encoding="utf-8")
    article = clean(text)
    assert "\n" not in article.text.replace("\n\n", "")
    assert max(map(len, text.splitlines())) < min(map(len, article.text.split("\n\n")))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([PARAGRAPH, "By Ann Ash", "", "Subscribe", "\u202e", "-", "©", "1:"]))
)
def test_whatever_the_lines_each_is_kept_or_removed(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        article = clean(text)
    except ArticleError:
        return
    kept = len(article.text.split("\n\n"))
    told = [line for line in text.split("\n") if line.strip("\u202e ")]
    assert kept + len(article.removed) == len(told)


AWKWARD = [
    "a",
    "A. ",
    ".",
    "“",
    "(",
    "|",
    "â",
    "Ã",
    "1:",
    "By ",
    "Jan 1, ",
    "- a\n",
    "Ann Ash\n",
    "<",
]


@pytest.mark.parametrize("piece", AWKWARD)
def test_much_of_one_awkward_piece_leaves_an_article_or_a_reason(piece: str) -> None:
    text = f"Rain falls on Utrecht\n\n{PARAGRAPH * 3}\n"
    try:
        article = clean(text + piece * (200_000 // len(piece)))
    except ArticleError as error:
        assert error.problem.startswith(("no article text was found", "its text has more than"))
        return
    assert article.text
