"""What is new in the feeds comes in once, politely, whatever their servers do."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from conftest import Digest
from digest.fetch.entries import NoFeedError, read_feed
from digest.fetch.opml import NoListError, read_opml
from servers import Reply, Server, serve_replies

WORDS = (
    "The river rose in the night and the lower town was flooded by morning, the mayor said. " * 20
)


@pytest.fixture
def server() -> Iterator[Server]:
    with serve_replies() as running:
        yield running


@pytest.fixture
def owner(make_digest: Callable[[], Digest], server: Server) -> Digest:
    """A digest that reads one feed."""
    made = make_digest()
    configure(made, server.address + "/feed.xml")
    return made


def configure(digest: Digest, *feeds: str, **options: Any) -> None:
    settings = {"feeds": list(feeds), "private": True, "delay": 0, "retries": 0, **options}
    digest.write("content/config.yaml", json.dumps({"fetch": settings}))


def page(title: str, *paragraphs: str, head: str = "") -> str:
    text = "".join(f"<p>{p}</p>" for p in paragraphs or (f"{title} is what this says. {WORDS}",))
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )


def rss(server: Server, *items: str) -> Reply:
    body = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Canal Post</title><link>{server.address}</link><description>News</description>"
        f"{''.join(items)}</channel></rss>"
    )
    return Reply(body=body, kind="application/rss+xml")


def item(url: str, title: str = "Rain", text: str = "It rained.", full: str = "") -> str:
    more = f"<content:encoded><![CDATA[{full}]]></content:encoded>" if full else ""
    return (
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid>"
        f"<pubDate>Wed, 01 Jan 2025 10:00:00 GMT</pubDate><author>Ada Vermeer</author>"
        f"<description>{text}</description>{more}</item>"
    )


def articles(digest: Digest) -> list[str]:
    return sorted(p for p in digest.files("content") if p.startswith("articles/"))


def test_new_articles_come_in_under_a_dated_telling_name(owner: Digest, server: Server) -> None:
    url = server.say("/rain", page("Rain floods the old town"))
    server.say("/feed.xml", rss(server, item(url)))
    status, out, err = owner.run("fetch")
    assert (status, err) == (0, "")
    name = "articles/2025-01/2025-01-01-rain-floods-the-old-town"
    assert articles(owner) == [f"{name}.html", f"{name}.yaml"]
    assert f"content/{name}.html: added\n" in out
    assert "read 1 feed, added 1 article, 0 new versions" in out
    assert server.asked() == ["/feed.xml", "/robots.txt", "/rain"]


def test_the_facts_beside_say_where_it_came_from(owner: Digest, server: Server) -> None:
    url = server.say("/rain", page("Rain floods the old town"))
    server.say("/feed.xml", rss(server, item(url)))
    owner.run("fetch")
    (facts,) = (p for p in articles(owner) if p.endswith(".yaml"))
    told = owner.read(f"content/{facts}")
    assert f"url: {url}\n" in told
    assert "source: The Canal Post\n" in told
    assert "published: '2025-01-01T10:00:00+00:00'\n" in told
    assert "fetched: " in told


def test_what_the_page_tells_itself_is_not_told_again_by_the_feed(
    owner: Digest, server: Server
) -> None:
    head = '<meta property="article:published_time" content="2024-12-31T09:00:00Z">'
    url = server.say("/rain", page("Rain floods the old town", head=head))
    server.say("/feed.xml", rss(server, item(url, title="Shorter")))
    owner.run("fetch")
    (facts,) = (p for p in articles(owner) if p.endswith(".yaml"))
    assert "published" not in owner.read(f"content/{facts}")
    assert "title" not in owner.read(f"content/{facts}")
    assert facts.startswith("articles/2024-12/2024-12-31-")


def test_nothing_new_changes_nothing(owner: Digest, server: Server) -> None:
    url = server.say("/rain", page("Rain"))
    server.say("/feed.xml", rss(server, item(url)))
    owner.run("fetch")
    before = owner.files("content")
    server.asked()
    _, out, _ = owner.run("fetch")
    assert "added 0 articles, 0 new versions" in out
    assert owner.files("content") == before
    assert server.asked() == ["/feed.xml"]


def test_a_feed_is_asked_whether_it_changed(owner: Digest, server: Server) -> None:
    marks = {"ETag": '"one"', "Last-Modified": "Wed, 01 Jan 2025 10:00:00 GMT"}
    url = server.say("/rain", page("Rain"))
    feed = rss(server, item(url))
    first = Reply(body=feed.body, kind=feed.kind, headers=marks)
    server.say("/feed.xml", first, Reply(status=304))
    owner.run("fetch")
    server.requests.clear()
    assert owner.run("fetch")[0] == 0
    ((_, headers),) = server.requests
    assert headers["if-none-match"] == '"one"'
    assert headers["if-modified-since"] == "Wed, 01 Jan 2025 10:00:00 GMT"


def test_an_article_that_was_deleted_does_not_come_back(owner: Digest, server: Server) -> None:
    url = server.say("/rain", page("Rain"))
    server.say("/feed.xml", rss(server, item(url)))
    owner.run("fetch")
    for path in articles(owner):
        (owner.root / "content" / path).unlink()
    owner.run("fetch")
    assert articles(owner) == []


def test_a_dead_feed_costs_the_others_nothing(owner: Digest, server: Server) -> None:
    configure(owner, server.address + "/dead.xml", server.address + "/feed.xml")
    url = server.say("/rain", page("Rain"))
    server.say("/feed.xml", rss(server, item(url)))
    server.say("/dead.xml", Reply(status=410))
    status, out, err = owner.run("fetch")
    assert status == 0
    assert "read 1 feed, added 1 article" in out
    assert err == f"{server.address}/dead.xml: answers 410 (correct its address, or take it out)\n"


def test_when_all_feeds_are_dead_the_status_says_so(owner: Digest, server: Server) -> None:
    server.say("/feed.xml", Reply(status=500))
    status, _, err = owner.run("fetch")
    assert status == 1
    assert err == f"{server.address}/feed.xml: answers 500 (it is asked again next time)\n"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body="<html><p>Hello</p></html>"),
        Reply(body='{"version": "2"}', kind="application/json"),
        Reply(body="{", kind="application/json"),
        Reply(body=b""),
        Reply(body=b"\x00\x01\x02", kind="application/rss+xml"),
        Reply(body="[" * 100_000, kind="application/json"),
        Reply(body='{"a":' * 100_000, kind="application/json"),
    ],
)
def test_what_is_no_feed_is_a_problem_with_a_remedy(
    owner: Digest, server: Server, reply: Reply
) -> None:
    server.say("/feed.xml", reply)
    status, _, err = owner.run("fetch")
    assert status == 1
    assert "/feed.xml: it is" in err
    assert "(correct its address, or take it out)" in err


def test_a_page_that_fails_for_a_while_comes_in_later(owner: Digest, server: Server) -> None:
    url = server.say("/rain", Reply(status=503), page("Rain"))
    headers = {"ETag": '"one"'}
    feed = rss(server, item(url, text=""))
    server.say("/feed.xml", Reply(body=feed.body, kind=feed.kind, headers=headers))
    _, _, err = owner.run("fetch")
    assert "/rain: answers 503 (it is asked again next time)" in err
    server.requests.clear()
    _, out, _ = owner.run("fetch")
    assert "added 1 article" in out
    assert "if-none-match" not in server.requests[0][1]  # a 304 would have lost it


def test_a_page_that_is_gone_is_asked_for_once(owner: Digest, server: Server) -> None:
    server.say("/feed.xml", rss(server, item(server.address + "/gone", text="")))
    assert "/gone: is gone (answer 404)" in owner.run("fetch")[2]
    server.asked()
    owner.run("fetch")
    assert server.asked() == ["/feed.xml"]


def test_the_feed_is_enough_where_it_carries_the_whole_text(owner: Digest, server: Server) -> None:
    full = f"<p>It rained in Utrecht. {WORDS}</p>"
    server.say("/feed.xml", rss(server, item(server.address + "/rain", full=full)))
    owner.run("fetch")
    assert server.asked() == ["/feed.xml"]
    (file,) = (p for p in articles(owner) if p.endswith(".html"))
    assert "It rained in Utrecht." in owner.read(f"content/{file}")


def test_the_feed_is_used_where_robots_txt_forbids_the_page(owner: Digest, server: Server) -> None:
    server.say("/robots.txt", Reply(body="User-agent: *\nDisallow: /\n", kind="text/plain"))
    url = server.say("/rain", page("Never read"))
    text = "The river rose in the night and flooded the lower town, the mayor said on Monday."
    server.say("/feed.xml", rss(server, item(url, text=text)))
    _, out, _ = owner.run("fetch")
    assert "added 1 article" in out
    assert server.asked() == ["/feed.xml", "/robots.txt"]


def test_the_feed_is_used_where_the_page_is_a_wall(owner: Digest, server: Server) -> None:
    url = server.say("/rain", "<html><body><p>Log in to read this.</p></body></html>")
    text = "The river rose in the night and flooded the lower town, the mayor said on Monday."
    server.say("/feed.xml", rss(server, item(url, text=text)))
    assert "added 1 article" in owner.run("fetch")[1]


def test_one_article_in_two_feeds_comes_in_once(owner: Digest, server: Server) -> None:
    configure(owner, server.address + "/feed.xml", server.address + "/other.xml")
    url = server.say("/rain", page("Rain"))
    server.say("/feed.xml", rss(server, item(url)))
    server.say("/other.xml", rss(server, item(url + "?utm_source=feed")))
    assert "added 1 article" in owner.run("fetch")[1]
    before = owner.files("content")
    owner.run("fetch")
    assert owner.files("content") == before


def test_one_text_at_two_addresses_is_one_article(owner: Digest, server: Server) -> None:
    one, two = server.say("/rain", page("Rain")), server.say("/amp/rain", page("Rain"))
    server.say("/feed.xml", rss(server, item(one), item(two)))
    assert "added 1 article" in owner.run("fetch")[1]


def test_no_more_than_the_limit_come_in_at_once_and_all_in_the_end(
    owner: Digest, server: Server
) -> None:
    configure(owner, server.address + "/feed.xml", limit=2)
    urls = [server.say(f"/{n}", page(f"Rain on day {n}")) for n in range(5)]
    server.say("/feed.xml", rss(server, *(item(url) for url in urls)))
    runs = [owner.run("fetch") for _ in range(4)]
    assert ["added 2" in runs[0][1], "added 2" in runs[1][1], "added 1" in runs[2][1]] == [True] * 3
    assert "added 0" in runs[3][1]
    assert "3 new articles left for the next run" in runs[0][2]
    assert len(articles(owner)) == 10


def test_all_feeds_get_their_turn_within_the_limit(owner: Digest, server: Server) -> None:
    configure(owner, server.address + "/big.xml", server.address + "/small.xml", limit=2)
    big = [server.say(f"/{n}", page(f"Rain on day {n}")) for n in range(5)]
    server.say("/big.xml", rss(server, *(item(url) for url in big)))
    server.say("/small.xml", rss(server, item(server.say("/sun", page("Sun at last")))))
    assert "sun-at-last.html: added" in owner.run("fetch")[1]


def test_an_interruption_loses_nothing_and_doubles_nothing(
    owner: Digest, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [server.say(f"/{n}", page(f"Rain on day {n}")) for n in range(4)]
    server.say("/feed.xml", rss(server, *(item(url) for url in urls)))
    from digest.arrivals import Collection

    receive, received = Collection.receive, []

    def interrupted(self: Collection, *given: Any, **options: Any) -> Any:
        received.append(given)
        if len(received) == 3:
            raise KeyboardInterrupt
        return receive(self, *given, **options)

    monkeypatch.setattr(Collection, "receive", interrupted)
    status, _, err = owner.run("fetch")
    assert (status, err) == (130, "digest: stopped; run it again to finish\n")
    monkeypatch.setattr(Collection, "receive", receive)
    server.asked()
    assert "added 2 articles" in owner.run("fetch")[1]
    assert len(articles(owner)) == 8


def test_a_lost_state_brings_nothing_in_twice(owner: Digest, server: Server) -> None:
    url = server.say("/rain", page("Rain"))
    server.say("/feed.xml", rss(server, item(url)))
    owner.run("fetch")
    before = owner.files("content")
    (owner.root / "content/fetched.json").unlink()
    owner.run("fetch")
    assert owner.files("content") == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"feeds": []}', '{"feeds": {"a": 1}}'])
def test_a_broken_state_is_not_overwritten(owner: Digest, text: str) -> None:
    owner.write("content/fetched.json", text)
    status, _, err = owner.run("fetch")
    assert status == 2
    assert err.startswith("content/fetched.json: is not what `digest fetch` wrote (")
    assert owner.read("content/fetched.json") == text


def test_a_new_version_takes_the_place_of_the_old_one_which_is_kept(
    owner: Digest, server: Server
) -> None:
    url = server.say("/rain", page("Rain", WORDS, "“All is lost,” the mayor said."))
    server.say("/feed.xml", rss(server, item(url)))
    owner.run("fetch")
    (path,) = (p for p in articles(owner) if p.endswith(".html"))
    facts = owner.read(f"content/{path.removesuffix('.html')}.yaml")
    owner.write(f"content/{path.removesuffix('.html')}.yaml", "story: rain  # mine\n" + facts)
    server.say("/rain", page("Rain", WORDS, "“Most is lost,” the mayor said."))
    server.say("/feed.xml", rss(server, item(url, text="Now with other words.")))
    _, out, _ = owner.run("fetch")
    assert f"content/{path}: new version (the one before is in content/versions/)\n" in out
    assert "added 0 articles, 1 new version" in out
    assert "Most is lost" in owner.read(f"content/{path}")
    kept = path.replace("articles/", "versions/")
    assert "All is lost" in owner.read(f"content/{kept}/1.html")
    assert owner.read(f"content/{kept}/1.yaml").startswith("story: rain  # mine\n")
    assert owner.read(f"content/{path.removesuffix('.html')}.yaml").startswith(
        "story: rain  # mine"
    )


def test_an_article_that_the_owner_added_is_not_replaced(owner: Digest, server: Server) -> None:
    url = server.say("/rain", page("Rain"), page("Rain", "Other words. " + WORDS))
    owner.write("content/articles/mine.txt", f"Rain\n\nMy own clean copy. {WORDS}")
    owner.write("content/articles/mine.yaml", f"url: {url}\n")
    server.say("/feed.xml", rss(server, item(url)))
    assert "added 0 articles" in owner.run("fetch")[1]
    server.say("/feed.xml", rss(server, item(url, text="Changed.")))
    _, out, _ = owner.run("fetch")
    assert "content/articles/mine.txt: changed at its source, but the file is yours" in out
    assert "My own clean copy." in owner.read("content/articles/mine.txt")


def test_a_page_speaks_for_no_other_site(owner: Digest, server: Server) -> None:
    mine = server.say("/rain", page("Rain"))
    server.say("/feed.xml", rss(server, item(mine)))
    owner.run("fetch")
    (path,) = (p for p in articles(owner) if p.endswith(".html"))
    before = owner.read(f"content/{path}")
    # The same server under another name claims to be that page.
    evil = server.address.replace("127.0.0.1", "localhost") + "/evil"
    server.say("/evil", page("Lies", head=f'<meta property="og:url" content="{mine}">'))
    server.say("/feed.xml", rss(server, item(mine), item(evil)))
    owner.run("fetch")
    assert owner.read(f"content/{path}") == before
    assert len(articles(owner)) == 4


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(body=page("Grüße").encode("cp1252"), kind="text/html; charset=iso-8859-1"), "Grüße"),
        (Reply(body=page("Grüße").encode("utf-16")), "Grüße"),
        (
            Reply(body=page("Привет мир").encode("cp1251"), kind="text/html; charset=windows-1251"),
            "Привет мир",
        ),
    ],
)
def test_the_encoding_that_the_server_states_is_kept(
    owner: Digest, server: Server, reply: Reply, words: str
) -> None:
    server.say("/feed.xml", rss(server, item(server.say("/rain", reply))))
    owner.run("fetch")
    _, out, _ = owner.run("inspect", "--json", str(owner.root / "content/articles"))
    assert json.loads(out)["title"] == words


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(body=b"%PDF-1.7", kind="application/pdf"), "is no text but application/pdf"),
        (Reply(body=b"\x00\x00", kind="text/html"), "this is a binary file"),
        (Reply(body=page("x" * 5000)), "is larger than 2,000 bytes"),
        (Reply(status=401), "is not given to programs (answer 401)"),
    ],
)
def test_what_is_no_page_is_a_problem_with_a_remedy(
    owner: Digest, server: Server, reply: Reply, problem: str
) -> None:
    configure(owner, server.address + "/feed.xml", size=2000)
    server.say("/feed.xml", rss(server, item(server.say("/rain", reply), text="")))
    status, _, err = owner.run("fetch")
    assert status == 0
    assert problem in err


def test_feeds_can_be_listed_in_a_file_that_a_reader_exported(
    owner: Digest, server: Server
) -> None:
    configure(owner, opml=["content/feeds.opml"])
    server.say("/feed.xml", rss(server, item(server.say("/rain", page("Rain")))))
    outline = f'<outline text="News"><outline xmlUrl="{server.address}/feed.xml"/></outline>'
    owner.write("content/feeds.opml", f'<opml version="2.0"><body>{outline}</body></opml>')
    assert "read 1 feed, added 1 article" in owner.run("fetch")[1]


@pytest.mark.parametrize("text", ["", "no xml", "<rss/>", "<opml>"])
def test_what_is_no_list_of_feeds_is_refused(text: str) -> None:
    with pytest.raises(NoListError):
        read_opml(text.encode())


def test_a_list_of_feeds_cannot_read_files_or_grow() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<!DOCTYPE opml [<!ENTITY e0 "x"><!ENTITY f SYSTEM "file:///etc/passwd">{entities}]>'
        '<opml><body><outline xmlUrl="https://a.example/&e11;&f;"/></body></opml>'
    )
    try:
        urls = read_opml(bomb.encode())
    except NoListError:
        urls = ()
    assert all("root:" not in url and len(url) < 1000 for url in urls)


def test_a_json_feed_is_read() -> None:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Canal Post",
        "language": "nl",
        "items": [
            {
                "id": "1",
                "url": "/rain",
                "title": "Regen",
                "content_html": "<p>Het regent.</p>",
                "date_published": "2025-01-01T10:00:00+01:00",
                "authors": [{"name": "Ada Vermeer"}],
                "tags": ["weer"],
            },
            "rubbish",
        ],
    }
    feed = read_feed(json.dumps(told).encode(), url="https://a.example/feed.json", headers={})
    (entry,) = feed.entries
    assert feed.title == "The Canal Post"
    assert (entry.url, entry.author, entry.tags) == (
        "https://a.example/rain",
        ("Ada Vermeer",),
        ("weer",),
    )
    assert (str(entry.published), entry.language) == ("2025-01-01 10:00:00+01:00", "nl")


def test_an_atom_feed_is_read() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Post</title>'
        "<entry><id>tag:a.example,2025:1</id>"
        '<title type="html">Rain &amp;amp; &lt;b>wind&lt;/b></title>'
        '<link href="/rain"/><updated>2025-01-02T10:00:00Z</updated>'
        "<author><name>Ada Vermeer</name></author></entry></feed>"
    )
    (entry,) = read_feed(body.encode(), url="https://a.example/atom.xml", headers={}).entries
    assert (entry.title, entry.url) == ("Rain & wind", "https://a.example/rain")
    assert (entry.published, str(entry.updated)) == (None, "2025-01-02 10:00:00+00:00")


def test_a_feed_of_hostile_entries_gives_plain_ones() -> None:
    items = (
        "<item><title>&lt;script&gt;alert(1)&lt;/script&gt; A\u202eB</title>"
        "<link>javascript:alert(1)</link></item>"
    )
    body = f'<rss version="2.0"><channel>{items}</channel></rss>'
    (entry,) = read_feed(body.encode(), url="https://a.example/", headers={}).entries
    assert entry.url is None
    assert "<" not in (entry.title or "")
    assert (entry.title or "").isprintable()


def test_entities_of_a_feed_are_not_blown_up() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<!DOCTYPE rss [<!ENTITY e0 "x">{entities}]><rss version="2.0"><channel>'
        "<item><title>&e11;</title></item></channel></rss>"
    )
    try:
        titles = [
            e.title for e in read_feed(body.encode(), url="https://a.example/", headers={}).entries
        ]
    except NoFeedError:
        titles = []
    assert all(len(title or "") < 1000 for title in titles)


@pytest.mark.parametrize(
    ("hostile", "problem"),
    [
        ("<a>" * 200_001, "it has more than 200,000 tags"),
        (
            f"<a {' '.join(f'a{n}=' for n in range(10_001))}>",
            "a tag of it has more than 10,000 attributes",
        ),
    ],
    ids=["tags", "attributes"],
)
def test_a_feed_that_would_take_hours_to_read_is_refused(hostile: str, problem: str) -> None:
    body = f'<rss version="2.0"><channel><item>{hostile}'
    with pytest.raises(NoFeedError, match=problem):
        read_feed(body.encode(), url="https://a.example/", headers={})


def test_a_change_at_the_source_becomes_a_correction_on_page_and_feed(
    owner: Digest, server: Server
) -> None:
    before = page("Rain", WORDS, "“All of it is lost,” Mayor Ada Vermeer said on Monday.")
    url = server.say("/rain", before)
    server.say("/feed.xml", rss(server, item(url)))
    owner.run("fetch")
    assert owner.run("build")[0] == 0
    assert "All of it is lost" in owner.read("site/stories/rain/index.md")
    server.say("/rain", page("Rain", WORDS, "“Most of it is safe,” Mayor Ada Vermeer said."))
    server.say("/feed.xml", rss(server, item(url, text="Corrected.")))
    owner.run("fetch")
    assert owner.run("build")[0] == 0
    said = "The Canal Post changed its article: 1 sentence is gone, 1 is new. It no longer says: "
    for file in ("site/stories/rain/index.html", "site/corrections/index.html"):
        assert said + "“All of it is lost,” (Ada Vermeer)" in owner.read(file)
    assert said in owner.read("site/corrections/feed.xml")
    assert "All of it is lost" not in owner.read("site/stories/rain/index.md")
    built = owner.files("site")
    owner.run("build")
    assert owner.files("site") == built


def test_an_edited_story_keeps_its_words_and_says_that_the_source_changed_them(
    owner: Digest, server: Server
) -> None:
    before = page("Rain", WORDS, "“All of it is lost,” Mayor Ada Vermeer said on Monday.")
    url = server.say("/rain", before)
    server.say("/feed.xml", rss(server, item(url)))
    owner.run("fetch")
    owner.run("build")
    edited = owner.read("content/stories/rain.md").replace("## Sources", "## Read on")
    owner.write("content/stories/rain.md", edited)
    assert owner.run("build")[0] == 0
    server.say("/rain", page("Rain", WORDS, "“Most of it is safe,” Mayor Ada Vermeer said."))
    server.say("/feed.xml", rss(server, item(url, text="Corrected.")))
    owner.run("fetch")
    assert owner.run("build")[0] == 0
    assert owner.read("content/stories/rain.md") == edited
    shown = owner.read("site/stories/rain/index.html")
    assert "All of it is lost" in shown
    assert "It no longer says: “All of it is lost,” (Ada Vermeer)" in shown
    assert "It no longer says" in owner.read("site/corrections/feed.xml")
    assert "(0 pages changed)" in owner.run("build")[1]
