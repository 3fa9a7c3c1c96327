"""Quotes: what is between the marks, who said it, and that every word of it is in the text."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.models import Quote
from digest.quotes import find_quotes
from digest.quotes.marks import find_quoted
from digest.text import split_paragraphs

DATA = Path(__file__).parent / "data"
ARTICLES = sorted((DATA / "inspect").glob("*.yaml"))
FILES = sorted((DATA / "quotes").glob("??/*.yaml"))
CASES = [
    pytest.param(file.parent.name, case, id=f"{file.parent.name}, {file.stem}: {case['case']}")
    for file in FILES
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]
MARKS = "“”„‟\"‘’‚'«»‹›`"
SENTENCE = (
    "Smith Ann Mr. Smith’s he she said told who to the spokesman of according adding won’t go and "
    "quoted as saying > SMITH: Q: A: sagte laut so zufolge Anna Lund der Sprecher hat gesagt von"
)
WORDS = [*MARKS, *",.:?¶", *SENTENCE.split(" ")]
A_LONG_TEXT = 20_000  # characters; a megabyte takes fifty times as long, not 2,500 times


def show(quote: Quote) -> str:
    """Return a quote as the files of cases write it."""
    words = " | ".join(segment.text for segment in quote.segments)
    words = f"({words})" if quote.partial else words
    via = f" via {quote.via}" if quote.via else ""
    return f"{words} -> {quote.speaker or '-'}{via}"


def assert_verbatim(text: str, quotes: tuple[Quote, ...]) -> None:
    """Check the promise of `find_quotes`: the words of every segment are in the text."""
    segments = [segment for quote in quotes for segment in quote.segments]
    assert all(text[segment.start : segment.end] == segment.text for segment in segments)
    assert [s.start for s in segments] == sorted(s.start for s in segments)


def test_there_are_golden_articles_and_cases() -> None:
    assert ARTICLES
    assert CASES


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_quotes_of_a_real_article_are_those_that_a_reader_finds(path: Path) -> None:
    golden = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = "\n\n".join(golden["paragraphs"])
    quotes = find_quotes(text, article=path.name, language=golden["language"])
    found = [
        {
            "speaker": quote.speaker,
            "role": quote.role,
            "via": quote.via,
            "mention": quote.mention,
            "partial": quote.partial,
            "segments": [segment.text for segment in quote.segments],
        }
        for quote in quotes
    ]
    assert found == [{"partial": False, **quote} for quote in golden["quotes"]]
    assert_verbatim(text, quotes)


@pytest.mark.parametrize(("language", "case"), CASES)
def test_quotes_and_speakers_of_a_short_text(language: str, case: dict[str, Any]) -> None:
    quotes = find_quotes(case["text"], article="a.txt", language=language)
    assert [show(quote) for quote in quotes] == case["quotes"]
    assert_verbatim(case["text"], quotes)


def test_a_quote_names_its_article() -> None:
    (quote,) = find_quotes("“Yes,” said Ann Smith.", article="2024/a.txt")
    assert quote.article == "2024/a.txt"


def test_a_mention_is_worded_as_in_the_sentence() -> None:
    text = "Ann Smith came.\n\n“Yes,” Ms. Smith said. “No,” said a neighbor."
    assert [q.mention for q in find_quotes(text, article="a")] == ["Ms. Smith", "a neighbor"]


def test_a_language_without_words_of_its_own_uses_english_ones() -> None:
    (quote,) = find_quotes("„Ja“, said Ann Smith.", article="a", language="tlh")
    assert quote.speaker == "Ann Smith"


def test_no_text_has_no_quotes() -> None:
    assert find_quotes("", article="a") == ()


@given(st.text(alphabet=st.sampled_from(f"Aab ,.!?:\n{MARKS}()—-1é\xa0\u2028")))
def test_every_segment_is_verbatim_whatever_the_marks(text: str) -> None:
    assert_verbatim(text, find_quotes(text, article="a"))


@given(st.text())
def test_every_segment_is_verbatim_whatever_the_text(text: str) -> None:
    assert_verbatim(text, find_quotes(text, article="a"))


@given(st.lists(st.sampled_from(WORDS)), st.sampled_from(["en", "de"]))
def test_every_segment_is_verbatim_in_any_sentence(words: list[str], language: str) -> None:
    text = " ".join(words).replace("¶", "\n\n")
    assert_verbatim(text, find_quotes(text, article="a", language=language))


@pytest.mark.parametrize("mark", [*MARKS, "''", "“‘", "“a ", "a’s ", "“a\n\n"])
def test_a_long_row_of_marks_is_paired(mark: str) -> None:
    text = mark * (A_LONG_TEXT // len(mark))
    stretches = find_quoted(split_paragraphs(text), "en")
    assert all(before.end <= after.start for before, after in pairwise(stretches))


@pytest.mark.parametrize(
    "unit",
    [
        *MARKS,
        "“a,” ",
        "“a,” said Ann Smith. ",
        "Ann Smith ",
        "said ",
        "“a” said ",
        "said “a” ",
        ", of the ",
        "A. ",
        "de la ",
        "“A,” he said.\n\n",
        "President Ann Smith met the president. ",
        "SMITH: Go.\n\nJONES: No.\n\n",
        "Q: A\n\n",
        "> a ",
        "“A.\n\n",
        "Ann Smith, ",
        "Ann Smith and ",
        "Reuters quoted ",
        "as saying ",
        "von der ",
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_long_text_of_anything_is_read(unit: str, language: str) -> None:
    """Were a step not linear, this would not end."""
    text = "“Go,” said he. " + unit * (A_LONG_TEXT // len(unit))
    assert_verbatim(text, find_quotes(text, article="a", language=language))
