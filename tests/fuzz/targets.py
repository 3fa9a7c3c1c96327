"""What the fuzzer calls: each way in, with what has to be true whatever the bytes are.

A target takes bytes as a stranger would send them. It may say no in the ways that its caller
knows; anything else that is raised, and each assertion that fails, is a fault.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from html.parser import HTMLParser

from digest.addresses import is_web_address
from digest.body import render_body
from digest.clean import clean_article
from digest.clean.repair import repair_text
from digest.config import Config
from digest.encoding import UndecodableError, decode
from digest.errors import ArticleError, ConfigError, StoryError
from digest.fetch.entries import Entry, NoFeedError, read_feed
from digest.fetch.opml import NoListError, read_opml
from digest.frontmatter import split_front_matter
from digest.models import Facts, Kind, RawArticle
from digest.quotes import find_quotes
from digest.schema import parse_record
from digest.storyfile import format_story, parse_story
from digest.text import split_sentences

STORY = "content/stories/rain.md"
ALLOWED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"}
ALLOWED |= {"em", "strong", "a", "hr", "br", "figure", "figcaption", "sup", "span", "img"}
LINKED = ("http", "https", "mailto")


def fuzz_clean(data: bytes) -> None:
    """A scraped text: each line is kept or listed as removed."""
    text = _decode(data)
    with suppress(ArticleError):
        article = clean_article(RawArticle(path="a.txt", kind="text", text=text))
        removed = {removed.line: removed.text for removed in article.removed}
        lines = dict(enumerate(repair_text(text).split("\n"), start=1))
        assert all(lines[number] == line for number, line in removed.items())
        kept = [line for number, line in lines.items() if line and number not in removed]
        assert " ".join(article.text.split("\n\n")) == " ".join(kept)


def fuzz_page(data: bytes) -> None:
    """A saved page: what is declared in it is of the type that it should be."""
    _clean("html", _decode(data, html=True))


def fuzz_markdown(data: bytes) -> None:
    """An article that is clean already, with its front matter."""
    with suppress(ArticleError, ExceptionGroup):
        text = _decode(data)
        parts = split_front_matter(text, place="a.md", error=ArticleError) or ("", text)
        parse_record(Facts, parts[0], place="a.md", error=ArticleError)
        _clean("markdown", parts[1])


def fuzz_options(data: bytes) -> None:
    """The options of a digest, which others may have written too."""
    with suppress(ConfigError, ExceptionGroup):
        parse_record(Config, _decode(data), place="config.yaml", error=ConfigError)


def fuzz_quotes(data: bytes) -> None:
    """A cleaned text: its quotes stand in it where they say."""
    text = _decode(data)
    for language in ("en", "de"):
        for quote in find_quotes(text, article="a.txt", language=language):
            assert quote.segments
            for segment in quote.segments:
                assert text[segment.start : segment.end] == segment.text


def fuzz_sentences(data: bytes) -> None:
    """A cleaned text: its sentences hold all of it, in order, but for the blanks between them."""
    text = _decode(data)
    sentences = split_sentences(text)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    ends = [0, *(s.end for s in sentences)]
    starts = [*(s.start for s in sentences), len(text)]
    assert not "".join(text[a:b] for a, b in zip(ends, starts, strict=True)).strip()


def fuzz_feed(data: bytes) -> None:
    """A feed of others: plain words and web addresses come out."""
    with suppress(NoFeedError):
        feed = read_feed(data, url="https://a.example/feed", headers={})
        assert len({entry.key for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            _check_entry(entry)
    with suppress(NoListError):
        assert all(map(is_web_address, read_opml(data)))


def fuzz_story(data: bytes) -> None:
    """A story file: what can be read is written and read back equal, and its page is harmless."""
    with suppress(StoryError, ExceptionGroup):
        file = parse_story(_decode(data), path=STORY)
        check_page(render_body(file.body))
        known = {article.path for article in file.story.articles}
        used = {s.article for s in file.story.summary} | {q.article for q in file.story.quotes}
        if known >= used:
            again = parse_story(format_story(file.story).data.decode(), path=STORY)
            assert again.story == file.story


def fuzz_body(data: bytes) -> None:
    """The body of a story: nothing in its page acts, or is loaded from others."""
    check_page(render_body(_decode(data)))


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    name.removeprefix("fuzz_"): target
    for name, target in globals().items()
    if name.startswith("fuzz_")
}


def check_page(page: str) -> None:
    """Assert that HTML holds nothing but text, its structure and links of the web."""
    _Harmless(convert_charrefs=True).feed(page)


class _Harmless(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, f"<{tag}> is no markup of ours"
        for name, value in attrs:
            assert not name.startswith("on") and name != "style"
            if name in ("href", "src", "cite"):
                scheme = re.match(r"[\s\x00-\x1f]*([a-z][a-z0-9+.-]*):", value or "", re.I)
                assert not scheme or (scheme[1].lower() in LINKED and name != "src")


def _check_entry(entry: Entry) -> None:
    words = (entry.title, entry.language, *entry.author, *entry.tags)
    assert all(word is None or (word.isprintable() and word.strip()) for word in words)
    assert entry.url is None or is_web_address(entry.url)
    assert isinstance(entry.html, str)
    assert entry.version


def _clean(kind: Kind, text: str) -> None:
    with suppress(ArticleError):
        article = clean_article(RawArticle(path=f"a.{kind}", kind=kind, text=text))
        assert article.text.strip()
        find_quotes(article.text, article=article.path, language=article.facts.language)


def _decode(data: bytes, *, html: bool = False) -> str:
    """Return the text that the program would read; where it refuses, what is left of it."""
    try:
        return decode(data, html=html)
    except UndecodableError:
        return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
