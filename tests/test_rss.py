"""The short way to write RSS writes what feedgen writes."""

from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.feeds import rss, xml
from digest.feeds.items import Channel, Item, clean
from digest.models import Site

AWKWARD = st.sampled_from(list("&<>\"'\n\r\t ]]>é😀\x85\u2028-"))
TEXTS = st.text(st.one_of(AWKWARD, st.characters()), min_size=1, max_size=12).map(clean)
WORDS = TEXTS.filter(bool)
ADDRESSES = st.text("ab&=?#\"'%/~", max_size=9).map("https://a.example/".__add__)
ZONES = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=ZONES)
HTML = st.sampled_from(["<p>a &amp; b</p>\n<p>é</p>\n", "<p>]]&gt;</p>", '<a href="b">↗</a>'])

ITEMS = st.builds(
    Item,
    guid=WORDS,
    title=WORDS,
    url=ADDRESSES,
    lead=WORDS,
    html=HTML,
    authors=st.lists(WORDS, max_size=2, unique=True).map(tuple),
    source=st.none() | st.tuples(WORDS, ADDRESSES),
    tags=st.lists(WORDS, max_size=2).map(tuple),
    published=st.none() | TIMES,
)
CHANNELS = st.builds(
    Channel,
    title=WORDS,
    description=WORDS,
    guid=WORDS,
    url=ADDRESSES,
    root=st.sampled_from(["", "../../"]),
    updated=st.none() | TIMES,
)
OPTIONS = st.fixed_dictionaries(
    {
        "site": st.builds(
            Site, license=st.none() | WORDS, language=st.sampled_from(["en", "de-AT"])
        ),
        "address": ADDRESSES,
        "hub": st.none() | ADDRESSES,
        "ttl": st.none() | st.integers(1, 9999),
    }
)


@given(ITEMS)
def test_item_is_written_as_feedgen_writes_it(item: Item) -> None:
    assert rss.write_rss_item(item) == xml.write_rss_item(item)


@given(CHANNELS, st.lists(ITEMS, max_size=2), OPTIONS)
def test_feed_is_written_as_feedgen_writes_it(
    channel: Channel, items: list[Item], options: dict[str, Any]
) -> None:
    parts = [rss.write_rss_item(item) for item in items]
    assert rss.write_rss(channel, parts, **options) == xml.write_rss(channel, parts, **options)
