"""What has to hold for every input of each parser and each round trip, tried on many at random.

Those of one room alone stand with its tests; tests/fuzz/ looks further, and takes its time.
"""

import json
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape

import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.addresses import is_web_address
from digest.arrivals import _dump as dump_facts
from digest.body import render_body
from digest.body.full import find_attributed
from digest.clean import clean_article
from digest.clean.repair import repair_text
from digest.dates import format_moment, parse_moment
from digest.encoding import BYTE_ORDER_MARKS, UndecodableError, decode
from digest.errors import ArticleError, DigestError
from digest.fetch.entries import LONGEST_NAME, NoFeedError, read_feed
from digest.fetch.opml import NoListError, read_opml
from digest.frontmatter import split_front_matter
from digest.markdown import escape_markdown
from digest.models import Facts, Moment, RawArticle
from digest.passages import link_passage
from digest.quotes import find_quotes
from digest.schema import parse_record
from digest.text import slugify, split_paragraphs, split_sentences
from digest.web.canonical import address_key, tidy_address

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).filter(
    lambda text: text == " ".join(text.split())
)
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS: st.SearchStrategy[Moment] = st.dates() | st.datetimes(timezones=ZONES)
LINE = "Heavy rain flooded the old town of Utrecht on Wednesday, the mayor of the city said."
# Pieces of news as it comes, and of what it comes in.
PIECES = (
    *(LINE, "By Ada Vermeer", "May 3, 2024", "Advertisement", "“We will rebuild,” she said."),
    *('"No," Mr. de Wit added. "Never."', "Read more:", "©", "\u202e", "\u00a0", "•", "1.", "#"),
    *("U.S.", "p.m.", "…", "?!", "’", "«", "»", "„", "\n", "\n\n", " ", "  ", "\t", "é", "e\u0301"),
)
NEWS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join)
MARKUP = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<b ", ">", "x=", '"', "'", "<!--", "-->", "&amp;", "&#0;", "&lt;"),
            *("<article>", "<script>", "</script>", "<![CDATA[", "]]>", "<table><td>", "\n", LINE),
        ]
    )
    | st.text(max_size=5),
    max_size=40,
).map("".join)


@given(MOMENTS)
def test_moment_is_read_as_it_was_written(moment: Moment) -> None:
    assert parse_moment(format_moment(moment)) == moment


@given(st.text())
def test_what_is_no_moment_is_none(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or parse_moment(format_moment(moment)) == moment


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1))
def test_text_is_decoded_as_it_was_encoded(text: str) -> None:
    marks = {encoding: mark for mark, encoding in BYTE_ORDER_MARKS}
    assert decode(marks["utf-8-sig"] + text.encode()) == text
    for encoding in ("utf-16", "utf-32"):
        assert decode(text.encode(encoding)) == text


@given(st.binary(), st.booleans(), st.sampled_from(["", "latin-1", "gbk", "utf-7", "rot13", "hex"]))
def test_all_bytes_are_text_or_refused(data: bytes, html: bool, label: str) -> None:
    try:
        text = decode(data, html=html, label=label)
    except UndecodableError as error:
        assert str(error)
    else:
        assert "\r" not in text


FACTS = st.builds(
    Facts,
    title=st.none() | WORDS,
    url=st.none() | st.just("https://a.example/?a=b&c=%20#d"),
    source=st.none() | WORDS,
    author=st.lists(WORDS, max_size=2).map(tuple),
    published=st.none() | MOMENTS,
    fetched=st.none() | st.datetimes(timezones=st.just(UTC)),
    language=st.sampled_from([None, "no", "en-GB"]),
    tags=st.lists(WORDS, max_size=2).map(tuple),
)


@given(FACTS)
def test_facts_beside_an_article_are_read_as_they_were_written(facts: Facts) -> None:
    text = dump_facts(facts).decode()
    assert parse_record(Facts, text, place="a.yaml", error=ArticleError) == facts


@given(FACTS, st.text(st.characters(codec="utf-8")))
def test_front_matter_is_parted_from_any_body(facts: Facts, body: str) -> None:
    front = dump_facts(facts).decode()
    parts = split_front_matter(f"---\n{front}---\n{body}", place="a.md", error=ArticleError)
    assert parts == (front, body)


@given(st.text() | st.recursive(st.text(), lambda inner: st.lists(inner)).map(yaml.safe_dump))
def test_any_yaml_is_a_record_or_named_problems(text: str) -> None:
    try:
        record = parse_record(Facts, text, place="a.yaml", error=ArticleError)
    except ArticleError as error:
        assert error.place.startswith("a.yaml")
    except ExceptionGroup as problems:
        assert all(isinstance(error, DigestError) for error in problems.exceptions)
    else:
        assert isinstance(record, Facts)


@given(NEWS)
def test_cleaning_keeps_each_line_or_lists_it(text: str) -> None:
    text = text.replace("\r", "\n")
    try:
        article = clean_article(RawArticle(path="a.txt", kind="text", text=text))
    except ArticleError as error:
        assert error.remedy
        return
    lines = dict(enumerate(repair_text(text).split("\n"), start=1))
    removed = {removed.line for removed in article.removed}
    assert [lines[r.line] for r in article.removed] == [r.text for r in article.removed]
    kept = [line for number, line in lines.items() if line and number not in removed]
    assert " ".join(article.text.split("\n\n")) == " ".join(kept)


@given(MARKUP)
def test_any_page_is_an_article_or_refused(page: str) -> None:
    try:
        article = clean_article(RawArticle(path="a.html", kind="html", text=page))
    except ArticleError as error:
        assert error.remedy
    else:
        assert article.text.strip()


@given(NEWS, st.sampled_from(["en", "de", "xx", None]))
def test_quotes_and_sentences_stand_where_they_say(text: str, language: str | None) -> None:
    quotes = find_quotes(text, article="a.txt", language=language)
    spans = [s for q in quotes for s in q.segments]
    spans += [*split_sentences(text, language=language), *split_paragraphs(text)]
    assert all(text[span.start : span.end] == span.text for span in spans)
    starts = [quote.segments[0].start for quote in quotes]
    assert starts == sorted(starts)


@given(st.text())
def test_addresses_of_the_web_have_one_key_however_often_they_are_tidied(text: str) -> None:
    for url in (text, f"https://a.example/{text}", f"http://{text}/"):
        if is_web_address(url):
            assert tidy_address(tidy_address(url)) == tidy_address(url)
            assert address_key(tidy_address(url)) == address_key(url)
            assert is_web_address(link_passage(url, "It rained – “a lot”, they said"))


@given(st.text())
def test_slug_is_a_name_on_every_file_system(text: str) -> None:
    slug = slugify(text)
    assert slug == slugify(slug)
    assert slug.isascii()
    assert slug == slug.lower()
    assert set("-") | set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert slug not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=400)


@given(TITLES, TITLES, TITLES, st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1)))
def test_feed_is_read_as_plain_words(title: str, author: str, tag: str, when: datetime) -> None:
    item = (
        f"<item><title>{escape(title)}</title><dc:creator>{escape(author)}</dc:creator>"
        f"<category>{escape(tag)}</category><pubDate>{format_datetime(when)}</pubDate>"
        f"<link>/{escape(tag)}</link></item>"
    )
    head = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    feed = f"{head}{item}</channel></rss>".encode()
    try:
        entries = read_feed(feed, url="https://a.example/feed", headers={}).entries
    except NoFeedError:
        entries = ()  # what XML has no way to write
    for entry in entries:
        words = [w for w in (entry.title, *entry.author, *entry.tags) if w is not None]
        assert all(w.isprintable() and 0 < len(w) <= LONGEST_NAME for w in words)
        assert entry.url is None or is_web_address(entry.url)
        assert entry.published in (None, when.replace(microsecond=0))


@given(st.binary() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_any_bytes_are_a_feed_or_none(data: bytes | str) -> None:
    data = data.encode() if isinstance(data, str) else data
    version = b'{"version":"https://jsonfeed.org/version/1","items":'
    for body in (data, version + data + b"}", b"<rss>" + data):
        try:
            assert read_feed(body, url="https://a.example/", headers={}).entries is not None
        except NoFeedError as error:
            assert str(error)
    try:
        assert all(map(is_web_address, read_opml(data)))
    except NoListError as error:
        assert str(error)


@given(NEWS)
def test_words_of_others_make_no_markup(text: str) -> None:
    text = repair_text(text)  # as each article is
    line = escape_markdown(text)
    assert render_body(line).count("<") in (0, 2)  # a paragraph, or nothing
    assert find_attributed(f"> {line}\n>\n> — Ada") == ([" ".join(text.split())] if line else [])
