"""Measures each step of the line by itself: how much one process does of it in a second of CPU."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from corpus import BETWEEN, START, make_articles, write_articles

from digest.clean import clean_article
from digest.config import Config, load_config
from digest.ingest import read_article
from digest.models import Article, Facts, File, RawArticle
from digest.outlines import outline_article
from digest.prepare import prepare_article
from digest.quotes import find_quotes
from digest.stories import cluster_articles
from digest.stories.vectors import list_words
from digest.storyfile import format_story, parse_story
from digest.tell import Plan, Telling, tell_story

ARTICLES = 300  # enough that a second figure differs from the first by less than a tenth
GROUPED = 3000
HEADLINE = 80  # characters; longer lines of the corpus are sentences
T = TypeVar("T")


def measure_steps() -> dict[str, float]:
    """Return by step the articles that it does in a second of CPU, on one core."""
    with tempfile.TemporaryDirectory() as name:
        write_articles(Path(name), ARTICLES)
        paths = [path for path, _ in make_articles(ARTICLES)]
        raws, read = _time(lambda: [read_article(Path(name) / p, path=p) for p in paths])
        config = load_config(Path(name))
    usable = [raw for raw in raws if isinstance(raw, RawArticle)]
    cleaned, clean = _time(lambda: [clean_article(raw) for raw in usable])
    _, quotes = _time(lambda: [find_quotes(a.text, article=a.path) for a in cleaned])
    articles = [a for raw in usable if isinstance(a := prepare_article(raw), Article)]
    _, words = _time(lambda: [(outline_article(a), list_words(a)) for a in articles])
    files, tell = _time(lambda: [_tell(article, config) for article in articles])
    _, parse = _time(lambda: [parse_story(f.data.decode(), path=f.path) for f in files])
    taken = {
        "read a file": read,
        "clean": clean,
        "find quotes": quotes,
        "list words": words,
        "tell a story of one article": tell,
        "read a story file": parse,
    }
    rates = {step: ARTICLES / seconds for step, seconds in taken.items()}
    return rates | {f"group {GROUPED:,}": GROUPED / _time_grouping()}


def _time_grouping() -> float:
    articles = [
        Article(
            path=path,
            facts=Facts(title=text.partition("\n")[0], published=(START + n * BETWEEN).date()),
            text="\n".join(line for line in text.splitlines() if len(line) > HEADLINE),
        )
        for n, (path, text) in enumerate(make_articles(GROUPED))
    ]
    outlines = [outline_article(article) for article in articles]
    words = {article.path: list_words(article) for article in articles}
    _, seconds = _time(lambda: cluster_articles(outlines, lambda ps: [words[p] for p in ps]))
    return seconds


def _tell(article: Article, config: Config) -> File:
    plan = Plan(
        articles=(article,),
        title=article.facts.title or "Untitled",
        slug="a",
        guid="a",
        related=(),
    )
    telling = Telling(
        sentences=config.summary.sentences,
        words=config.summary.words,
        quotes=config.quotes.limit,
        quotes_per_article=config.quotes.per_article,
        language=config.site.language,
    )
    return format_story(tell_story(plan, telling=telling), language=telling.language, draft=False)


def _time(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start
