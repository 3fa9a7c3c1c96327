"""Cleaning: the hand-written result of each example, and what no article can be made of."""

from pathlib import Path

import pytest
import yaml

from digest.clean import clean_article
from digest.errors import ArticleError
from digest.models import Facts, RawArticle

ROOT = Path(__file__).parents[1]
GOLDEN = sorted((ROOT / "tests/data/inspect").glob("*.yaml"))


def read_article(text: str, facts: Facts | None = None) -> RawArticle:
    return RawArticle(path="a.txt", kind="text", text=text, facts=facts or Facts())


def test_there_are_golden_articles() -> None:
    assert GOLDEN


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_scraped_article_is_cleaned_as_by_hand(path: Path) -> None:
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))
    source = ROOT / "content/articles" / f"{path.stem}.txt"
    article = clean_article(read_article(source.read_text(encoding="utf-8")))
    assert article.text.split("\n\n") == expected["paragraphs"]
    assert [[r.line, r.reason, r.text] for r in article.removed] == expected["removed"]
    assert article.facts == Facts(
        title=expected["title"],
        author=tuple(expected["author"]),
        source=expected["source"],
        language=expected["language"],
    )


def test_markdown_is_taken_as_it_is() -> None:
    raw = RawArticle(
        path="a.md",
        kind="markdown",
        text="Subscribe to\nour paper.\n\n\nIt rained.\n",
        facts=Facts(title="Rain"),
    )
    article = clean_article(raw)
    assert article.text == "Subscribe to our paper.\n\nIt rained."
    assert article.removed == ()
    assert article.facts == Facts(title="Rain")


def test_an_empty_file_is_named_with_the_reason() -> None:
    with pytest.raises(ArticleError, match="empty"):
        clean_article(read_article(" \n\n"))
