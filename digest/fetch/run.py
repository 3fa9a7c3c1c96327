"""One run: feeds are asked, what is new in them is read and put among the articles.

    feeds ─ ask ─ entries ─ choose new ones ─ read page, or the feed's own text ─ collection
      hosts at once            in turn                 hosts at once               one by one

What comes in is written at once, and remembered in the state when the run ends, however it ends;
an article that was written and not remembered is known by its address. So the next run goes on
where this one ended.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path

from digest.arrivals import Arrival, Collection, Received
from digest.config import FetchConfig
from digest.errors import ArticleError, ConfigError, DigestError, WebError
from digest.fetch.entries import Entry, Feed, NoFeedError, read_feed
from digest.fetch.hosts import do_by_host
from digest.fetch.opml import NoListError, read_opml
from digest.fetch.page import arrive_from_feed, arrive_from_server, carries_all, facts_of
from digest.fetch.state import FeedState, mark, read_state, write_state
from digest.web import Client, Robots
from digest.web.canonical import address_key

FEED_TYPES = "application/atom+xml,application/rss+xml,application/feed+json,*/*;q=0.8"
NO_TEXT = "the entry names no page and carries no text"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchReport:
    """What a run did and found."""

    feeds: int
    dead: int
    """Feeds that could not be read."""
    received: tuple[Received, ...]
    """Articles that are new or have a new version."""
    left: int
    """New entries that the limit left for the next run."""
    problems: tuple[DigestError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A feed that was asked: what it says, or what is wrong; neither where nothing changed."""

    url: str
    state: FeedState
    """As it is when all entries are done with."""
    feed: Feed | None = None
    problem: WebError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An article that is new in one feed, or in several."""

    entry: Entry
    source: str | None
    listed: tuple[tuple[str, str], ...]
    """Address of the feed and key of the entry, for each feed that has it."""


def fetch_articles(
    root: Path,
    options: FetchConfig,
    client: Client,
    collection: Collection,
    *,
    now: datetime,
    tell: Callable[[str], None],
) -> FetchReport:
    """Read all feeds and add what is new in them; `tell` hears of each step.

    A feed or page that cannot be read is a problem in the report, and costs nothing else.
    Raises `ConfigError` for a list of feeds or a state that cannot be used, `OutputError` where
    the disk refuses.
    """
    urls = list_feeds(root, options)
    states = read_state(root)
    ask = partial(_ask, client, states)
    asked: dict[str, Asked] = {}
    for answer in do_by_host(ask, urls, url_of=str, hosts=options.hosts):
        tell(answer.url)
        asked[answer.url] = answer
    jobs, done = _choose([asked[url] for url in urls], states, collection)
    received: list[Received] = []
    problems: list[DigestError] = [a.problem for url in urls if (a := asked[url]).problem]
    read = partial(_read, client, Robots(client))
    try:
        for job, arrivals in do_by_host(
            read, jobs[: options.limit], url_of=_url_of, hosts=options.hosts
        ):
            tell(_url_of(job))
            result = _receive(arrivals, collection, now)
            if isinstance(result, Received):
                received += [result] if result.outcome != "known" else []
            else:
                problems.append(result)
            if isinstance(result, Received) or not getattr(result, "passing", False):
                done.update(job.listed)
    finally:
        after = {url: _remember(asked[url], states.get(url), done) for url in urls}
        if after != states:
            write_state(root, after)
    return FetchReport(
        feeds=len(urls),
        dead=sum(a.problem is not None for a in asked.values()),
        received=tuple(sorted(received, key=lambda r: r.path)),
        left=max(0, len(jobs) - options.limit),
        problems=tuple(problems),
    )


def list_feeds(root: Path, options: FetchConfig) -> list[str]:
    """Return the addresses of all feeds, each once; raise `ConfigError` for an unusable list."""
    urls = list(options.feeds)
    for name in options.opml:
        try:
            urls += read_opml((root / name).read_bytes())
        except (NoListError, OSError) as error:
            problem = error.strerror if isinstance(error, OSError) else error
            remedy = "export it again from your reader, or take it out of `fetch.opml`"
            raise ConfigError(name, f"cannot be used: {problem}", remedy) from error
    return list(dict.fromkeys(urls))


def _ask(client: Client, states: Mapping[str, FeedState], url: str) -> Asked:
    """Ask for a feed if it changed since it was read."""
    before = states.get(url, FeedState())
    try:
        answer = client.get(url, headers={"Accept": FEED_TYPES, **before.ask()})
        if answer.status == 304:
            return Asked(url=url, state=before)
        if answer.status != 200:
            raise WebError(url, f"answers {answer.status}", "correct its address, or take it out")
        feed = read_feed(answer.body, url=answer.url, headers=answer.headers)
    except WebError as error:
        return Asked(url=url, state=before, problem=error)
    except NoFeedError as error:
        problem = WebError(url, str(error), "correct its address, or take it out")
        return Asked(url=url, state=before, problem=problem)
    state = FeedState(
        etag=mark(answer.headers.get("etag")),
        modified=mark(answer.headers.get("last-modified")),
        entries={entry.key: entry.version for entry in feed.entries},
    )
    return Asked(url=url, state=state, feed=feed)


def _choose(
    feeds: Sequence[Asked], states: Mapping[str, FeedState], collection: Collection
) -> tuple[list[Job], set[tuple[str, str]]]:
    """Return what is to be read, of all feeds in turn, and the entries that are done with.

    An entry that is new in a feed while its article is there was added by hand or from elsewhere.
    """
    jobs: dict[str, Job] = {}
    done: set[tuple[str, str]] = set()
    by_feed = [[(feed, entry) for entry in feed.feed.entries] for feed in feeds if feed.feed]
    for asked, entry in filter(None, chain.from_iterable(zip_longest(*by_feed))):
        known = states.get(asked.url, FeedState()).entries.get(entry.key)
        there = bool(entry.url) and collection.holds(str(entry.url))
        if known == entry.version or (known is None and there):
            done.add((asked.url, entry.key))
            continue
        name = address_key(entry.url) if entry.url else f"{asked.url} {entry.key}"
        first = jobs.get(name)
        jobs[name] = Job(
            entry=first.entry if first else entry,
            source=first.source if first else asked.feed.title if asked.feed else None,
            listed=(*(first.listed if first else ()), (asked.url, entry.key)),
        )
    return list(jobs.values()), done


def _read(client: Client, robots: Robots, job: Job) -> tuple[Job, list[Arrival | WebError]]:
    """Return the article as its page has it, and as the feed has it: the first that works counts.

    A feed that carries all of it spares the publisher a request.
    """
    entry, told = job.entry, facts_of(job.entry, source=job.source)
    carried: list[Arrival | WebError] = []
    if entry.html.strip():
        carried = [arrive_from_feed(entry, told=told, place=_url_of(job))]
    if carries_all(entry) or entry.url is None:
        return job, carried
    try:
        answer = client.get(entry.url, permit=robots.allow)
        return job, [arrive_from_server(answer, told=told), *carried]
    except WebError as error:
        return job, [error] if error.passing else [error, *carried]


def _receive(
    arrivals: Iterable[Arrival | WebError], collection: Collection, now: datetime
) -> Received | DigestError:
    """Return what became of the first arrival that is an article, or why none is."""
    problem: DigestError | None = None
    for arrival in arrivals:
        try:
            if isinstance(arrival, WebError):
                raise arrival
            return collection.receive(arrival, now=now)
        except (ArticleError, WebError) as error:
            problem = problem or error
    return problem or ArticleError("feed", NO_TEXT, "add the article by hand")


def _remember(asked: Asked, before: FeedState | None, done: set[tuple[str, str]]) -> FeedState:
    """Return the state of a feed: what is not done with will be new again the next time."""
    kept = before.entries if before else {}
    entries = {
        key: version if (asked.url, key) in done else kept[key]
        for key, version in asked.state.entries.items()
        if (asked.url, key) in done or key in kept
    }
    if asked.feed is None or entries == asked.state.entries:
        return FeedState(etag=asked.state.etag, modified=asked.state.modified, entries=entries)
    return FeedState(entries=entries)  # without the marks, the whole feed comes again


def _url_of(job: Job) -> str:
    return job.entry.url or job.listed[0][0]
