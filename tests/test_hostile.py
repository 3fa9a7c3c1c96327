"""Attacks of strangers go through all ways in and into a site, on which nothing of them acts.

A real browser opens every page and feed, with the site's policy and without it: what holds only
by the policy would act in a reader that knows none.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from html import escape, unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, expect

from browsers import serve_folder
from digest.cli import main
from digest.config import Config
from digest.errors import ArticleError
from digest.fetch import open_collection
from digest.fetch.entries import read_feed
from digest.fetch.page import arrive_from_feed, facts_of

DATA = Path(__file__).parent / "data/hostile"
ATTACKS: dict[str, str] = {
    attack["name"]: attack["text"]
    for attack in yaml.safe_load((DATA / "attacks.yaml").read_text(encoding="utf-8"))
}
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # refused in the names of files

PROSE = (
    "Heavy rain flooded the old town of Utrecht on Wednesday, and the mayor spoke of it. {attack}",
    "“We will rebuild number {n} of all bridges here,” Mayor Ada de Wit said on Thursday. {attack}",
    "“We will all pay for it,” Ada {attack} Vermeer said on Friday of number {n}.",
    "Schools number {n} will stay closed until Friday, the council decided. “{attack}” it said.",
)

# What a page of ours consists of; anything else came from a stranger.
LOOK = """() => {
  const wrong = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const address = ["href", "src", "action", "cite", "xlink:href"].includes(name);
      const scheme = address && /^[\\s\\0-\\x1f]*([a-z][a-z0-9+.-]*):/i.exec(value);
      if (/^(on|style$|srcset$|srcdoc$|formaction$)/.test(name)) wrong.push(name + "=" + value);
      if (scheme && !["http", "https", "mailto"].includes(scheme[1])) wrong.push(value);
    }
  }
  const foreign = "iframe,object,embed,applet,frame,base,style,template,img,video,audio,use,"
    + "math,meta[http-equiv=refresh i],form:not(.search),textarea,button:not(.search button)";
  for (const e of document.querySelectorAll(foreign)) wrong.push(e.outerHTML);
  for (const e of document.querySelectorAll("script"))
    if (e.type !== "application/ld+json" && !e.src.endsWith("/static/search.js"))
      wrong.push(e.outerHTML);
  return wrong;
}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest that all attacks have come into, built, edited by hand, and built again."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "content/articles").mkdir(parents=True)
    config = {"site": {"title": ATTACKS["script element"], "contact": "javascript://x%0aalert(1)"}}
    (root / "content/config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    for number, attack in enumerate(ATTACKS.values()):
        write_articles(root / "content/articles", number, attack)
    receive_feed(root)
    assert main(["build", "--root", str(root)]) == 0
    for number, file in enumerate(sorted((root / "content/stories").glob("*.md"))):
        edit_story(file, [*ATTACKS.values()][number % len(ATTACKS)])
    assert main(["build", "--root", str(root)]) == 0
    return root


def write_articles(folder: Path, number: int, attack: str) -> None:
    """Write articles of all kinds that say an attack wherever words can stand."""
    texts = list(ATTACKS.values())
    facts = {
        "title": f"Rain {number} {attack}",
        "source": attack,
        "author": [attack, "Bo Birch"],
        "tags": [attack, texts[number - 1]],
        "language": "en",
        "story": f"story {number}",
        "published": "2025-01-01",
    }
    prose = [paragraph.format(attack=attack, n=number) for paragraph in PROSE]
    front = yaml.safe_dump(facts, allow_unicode=True)
    name = f"{number} " + TURNING.sub("", attack.replace("/", "∕"))[:50]
    write = partial(Path.write_text, encoding="utf-8")
    write(folder / f"{name}.md", f"---\n{front}---\n\n" + "\n\n".join(prose))
    write(folder / f"t{name}.txt", f"Rain {number} {attack}\n\n" + "\n".join(prose))
    page = "".join(f"<p>{p if number % 2 else escape(p)}</p>\n" for p in prose)
    title = escape(f"Rain {number} {attack}")
    write(
        folder / f"h{number}.html",
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1>{page}</article></body></html>",
    )
    for stem in (f"t{name}", f"h{number}"):
        write(folder / f"{stem}.yaml", front)


def receive_feed(root: Path) -> None:
    """Take the entries of a hostile feed in, as `digest fetch` does it."""
    items = "".join(
        f"<item><title>Snow {number} {escape(attack)}</title><link>https://a.example/{number}</link>"
        f"<guid>{escape(attack)}</guid><dc:creator>{escape(attack)}</dc:creator>"
        f"<category>{escape(attack)}</category><description>{escape(snow)}</description></item>"
        for number, attack in enumerate(ATTACKS.values())
        for snow in ["".join(f"<p>{p.format(attack=attack, n=number)}</p>" for p in PROSE)]
    )
    feed = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(ATTACKS['handlers'])}</title>{items}</channel></rss>"
    )
    read = read_feed(feed.encode(), url="https://a.example/feed", headers={})
    collection = open_collection(root, Config())
    came = 0
    for entry in read.entries:
        arrival = arrive_from_feed(entry, told=facts_of(entry, source=read.title), place="feed")
        try:
            collection.receive(arrival, now=datetime(2025, 1, 2, tzinfo=UTC))
            came += 1
        except ArticleError:  # too little is left of some
            continue
    assert came > len(ATTACKS) / 2


def edit_story(file: Path, attack: str) -> None:
    """Write an attack into a story file, as an editor might who took it from somewhere."""
    _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
    facts = yaml.safe_load(front)
    facts |= {"title": attack, "people": [attack], "tags": [attack], "related": []}
    facts["corrections"] = [{"date": "2025-01-03", "text": attack}]
    for quote in facts["quotes"]:
        quote |= {"speaker": f"{attack} Wit", "role": attack, "via": attack}
    text = yaml.safe_dump(facts, allow_unicode=True)
    body += f"\n{attack}\n\n> {attack}\n\n1. {attack}\n\n## {attack}\n"
    file.write_text(f"---\n{text}---\n{body}", encoding="utf-8")


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """The address of a server that holds the site."""
    with serve_folder(root / "site") as address:
        yield address


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    """Yield a browser in which nothing may act and no other host may be asked."""
    found: list[str] = []
    context = browser.new_context(**options)
    context.add_init_script("window.alert = () => console.error('it acted')")
    context.on("console", lambda line: None if is_icon(line) else found.append(line.text))
    context.on("weberror", lambda error: found.append(str(error.error)))
    context.on("dialog", lambda dialog: found.append(dialog.message))
    context.on(
        "request",
        lambda request: None if request.url.startswith(address) else found.append(request.url),
    )
    yield context
    context.close()
    assert found == []


def is_icon(line: ConsoleMessage) -> bool:
    """Tell whether a browser misses the icon that it asks for itself where a feed names none."""
    return line.location["url"].endswith("/favicon.ico")


def paths_of(root: Path, *suffixes: str) -> list[str]:
    """Return the addresses of all files of the site with one of these endings."""
    files = [file for file in (root / "site").rglob("*") if "pagefind" not in file.parts]
    paths = (file.relative_to(root / "site").as_posix() for file in files)
    return sorted(path for path in paths if path.endswith(suffixes))


def test_there_are_attacks_and_they_are_on_the_site(root: Path) -> None:
    assert len(ATTACKS) > 20
    pages = "".join((root / "site" / p).read_text("utf-8") for p in paths_of(root, ".html"))
    for attack in ATTACKS.values():
        word = max(re.findall(r"[\w=.]+", attack), key=len)
        assert word in unescape(pages), attack


def test_the_watch_sees_what_acts(browser: Browser) -> None:
    with pytest.raises(AssertionError, match="it acted"), watched(browser, "about:") as context:
        page = context.new_page()
        page.goto("about:blank")
        page.set_content(ATTACKS["handlers"])
        page.wait_for_function("document.images[0].complete")
        assert len(page.evaluate(LOOK)) == 4


@pytest.mark.parametrize("with_policy", [True, False], ids=["with policy", "without policy"])
def test_nothing_acts_on_any_page(
    root: Path, browser: Browser, address: str, with_policy: bool
) -> None:
    pages = paths_of(root, ".html")
    assert len(pages) > len(ATTACKS)
    if with_policy:  # what it forbids on one page of a kind, it forbids on all
        pages = [path for path in pages if path.count("/") < 2 or path.startswith("stories/")]
    with watched(browser, address, bypass_csp=not with_policy) as context:
        page = context.new_page()
        for path in pages:
            page.goto(f"{address}/{path}")
            assert page.evaluate(LOOK) == [], path
            assert "1337" not in page.inner_text("body"), path
            assert page.url.startswith(f"{address}/")


def test_nothing_acts_in_a_feed_that_is_opened(root: Path, browser: Browser, address: str) -> None:
    feeds = paths_of(root, "feed.xml", "atom.xml", "feed.json")
    with watched(browser, address, bypass_csp=True) as context:
        page = context.new_page()
        for path in feeds:
            page.goto(f"{address}/{path}")
            assert page.evaluate(LOOK) == [], path


def test_nothing_acts_in_a_reader_that_shows_all(
    root: Path, browser: Browser, address: str
) -> None:
    """Most readers take scripts out of what they show; this one does not."""
    shown: set[str] = set()
    for path in paths_of(root, "feed.xml", "atom.xml"):
        parsed = feedparser.parse((root / "site" / path).read_bytes(), sanitize_html=False)
        assert not parsed.bozo
        for entry in parsed.entries:
            shown.update(content.value for content in entry.get("content", ()))
            shown.add(entry.summary if path.endswith("feed.xml") else "")
    assert len(shown) > len(ATTACKS)
    with watched(browser, "about:", bypass_csp=True) as context:
        page = context.new_page()
        page.set_content("\n".join(sorted(shown)))
        assert page.evaluate(LOOK) == []


def test_nothing_acts_among_search_results(root: Path, browser: Browser, address: str) -> None:
    with watched(browser, address, bypass_csp=True) as context:
        page = context.new_page()
        for words in ("alert", "script", "<img src=x onerror=alert(1)>", "Rain", "evil.test"):
            page.goto(f"{address}/search/?q={words.replace(' ', '+')}")
            expect(page.get_by_role("status")).to_contain_text("found")
            assert page.evaluate(LOOK) == [], words
            assert page.locator("#query").input_value() == words


def test_nothing_is_written_outside_of_the_digest(root: Path) -> None:
    assert sorted(path.name for path in root.iterdir()) == [".digest", "content", "site"]
    assert not list(root.rglob("pwned*"))
    assert not Path("pwned").exists()
    assert not Path("/tmp/pwned").exists()


def test_addresses_are_plain_and_no_two_are_one(root: Path) -> None:
    paths = paths_of(root, "")
    assert all(re.fullmatch(r"[a-z0-9._/-]+", path) for path in paths)
    assert len({path.lower() for path in paths}) == len(paths)
    reserved = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)\d)(?:\..*)?")
    assert not [p for p in paths if any(reserved.fullmatch(part) for part in p.split("/"))]


def test_the_text_of_an_attack_is_still_there_word_for_word(root: Path) -> None:
    """Safe is not enough: a digest about security has to print such things."""
    pages = [unescape((root / "site" / p).read_text("utf-8")) for p in paths_of(root, ".html")]
    for name in ("templates", "formulas and shells", "handlers"):
        assert any(ATTACKS[name] in page for page in pages), name


@pytest.fixture
def make_link(tmp_path: Path) -> Callable[[str, str], Path]:
    """A maker of links below a digest of one article, with a secret beside it."""
    secret = "The secret of the house is that it rained for two days in the town of Utrecht.\n"
    (tmp_path / "secret.txt").write_text(secret * 3, encoding="utf-8")
    home = tmp_path / "digest"
    (home / "content/articles").mkdir(parents=True)
    (home / ".git").mkdir()
    (home / ".git/config.txt").write_text(secret * 3, encoding="utf-8")
    (home / "content/articles/a.md").write_text("It rained for two days in Utrecht.")

    def link(name: str, target: str) -> Path:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).symlink_to(target)
        return home

    return link


LINKS = [
    ("content/articles/b.txt", "../../../secret.txt", "this is a link that leads out"),
    ("content/articles/b.txt", "../../.git/config.txt", "this is a link that leads out"),
    ("content/articles/b.txt", "/dev/zero", "this is a link that leads out"),
    ("content/articles/b.txt", "b.txt", "there is no such file"),
    ("content/articles/a.yaml", "../../../secret.txt", "this is a link that leads out"),
    ("content/articles/b", "../..", "this is a link"),
    ("content/stories/b.md", "../../../secret.txt", "this is a link"),
    ("templates/static/b.txt", "../../../secret.txt", "this is a link that leads out"),
]


@pytest.mark.parametrize(("name", "target", "problem"), LINKS)
def test_links_show_nothing_else_of_the_machine(
    name: str,
    target: str,
    problem: str,
    make_link: Callable[[str, str], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = make_link(name, target)
    assert main(["build", "--root", str(home)]) == 1
    told = capsys.readouterr().err
    assert name in told
    assert problem in told
    assert not any(b"secret" in file.read_bytes() for file in files_of(home / "site"))


def test_links_within_the_digest_are_followed(make_link: Callable[[str, str], Path]) -> None:
    home = make_link("content/articles/b.md", "../more/b.md")
    (home / "content/more").mkdir()
    (home / "content/more/b.md").write_text("Snow fell on all the hills.", encoding="utf-8")
    assert main(["build", "--root", str(home)]) == 0
    assert any(b"Snow fell" in file.read_bytes() for file in files_of(home / "site"))


def test_a_pipe_among_the_articles_is_not_waited_for(
    make_link: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    home = make_link("content/articles/b.md", "a.md")
    os.mkfifo(home / "content/articles/c.txt")
    assert main(["build", "--root", str(home)]) == 1
    assert "c.txt: this is no file but a device or pipe" in capsys.readouterr().err


def test_a_name_that_shows_as_another_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles/a\u202edm.txt.md").write_text("It rained in the town of Utrecht.")
    assert main(["build", "--root", str(tmp_path)]) == 1
    assert "a\\u202edm.txt.md': the name of the file is no text" in capsys.readouterr().err


def files_of(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


NAMES = {
    "long": "x" * 251 + ".md",
    "dots": "a...b....md",
    "emoji": "🌧️🏳️‍🌈.md",
    "combining": "e\u0301" * 30 + ".md",
    "reserved": "CON.md",
    "blanks": " a b .md",
    "quotes": "a'b\"c.md",
    "dashes": "--root.md",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_awkward_file_names_are_names(name: str, tmp_path: Path) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    text = "---\ntitle: Con\ntags: [NUL, aux]\n---\n\nIt rained for two days in Utrecht.\n"
    (tmp_path / "content/articles" / name).write_text(text, encoding="utf-8")
    assert main(["build", "--root", str(tmp_path)]) == 0
    assert (tmp_path / "site/stories/con-1/index.html").is_file()
    assert (tmp_path / "site/topics/nul-1/index.html").is_file()
