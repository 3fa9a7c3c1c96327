"""Everything that is wrong with a digest is found in one run, with its place and its remedy."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import ARTICLE, REPOSITORY, Digest, parse_lines
from digest.check import articles, check_digest, config, feeds, pages, site, stories
from digest.cli import main
from digest.models import Article, Sentence, Story
from digest.outlines import refer_to
from digest.prepare import load_article
from digest.storyfile import format_story

DATA = Path(__file__).parent / "data/check"
CASES = [
    case | {"room": file.stem}
    for file in sorted(DATA.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
assert CASES, "no broken digests found"

TODAY = date(2026, 1, 31)
RAIN = "content/articles/rain.md"
SLUG = "rain-floods-the-old-town-of-utrecht"
CONFIG = """\
site:
  title: Utrecht, verbatim
  base_url: https://news.utrecht/digest/
  author: Ada Vermeer
  contact: ada@news.utrecht
  license: CC BY 4.0
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest of one article, built, with nothing wrong."""
    root = tmp_path_factory.mktemp("good")
    (root / "content/articles").mkdir(parents=True)
    (root / "content/articles/rain.md").write_text(ARTICLE)
    (root / "content/config.yaml").write_text(CONFIG)
    (root / "content/stories").mkdir()
    (root / f"content/stories/{SLUG}.md").write_bytes(tell(root))
    assert main(["build", "--only", "site", "--root", str(root)]) == 0
    return root


def tell(root: Path) -> bytes:
    """A story of always the same sentences, whatever the rules of summaries choose."""
    article = load_article(RAIN, root=root)
    assert isinstance(article, Article)
    sentences = ["Heavy rain flooded the old town of Utrecht on Wednesday, the mayor said."]
    sentences += [
        "Schools will stay closed until Friday.",
        "Pumps are on their way from Rotterdam.",
    ]
    starts = [article.text.index(sentence) for sentence in sentences]
    story = Story(
        slug=SLUG,
        guid=f"tag:news.utrecht,2026:{SLUG}",
        title=article.facts.title or "",
        published=article.facts.published,
        people=("Ada de Wit",),
        summary=tuple(
            Sentence(article=RAIN, text=sentence, start=start, end=start + len(sentence))
            for sentence, start in zip(sentences, starts, strict=True)
        ),
        quotes=article.quotes,
        articles=(refer_to(article),),
    )
    return format_story(story).data


@pytest.fixture
def good(built: Path, digest: Digest) -> Digest:
    """A copy of it."""
    shutil.copytree(built, digest.root, dirs_exist_ok=True)
    return digest


def test_nothing_is_wrong_with_a_good_digest(good: Digest) -> None:
    assert good.run("check", "--strict") == (0, "0 errors, 0 warnings, 0 notes\n", "")


def test_no_error_is_in_the_digest_of_this_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(REPOSITORY)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 errors, ")


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['room']}: {case['name']}")
def test_problem_is_found(case: dict[str, Any], good: Digest) -> None:
    for path, text in case.get("before", {}).items():
        good.write(path, text)
    if "before" in case:
        good.run("build")
    for path, text in case.get("after", {}).items():
        if text is None:
            remove(good.root / path)
        else:
            good.write(path, text)
    for path, (old, new) in case.get("change", {}).items():
        assert old in good.read(path)
        good.write(path, good.read(path).replace(old, new, 1))
    status, out, _ = good.run("check")
    assert out.splitlines()[:-1] == case["says"]
    errors = sum("[error: " in line for line in case["says"])
    assert out.splitlines()[-1].startswith(f"{errors} error")
    assert status == case.get("status", min(errors, 1))


def test_every_rule_has_a_case() -> None:
    rules = [
        *(rule.name for rule in (*config.RULES, *articles.RULES, *stories.RULES)),
        *(rule.name for rule in (*site.RULES, *pages.RULES, *feeds.RULES)),
        config.BROKEN.name,
    ]
    assert len(rules) == len(set(rules))
    said = "\n".join(line for case in CASES for line in case["says"])
    assert [rule for rule in rules if f": {rule}]" not in said] == []


def test_check_changes_nothing(good: Digest) -> None:
    before = good.files(".")
    good.run("check")
    assert good.files(".") == before


def test_workers_do_not_change_what_is_found(good: Digest) -> None:
    for number in range(5):
        good.write(f"content/articles/{number}.md", f"Snow fell on day {number} in the town.\n")
    good.write("site/about/index.html", "<a href='../nothing/'>nothing</a>")
    one, two = good.run("check", "--workers", "1"), good.run("check", "--workers", "2")
    assert one == two
    assert one[1].splitlines()[-1].startswith("1 error, ")


def test_warnings_are_errors_to_the_strict(good: Digest) -> None:
    good.write("content/config.yaml", CONFIG.replace("  license: CC BY 4.0\n", ""))
    assert good.run("check")[0] == 0
    assert good.run("check", "--strict")[0] == 1


def test_notes_are_no_errors_to_anybody(good: Digest) -> None:
    good.write("content/config.yaml", CONFIG.replace("https:", "http:"))
    good.run("build")
    status, out, _ = good.run("check", "--strict")
    assert (status, out.splitlines()[-1]) == (0, "0 errors, 0 warnings, 1 note")


def test_json_tells_each_problem_on_a_line(good: Digest) -> None:
    good.write("content/articles/empty.txt", "")
    good.write("content/stories/snow.md", "Snow")
    status, out, err = good.run("check", "--json")
    assert (status, err) == (1, "2 errors, 0 warnings, 0 notes\n")
    assert parse_lines(out) == [
        {
            "path": "content/articles/empty.txt",
            "line": None,
            "level": "error",
            "rule": "article-unusable",
            "problem": "the file is empty",
            "remedy": "put the article into it, or delete it",
        },
        {
            "path": "content/stories/snow.md",
            "line": 1,
            "level": "error",
            "rule": "story-unusable",
            "problem": "the front matter is missing",
            "remedy": "start the file with a line ---",
        },
    ]


class Elsewhere(BaseHTTPRequestHandler):
    """A site outside: some pages are there, some are gone, some are not for programs."""

    def do_GET(self) -> None:
        """Answer with the status that the address names."""
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of another site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_links_to_other_sites_are_tested_if_wanted(good: Digest, elsewhere: str) -> None:
    good.write("content/config.yaml", CONFIG + "fetch: {private: true, delay: 0, retries: 0}\n")
    good.write(
        "content/articles/rain.md",
        ARTICLE.replace("https://canalpost.example/rain", f"{elsewhere}/404"),
    )
    good.run("build")
    links = "".join(f"<a href='{elsewhere}/{n}'>{n}</a>\n" for n in (200, 403, 410, 500))
    good.write("site/about/index.html", links + "<a href='http://127.0.0.1:1/'>closed</a>")
    status, out, _ = good.run("check", "--external")
    said = [line for line in out.splitlines() if line.endswith("[warning: link-dead]")]
    assert [line.partition(" (")[0] for line in said] == [
        f"content/articles/rain.md: {elsewhere}/404: answers 404",
        f"site/about/index.html:3: {elsewhere}/410: answers 410",
        f"site/about/index.html:4: {elsewhere}/500: answers 500",
        "site/about/index.html:5: http://127.0.0.1:1/: cannot be reached: "
        "[Errno 111] Connection refused",
    ]
    assert status == 0


def test_addresses_outside_are_asked_once(good: Digest) -> None:
    asked: list[str] = []
    check_digest(good.root, today=TODAY, ask=asked.append)
    assert asked == ["https://canalpost.example/rain"]


@given(st.binary(max_size=300))
def test_no_page_stops_the_check(data: bytes) -> None:
    assert pages.check_page("index.html", data, base_url="https://a.example/").path == "index.html"


@given(st.sampled_from(["feed.xml", "feed.json", "feeds.opml"]), st.binary(max_size=300))
def test_no_feed_stops_the_check(path: str, data: bytes) -> None:
    seen = feeds.check_feed(path, data, base_url="https://a.example/")
    assert seen is None or seen.path == path


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["items", "id", "url", "title", "date_published"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_no_json_stops_the_check(data: Any) -> None:
    seen = feeds.check_feed("feed.json", json.dumps(data).encode(), base_url="https://a.example/")
    assert (seen is None) == (not isinstance(data, dict) or "items" not in data)
