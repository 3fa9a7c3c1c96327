"""Articles that come in from a server of the tests, to be interrupted at any moment."""

from pathlib import Path

from servers import Reply, Server

PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>{title}, and all of the region talks about it, as the mayor said on Monday in the town hall.</p>
<p>“We have never seen anything like {word},” Ada Vermeer said. The council will meet on Friday, and
the schools of the town stay closed until then.</p></article></body></html>
"""
TITLES = ("Rain floods Utrecht", "Snow buries Oslo", "Wind fells trees in Kiel")


def publish(server: Server, root: Path, *, changed: bool) -> None:
    """Let a server publish three articles, `changed` with one in a new version; name its feed."""
    items = ""
    for title in TITLES:
        word = "this week" if changed and title == TITLES[0] else "it"
        url = server.say(f"/{title.split()[0].lower()}", PAGE.format(title=title, word=word))
        items += f"<item><title>{title}</title><link>{url}</link>"
        items += f"<description>{word}</description></item>"
    body = f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'
    feed = server.say("/feed.xml", Reply(body=body, kind="application/rss+xml"))
    options = f"{{feeds: [{feed}], private: true, delay: 0, retries: 0}}"
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "content/config.yaml").write_text(f"fetch: {options}\n", "utf-8")
