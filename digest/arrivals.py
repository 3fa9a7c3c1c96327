"""Puts articles that come in where the build finds them: each once, its earlier versions kept.

    content/articles/2026-01/2026-01-31-title.html   the article, named after its day and title
    content/articles/2026-01/2026-01-31-title.yaml   what is known of it besides
    content/versions/2026-01/2026-01-31-title.html/1.html, 1.yaml   what it was before

An article is known by its address, else by its text. What comes again with other words is a new
version of the same article.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from hashlib import blake2b
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Literal

import yaml

from digest.addresses import is_web_address
from digest.clean import clean_article
from digest.dates import format_moment
from digest.errors import ArticleError
from digest.facts import merge_facts
from digest.ingest import ARTICLES, FACTS, KINDS, VERSIONS, list_articles, read_article
from digest.models import (
    LIMITS,
    Article,
    CleanArticle,
    Facts,
    File,
    Kind,
    Limits,
    Moment,
    RawArticle,
)
from digest.output import write_files
from digest.text import slugify
from digest.web.canonical import address_key, same_site, tidy_address

SUFFIXES: dict[Kind, str] = {"text": ".txt", "html": ".html", "markdown": ".md"}
STATED_URL = re.compile(r"^url:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
FETCHED = re.compile(r"^fetched:.*$", re.MULTILINE)
HEAD = 8_000  # characters of a Markdown article in which its front matter lies

Outcome = Literal["added", "changed", "known", "kept"]
"""A new article; a new version of one; nothing new; a new version of one that is the owner's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article that comes in: as it was found, with what is told about it elsewhere."""

    raw: RawArticle
    """Its facts are what is known for sure: the address that it came from."""
    data: bytes
    """What is written to disk."""
    stated: Facts = field(default_factory=Facts)
    """What is written beside the article, because somebody said so."""
    told: Facts = field(default_factory=Facts)
    """What is written beside it where it does not tell that itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Where an article is now, and whether it is new."""

    path: str
    outcome: Outcome


class Collection:
    """The articles of a digest, and what tells whether one that comes in is among them."""

    def __init__(
        self, root: Path, load: Callable[[], Iterable[Article]], *, limits: Limits = LIMITS
    ) -> None:
        """`load` gives the articles themselves: it is asked when something new comes in."""
        self.limits = limits
        self._root = root
        self._load = load
        self._addresses: dict[str, str] = {}
        self._texts: dict[str, str] | None = None
        for name in list_articles(root / ARTICLES) if (root / ARTICLES).is_dir() else ():
            path = (ARTICLES / name).as_posix()
            if PurePosixPath(name).suffix == FACTS:
                continue  # a crash left them without their article, which is still to come
            for url in _stated_url(root / path):
                self._addresses.setdefault(address_key(url), path)

    def holds(self, url: str) -> bool:
        """Return whether an article of this address is there."""
        return address_key(url) in self._addresses

    def receive(self, arrival: Arrival, *, now: datetime) -> Received:
        """Write an article, unless it is there already; return where it is.

        Raises `ArticleError` where no article is in it, `OutputError` where the disk refuses.
        """
        clean = clean_article(arrival.raw, limits=self.limits)
        url = _address_of(arrival, clean)
        path = self._find(url, clean)
        if path is None:
            path = self._add(arrival, clean, _facts_beside(arrival, clean, url, now), now)
            outcome: Outcome = "added"
        else:
            outcome = self._renew(path, arrival, clean, now)
        self._know(path, url, clean.text)
        return Received(path=path, outcome=outcome)

    def _find(self, url: str | None, clean: CleanArticle) -> str | None:
        """Return the path of the same article, if it is there."""
        if self._texts is None:
            self._texts = {}
            for article in self._load():
                self._know(article.path, article.facts.url, article.text)
        path = self._addresses.get(address_key(url)) if url else None
        return path or self._texts.get(_text_key(clean.text))

    def _know(self, path: str, url: str | None, text: str) -> None:
        if self._texts is not None:
            self._texts.setdefault(_text_key(text), path)
        if url:
            self._addresses.setdefault(address_key(url), path)

    def _add(self, arrival: Arrival, clean: CleanArticle, facts: Facts, now: datetime) -> str:
        day = clean.facts.published or facts.published or now
        title = clean.facts.title or facts.title or clean.text
        path = self._free_name(f"{day:%Y-%m}/{day:%Y-%m-%d}-{slugify(title)}", arrival.raw.kind)
        self._write(path, arrival.data, _dump(facts))
        return path.as_posix()

    def _free_name(self, stem: str, kind: Kind) -> PurePosixPath:
        """Return a path that no article has; facts that a crash left alone don't take one."""
        stems = chain([stem], (f"{stem}-{number}" for number in count(2)))
        paths = (ARTICLES / f"{name}{SUFFIXES[kind]}" for name in stems)
        return next(path for path in paths if not self._taken(path))

    def _taken(self, path: PurePosixPath) -> bool:
        file = self._root / path
        facts = _read(file.with_suffix(FACTS))
        ours = not facts or FETCHED.search(facts)
        return not ours or any(file.with_suffix(suffix).exists() for suffix in KINDS)

    def _renew(self, path: str, arrival: Arrival, clean: CleanArticle, now: datetime) -> Outcome:
        """Put a new version in the place of an article, if the program itself has brought it."""
        raw = read_article(self._root / path, path=path, largest=self.limits.size)
        if isinstance(raw, ArticleError) or self._text_of(raw) == clean.text:
            return "known"
        place = PurePosixPath(path)
        beside = _read(self._root / place.with_suffix(FACTS))
        if not FETCHED.search(beside) or place.suffix != SUFFIXES[arrival.raw.kind]:
            return "kept"
        self._keep_version(place, beside)
        # What an editor wrote into the facts stays as it is.
        facts = FETCHED.sub(f"fetched: '{format_moment(now)}'", beside)
        self._write(place, arrival.data, facts.encode())
        return "changed"

    def _text_of(self, raw: RawArticle) -> str | None:
        try:
            return clean_article(raw, limits=self.limits).text
        except ArticleError:
            return None

    def _keep_version(self, path: PurePosixPath, facts: str) -> None:
        """Copy an article to the versions; one that a crash has copied already is there."""
        data = (self._root / path).read_bytes()
        folder = VERSIONS / path.relative_to(ARTICLES)
        number = next(
            n for n in count(1) if not (self._root / folder / f"{n}{path.suffix}").exists()
        )
        last = self._root / folder / f"{number - 1}{path.suffix}"
        if number == 1 or last.read_bytes() != data:
            self._write(folder / f"{number}{path.suffix}", data, facts.encode())

    def _write(self, path: PurePosixPath, data: bytes, facts: bytes) -> None:
        # The facts come first: an article without them would come in again after a crash.
        write_files([File(path=path.with_suffix(FACTS).as_posix(), data=facts)], self._root)
        write_files([File(path=path.as_posix(), data=data)], self._root)


def _address_of(arrival: Arrival, clean: CleanArticle) -> str | None:
    """Return the address that an article has: its own word counts on its own site only."""
    found, own = arrival.raw.facts.url, clean.facts.url
    url = own if own and is_web_address(own) and (not found or same_site(own, found)) else found
    return tidy_address(url) if url else None


def _facts_beside(arrival: Arrival, clean: CleanArticle, url: str | None, now: datetime) -> Facts:
    """Return what is written beside an article: what its own file does not tell."""
    untold = {
        fact.name: getattr(arrival.told, fact.name)
        for fact in fields(Facts)
        if not getattr(clean.facts, fact.name)
    }
    return replace(merge_facts(arrival.stated, Facts(**untold)), url=url, fetched=now)


def _dump(facts: Facts) -> bytes:
    plain = {key: _plain(value) for key, value in asdict(facts).items() if value}
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=float("inf")).encode()


def _plain(value: str | Moment | tuple[str, ...]) -> str | list[str]:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str) else format_moment(value)


def _stated_url(article: Path) -> Iterator[str]:
    """Yield the address that stands beside an article, or in its front matter."""
    own = [article] if article.suffix == SUFFIXES["markdown"] else []
    for file in (article.with_suffix(FACTS), *own):
        stated = STATED_URL.search(_read(file)[:HEAD])
        if stated:
            yield stated[1].strip("'\"")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _text_key(text: str) -> str:
    return blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()
