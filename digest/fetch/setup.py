"""Opens what a run needs: the network as the options say, and the articles that are there."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from digest.arrivals import Collection
from digest.build.articles import read_articles
from digest.config import Config
from digest.ingest import ARTICLES
from digest.models import Article
from digest.parallel import open_map
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


def open_collection(root: Path, config: Config) -> Collection:
    """Return the articles of a digest; what they say is read when something new comes in."""
    return Collection(root, partial(_read, root, config), limits=config.limits)


def _read(root: Path, config: Config) -> Iterator[Article]:
    if (root / ARTICLES).is_dir():
        with open_map() as map_:
            yield from read_articles(root, map_, limits=config.limits)
