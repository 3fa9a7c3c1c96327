"""Opens what a run needs: the network as the options say, and the articles that are there."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from digest.arrivals import Collection
from digest.config import Config
from digest.ingest import ARTICLES, list_articles
from digest.models import Article
from digest.prepare import load_article
from digest.web import Client, Limits, Pace


def open_client(config: Config) -> Client:
    """Return a client that says who asks: the contact of the options, else the digest's address."""
    options = config.fetch
    return Client(
        contact=options.contact or config.site.contact or config.site.base_url,
        limits=Limits(size=options.size, timeout=options.timeout, retries=options.retries),
        pace=Pace(options.delay),
        private=options.private,
    )


def open_collection(root: Path) -> Collection:
    """Return the articles of a digest."""
    return Collection(root, partial(_load, root))


def _load(root: Path) -> Iterator[Article]:
    folder = root / ARTICLES
    for name in list_articles(folder) if folder.is_dir() else ():
        article = load_article((ARTICLES / name).as_posix(), root=root)
        if isinstance(article, Article):
            yield article
