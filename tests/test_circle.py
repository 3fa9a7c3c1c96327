"""The whole circle: a new digest reads feeds, builds, and its subscribers see each story once."""

import re
from collections.abc import Callable

import feedparser

from conftest import Digest
from digest.cli import main
from servers import Reply, Server, serve_replies

PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="{day}T08:00:00Z"></head>
<body><article><h1>{title}</h1><p>{lead}</p>
<p>“We have never seen anything like it,” {who} said on Monday. The council will meet on Friday, and
the schools of the town stay closed until then.</p></article></body></html>
"""
NEWS = {
    "flood": ("River floods lower town of Gouda", "Ada Vermeer", "2025-01-06"),
    "match": ("Chess club wins the national cup", "Jan Bakker", "2025-02-03"),
    "strike": ("Bus drivers of Delft begin a strike", "Mia Smit", "2025-03-04"),
}


def publish(server: Server, *names: str) -> None:
    items = ""
    for name in names:
        title, who, day = NEWS[name]
        lead = f"{title}, and all of the region talks about it, as Mayor {who} said."
        url = server.say(f"/{name}", PAGE.format(title=title, lead=lead, who=who, day=day))
        items += f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid></item>"
    body = f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'
    server.say("/feed.xml", Reply(body=body, kind="application/rss+xml"))


def feed_of(digest: Digest) -> dict[str, str]:
    """Return the titles in the digest's own feed by their guids."""
    parsed = feedparser.parse((digest.root / "site/feed.xml").read_bytes())
    assert not parsed.bozo
    return {entry.id: entry.title for entry in parsed.entries}


def run_all(digest: Digest) -> str:
    """Fetch, build and check, as the workflow does; return what was said."""
    said = ""
    for command in ("fetch", "build", "check"):
        status, out, err = digest.run(command)
        assert status == 0, err
        said += out
    return said


def test_what_is_new_in_the_world_is_what_is_new_in_the_feed(
    make_digest: Callable[[], Digest],
) -> None:
    digest = make_digest()
    assert main(["init", str(digest.root)]) == 0
    with serve_replies() as server:
        config = digest.read("content/config.yaml")
        options = f"feeds: [{server.address}/feed.xml]\n  private: true"
        config = config.replace("delay: 2", "delay: 0")
        digest.write("content/config.yaml", re.sub(r"feeds: \[\].*", options, config))
        publish(server, "flood", "match")
        assert "added 2 articles" in run_all(digest)
        first = feed_of(digest)
        assert {NEWS["flood"][0], NEWS["match"][0]} < set(first.values())

        before = digest.files(".")
        assert "(0 pages changed)" in run_all(digest)
        after = digest.files(".")
        changed = {p for p in after if not p.startswith(".digest/") and after[p] != before.get(p)}
        assert changed == set()

        publish(server, "flood", "match", "strike")
        assert "added 1 article" in run_all(digest)
        second = feed_of(digest)
        assert [title for guid, title in second.items() if guid not in first] == [NEWS["strike"][0]]
        assert first.items() <= second.items()
