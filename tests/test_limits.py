"""What is too large, too deep or too much is refused with a reason, and the rest is built."""

import pytest

from conftest import Digest
from digest.clean import clean_article
from digest.errors import ArticleError
from digest.models import Kind, Limits, RawArticle
from digest.quotes import find_quotes

LINE = "Heavy rain flooded the old town of Utrecht on Wednesday, the mayor of the city said."
PROSE = f"{LINE}\n\n{LINE.replace('Wednesday', 'Thursday')}\n"
PAGE = f"<html><body><article><p>{LINE}</p><p>{LINE.replace('old', 'new')}</p>"


def refusal(text: str, kind: Kind, limits: Limits | None = None) -> str:
    raw = RawArticle(path="a", kind=kind, text=text)
    with pytest.raises(ArticleError) as caught:
        clean_article(raw, limits=limits or Limits())
    return str(caught.value)


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_too_many_lines_are_named_with_the_option(kind: Kind) -> None:
    lines = [f"{LINE} It was number {n}." for n in range(30)]
    text = "".join(f"<p>{line}</p>" for line in lines) if kind == "html" else "\n\n".join(lines)
    assert "its text has more than 20 lines" in refusal(text, kind, Limits(lines=20))
    assert "`limits.lines`" in refusal(text, kind, Limits(lines=20))


@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_too_long_a_text_is_named_with_the_option(kind: Kind) -> None:
    told = refusal(PROSE * 9, kind, Limits(characters=1000))
    assert "its text has more than 1,000 characters" in told
    assert "`limits.characters`" in told


def test_too_many_tags_are_named_with_the_option() -> None:
    told = refusal(PAGE + "<b>x</b>" * 500, "html", Limits(tags=500))
    assert "it has more than 500 tags" in told
    assert "`limits.tags`" in told


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f"a{n}" for n in range(11_000)),
        "/".join(f"a{n}=1" for n in range(11_000)),
        " ".join(f"a{n}='>'" for n in range(11_000)),
        'x"' + " ".join(f"a{n}" for n in range(11_000)) + '"',
    ],
    ids=["bare", "slashes", "quoted", "half quoted"],
)
def test_too_many_attributes_are_refused(attributes: str) -> None:
    assert "a tag of it has more than" in refusal(f"<p {attributes}>{PAGE}", "html")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "svg"])
def test_deep_nesting_ends_with_an_article_or_a_reason(tag: str) -> None:
    page = f"<{tag}>" * 8000 + PAGE
    try:
        assert clean_article(RawArticle(path="a", kind="html", text=page)).text
    except ArticleError as error:
        assert error.problem.startswith("no article text was found")


def test_page_of_very_many_paragraphs_is_read_to_its_end() -> None:
    page = PAGE + "".join(f"<p>{LINE} It was number {n}.</p>" for n in range(9000))
    article = clean_article(RawArticle(path="a", kind="html", text=page))
    assert article.text.endswith("It was number 8999.")


def test_what_is_too_large_is_left_out_and_the_rest_is_built(digest: Digest) -> None:
    digest.write("content/config.yaml", "limits: {size: 2000}\n")
    digest.write("content/articles/large.txt", PROSE * 20)
    digest.write("content/articles/facts.md", "It snowed on all the hills of Utrecht.")
    digest.write("content/articles/facts.yaml", "title: Snow\n" + "#" * 3000)
    status, out, err = digest.run("build")
    assert status == 1
    assert out.startswith("built 1 story from 1 article, ")
    remedy = "(give the article alone, or raise `limits.size` in content/config.yaml)"
    assert f"large.txt: the file is larger than 2,000 bytes {remedy}" in err
    assert f"facts.yaml: the file is larger than 2,000 bytes {remedy}" in err


def test_an_article_comes_in_as_soon_as_the_limit_is_raised(digest: Digest) -> None:
    digest.write("content/articles/snow.md", "\n\n".join([LINE] * 30))
    assert digest.run("build")[0] == 0
    digest.write("content/config.yaml", "limits: {lines: 20}\n")
    assert "more than 20 lines" in digest.run("build")[2]
    digest.write("content/config.yaml", "limits: {lines: 40}\n")
    assert digest.run("build")[0] == 0


@pytest.mark.parametrize(
    "front",
    [
        "tags: " + "[" * 100_000,
        "tags: " + "{a: " * 100_000,
        "- " * 100_000,
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9)),
        "title: " + "x" * 100_000 + "\n" + "x: y\n" * 10_000,
    ],
    ids=["lists", "maps", "items", "aliases", "keys"],
)
def test_hostile_front_matter_is_a_problem_of_its_file_alone(front: str, digest: Digest) -> None:
    digest.write("content/articles/evil.md", f"---\n{front}\n---\n\n{PROSE}")
    status, out, err = digest.run("build")
    assert status == 1
    assert out.startswith("built 1 story from 1 article, ")
    assert "content/articles/evil.md" in err
    assert "Traceback" not in err


PIECES = ['"', '"Yes," he said. ', "“a ", "Ada Bo Cy ", "U.S. ", "S", "said ", "» «", "a.\n\n"]


@pytest.mark.parametrize("piece", PIECES)
def test_quotes_of_much_of_one_thing_are_verbatim(piece: str) -> None:
    text = PROSE + piece * (50_000 // len(piece))
    spans = [s for quote in find_quotes(text, article="a") for s in quote.segments]
    assert all(text[span.start : span.end] == span.text for span in spans)
