"""The room of articles: what cannot be used, and what readers would miss."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from digest.check.content import Content
from digest.check.findings import ERROR, NOTE, WARNING, Hit, Rule, hit_by
from digest.errors import ConfigError, StoryError
from digest.models import Article, Moment


def find_unusable(content: Content) -> Iterator[Hit]:
    """Yield articles that the build leaves out, as it says it."""
    others = (ConfigError, StoryError)
    yield from (hit_by(error) for error in content.errors if not isinstance(error, others))


def find_untitled(content: Content) -> Iterator[Hit]:
    """Yield articles whose headline nobody knows."""
    yield from _lacking(content, "title", "it has no title")


def find_undated(content: Content) -> Iterator[Hit]:
    """Yield articles of which nobody knows when they were published."""
    yield from _lacking(content, "published", "nothing tells when it was published")


def find_unsourced(content: Content) -> Iterator[Hit]:
    """Yield articles of which nobody knows who published them."""
    yield from _lacking(content, "source", "nothing tells who published it")


def find_unlinked(content: Content) -> Iterator[Hit]:
    """Yield articles that readers cannot open."""
    yield from _lacking(content, "url", "readers cannot open the original: it has no url")


def find_untold(content: Content) -> Iterator[Hit]:
    """Yield articles that are in no story."""
    told = {ref.path for file in content.stories for ref in file.story.articles}
    for article in content.articles:
        if article.path not in told:
            yield Hit(article.path, "it is in no story yet")


def find_twice(content: Content) -> Iterator[Hit]:
    """Yield articles that claim the address of another one."""
    urls = Counter(article.facts.url for article in content.articles if article.facts.url)
    first: dict[str, Article] = {}
    for article in content.articles:
        url = article.facts.url
        if url and urls[url] > 1 and first.setdefault(url, article) is not article:
            yield Hit(article.path, f"it has the url of {first[url].path}")


def find_early(content: Content) -> Iterator[Hit]:
    """Yield articles of the future: they would stay the newest for long."""
    for article in content.articles:
        published = article.facts.published
        # A day more than ours: somewhere it is tomorrow already.
        if published and (_day_of(published) - content.today).days > 1:
            yield Hit(article.path, f"it says that it is of the future: {published.isoformat()}")


BESIDE = "write `{}: …` into its front matter or a .yaml beside it"

RULES = (
    Rule("article-unusable", ERROR, find_unusable),
    Rule("article-untold", WARNING, find_untold, "run digest build"),
    Rule("article-untitled", WARNING, find_untitled, BESIDE.format("title")),
    Rule("article-undated", WARNING, find_undated, BESIDE.format("published")),
    Rule("article-unsourced", WARNING, find_unsourced, BESIDE.format("source")),
    Rule("article-unlinked", NOTE, find_unlinked, BESIDE.format("url")),
    Rule("article-twice", WARNING, find_twice, "delete one of them, or correct its url"),
    Rule("article-early", WARNING, find_early, BESIDE.format("published")),
)


def _lacking(content: Content, fact: str, problem: str) -> Iterator[Hit]:
    for article in content.articles:
        if not getattr(article.facts, fact):
            yield Hit(article.path, problem)


def _day_of(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
