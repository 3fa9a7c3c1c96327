"""The options: content/config.yaml, read and checked."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from digest.addresses import is_web_address
from digest.errors import ConfigError
from digest.models import FeedOptions, Limits, PageOptions, Site
from digest.schema import parse_record

PATH = "content/config.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesConfig:
    """Which articles are one story."""

    threshold: float = 0.142
    """How much alike they are, from 0 to 1: less makes larger stories."""
    window_days: int = 7
    """What was published so many days later is another story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryConfig:
    """How long a summary is."""

    sentences: int = 3
    words: int | None = None
    """Instead of `sentences`: whole sentences are added until this many words are reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesConfig:
    """How many key quotes a story shows."""

    limit: int = 5
    per_article: int = 3
    """Fair quotation takes little from each text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchConfig:
    """Which feeds are read, and how politely."""

    feeds: tuple[str, ...] = ()
    """Addresses of feeds (RSS, Atom, JSON Feed)."""
    opml: tuple[str, ...] = ()
    """Files below the digest's root that list feeds, as feed readers export them."""
    limit: int = 100
    """New articles of one run; the others come with the next."""
    delay: int = 2
    """Seconds between two requests to one host, if it does not wish for more."""
    hosts: int = 8
    """Hosts that are asked at once."""
    size: int = 10_000_000
    """Bytes of a page or feed. Of 400 saved news pages the largest had 2.4 MB."""
    timeout: int = 20
    """Seconds for which a server may keep silent."""
    retries: int = 2
    """Further attempts where a server is busy or does not answer."""
    private: bool = False
    """Whether hosts of your own network may be asked."""
    contact: str | None = None
    """Where the owner of a host can reach you; else the address of the digest is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheConfig:
    """What is kept between builds."""

    megabytes: int = 500
    """Of 10,000 articles the results take 70; CI services keep caches of 10,000 at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All options; a section is named after the step that it serves."""

    site: Site = field(default_factory=Site)
    stories: StoriesConfig = field(default_factory=StoriesConfig)
    summary: SummaryConfig = field(default_factory=SummaryConfig)
    quotes: QuotesConfig = field(default_factory=QuotesConfig)
    pages: PageOptions = field(default_factory=PageOptions)
    feeds: FeedOptions = field(default_factory=FeedOptions)
    fetch: FetchConfig = field(default_factory=FetchConfig)
    limits: Limits = field(default_factory=Limits)
    cache: CacheConfig = field(default_factory=CacheConfig)


def load_config(root: Path) -> Config:
    """Return the options of a digest; without a file, the defaults.

    Raises `ConfigError`, or an `ExceptionGroup` of them with everything that is wrong.
    """
    try:
        text = (root / PATH).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Config()
    except UnicodeDecodeError as error:
        raise ConfigError(PATH, f"byte {error.start} is not UTF-8", "save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(PATH, f"cannot be read: {error.strerror}", "check the file") from error
    config = parse_record(Config, text, place=PATH, error=ConfigError)
    problems = [
        *_check_title(config.site),
        *_check_address("site.base_url", config.site.base_url),
        *_check_address("feeds.hub", config.feeds.hub),
        *(p for url in config.fetch.feeds for p in _check_feed(url)),
        *_check_numbers(config),
    ]
    if problems:
        raise ExceptionGroup(f"{PATH} cannot be used", problems)
    address = config.site.base_url.rstrip("/") + "/"
    return replace(config, site=replace(config.site, base_url=address))


def _check_address(name: str, address: str | None) -> list[ConfigError]:
    if address is None or (is_web_address(address) and not set("?#") & set(address)):
        return []
    problem = f"{name}: {address!r} is not the address of a website"
    return [ConfigError(PATH, problem, "write https://example.org/news/")]


def _check_feed(url: str) -> list[ConfigError]:
    if is_web_address(url):
        return []
    problem = f"fetch.feeds: {url!r} is not the address of a feed"
    return [ConfigError(PATH, problem, "write https://example.org/feed.xml")]


def _check_title(site: Site) -> list[ConfigError]:
    if site.title.strip() and site.title.isprintable():
        return []
    problem = f"site.title: {site.title!r} is not the title of a website"
    return [ConfigError(PATH, problem, "write words, or leave it out")]


def _check_numbers(config: Config) -> list[ConfigError]:
    least: dict[str, tuple[float | None, float]] = {
        "stories.threshold": (config.stories.threshold, 0.001),
        "stories.window_days": (config.stories.window_days, 1),
        "summary.sentences": (config.summary.sentences, 1),
        "summary.words": (config.summary.words, 1),
        "quotes.limit": (config.quotes.limit, 0),
        "quotes.per_article": (config.quotes.per_article, 0),
        "pages.stories": (config.pages.stories, 3),
        "feeds.items": (config.feeds.items, 1),
        "feeds.ttl": (config.feeds.ttl, 1),
        "fetch.limit": (config.fetch.limit, 1),
        "fetch.delay": (config.fetch.delay, 0),
        "fetch.hosts": (config.fetch.hosts, 1),
        "fetch.size": (config.fetch.size, 1),
        "fetch.timeout": (config.fetch.timeout, 1),
        "fetch.retries": (config.fetch.retries, 0),
        "cache.megabytes": (config.cache.megabytes, 1),
        "limits.size": (config.limits.size, 1),
        "limits.tags": (config.limits.tags, 1),
        "limits.lines": (config.limits.lines, 1),
        "limits.characters": (config.limits.characters, 1),
    }
    return [
        ConfigError(PATH, f"{name}: {value} is too small", f"write {smallest} or more")
        for name, (value, smallest) in least.items()
        if value is not None and value < smallest
    ]
