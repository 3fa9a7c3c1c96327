"""All articles of a digest, each analysed once for each content: outlines in memory, texts kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from sys import maxsize
from typing import TypeAlias

from digest.build.bulk import expand_sources
from digest.bulk import Batch, Entry, make_batches
from digest.cache import Cache, Room, open_cache
from digest.errors import ArticleError
from digest.ingest import ARTICLES
from digest.listing import Source, hash_source, list_sources
from digest.models import LIMITS, Article, Limits
from digest.outlines import outline_article
from digest.parallel import Map
from digest.records import RecordError, decode_record, decode_records, encode_record
from digest.stories import Outline
from digest.stories.outline import Load
from digest.stories.vectors import list_words
from digest.version import hash_bytes, hash_program

# What is recalled was within the limits when it was analysed.
WITHIN = Limits(size=maxsize, tags=maxsize, lines=maxsize, characters=maxsize)

Known: TypeAlias = Mapping[str, tuple[str, str]]
"""By path the sign of an article's files, and their hash."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a file is no article: what is kept of its error."""

    path: str
    place: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Work:
    """Articles that are read together."""

    sources: tuple[Source, ...]
    batch: Batch


@dataclass(frozen=True, slots=True)
class Analysed:
    """An article as a worker sends it, ready to be kept."""

    digest: str | None
    """The hash of the files that were read; `None` where they cannot be read or are changing."""
    outline: bytes
    words: bytes
    article: bytes
    flaw: bytes = b""


@dataclass(frozen=True, slots=True)
class Archive:
    """What is known of all articles."""

    paths: tuple[str, ...]
    """Of all files that should be articles, sorted."""
    outlines: Mapping[str, Outline]
    """Of all usable articles, by path, in the order of the paths."""
    keys: Mapping[str, str]
    """By path, the hash of all that an article depends on."""
    errors: tuple[ArticleError, ...]
    load: Load = field(compare=False)


def read_archive(root: Path, cache: Cache, map_: Map, *, limits: Limits = LIMITS) -> Archive:
    """Return what is known of all articles; what is not remembered is analysed.

    Raises `OutputError` where the folder of articles is missing or cannot be read.
    """
    files = list_sources(root)
    known = cache.files(ARTICLES.as_posix())
    digests = _find_digests(files, root, known)
    sources, broken = expand_sources(files, digests, root, cache, largest=limits.size)
    digests |= {source.path: source.entry.digest for source in sources if source.entry}
    keys = {path: _make_key(path, digest, limits) for path, digest in digests.items()}
    outcomes = dict(_recall_outcomes(keys, cache))
    new = [source for source in sources if source.path not in outcomes]
    analyse = partial(_analyse, root=root, limits=limits)
    for source, analysed in _spread(analyse, new, map_):
        outcomes[source.path] = (
            decode_record(Flaw, analysed.flaw)
            if analysed.flaw
            else decode_record(Outline, analysed.outline)
        )
        keys[source.path] = key = _make_key(source.path, analysed.digest, limits)
        cache.put("articles", key, analysed.article)
        cache.put("words", key, analysed.words)
        if analysed.digest:
            room: Room = "flaws" if analysed.flaw else "outlines"
            cache.put(room, key, analysed.flaw or analysed.outline)
            digests[source.path] = analysed.digest
    _keep_digests(files, digests, known, cache)
    found = [(source.path, outcomes[source.path]) for source in sources]
    return Archive(
        paths=tuple(source.path for source in sources),
        outlines={path: known for path, known in found if isinstance(known, Outline)},
        keys=keys,
        load=partial(_recall_words, keys=keys, cache=cache, root=root),
        errors=tuple(
            ArticleError(known.place, known.problem, known.remedy)
            for _, known in found
            if isinstance(known, Flaw)
        )
        + broken,
    )


def read_articles(root: Path, map_: Map = map, *, limits: Limits = LIMITS) -> Iterator[Article]:
    """Yield all usable articles, without the lines that were removed from them.

    Raises `OutputError` like `read_archive`.
    """
    with open_cache(root) as cache:
        archive = read_archive(root, cache, map_, limits=limits)
        for path in archive.outlines:
            data = cache.get("articles", archive.keys[path])
            yield recall_article(path, data, root=root)


def recall_article(path: str, data: bytes | None, *, root: Path) -> Article:
    """Return the article that was kept as `data`; where that is broken, load it again.

    Raises `ArticleError` where that cannot be done.
    """
    try:
        article = decode_record(Article, data or b"")
        if article.path == path and _is_verbatim(article):
            return article
    except RecordError:
        pass
    from digest.prepare import load_article

    loaded = load_article(path, root=root, limits=WITHIN)
    if isinstance(loaded, ArticleError):
        raise loaded
    return loaded


def _recall_words(
    paths: Sequence[str], keys: Mapping[str, str], cache: Cache, root: Path
) -> Iterator[str]:
    """Yield the words by which articles are compared; what is not kept is made again."""
    kept = cache.get_many("words", [keys[path] for path in paths])
    for path, data in zip(paths, kept, strict=True):
        words = _decode(data)
        if words is None:
            data = cache.get("articles", keys[path])
            words = list_words(recall_article(path, data, root=root))
        yield words


def _decode(data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _is_verbatim(article: Article) -> bool:
    """Tell whether the quotes are where they say: what was kept may not be ours."""
    segments = (segment for quote in article.quotes for segment in quote.segments)
    return all(article.text[s.start : s.end] == s.text for s in segments)


def _find_digests(sources: Sequence[Source], root: Path, known: Known) -> dict[str, str]:
    """Return the hashes of articles seen before; only those whose files changed are read."""
    digests = {}
    for source in sources:
        sign, digest = known.get(source.path, ("", ""))
        if digest and (not sign or sign != source.sign):
            digest = hash_source(source, root) or ""
        if digest:
            digests[source.path] = digest
    return digests


def _keep_digests(
    sources: Sequence[Source], digests: Mapping[str, str], known: Known, cache: Cache
) -> None:
    signs = {s.path: (s.sign, digests[s.path]) for s in sources if s.path in digests}
    changed = {path: sign for path, sign in signs.items() if known.get(path) != sign}
    gone = [path for path in known if path not in signs]
    cache.keep_files(changed, gone)


def _recall_outcomes(keys: Mapping[str, str], cache: Cache) -> Iterator[tuple[str, Outline | Flaw]]:
    """Yield what is remembered of articles; what was kept may not be ours."""
    paths = {key: path for path, key in keys.items()}
    kinds: tuple[tuple[Room, type[Outline | Flaw]], ...] = (("outlines", Outline), ("flaws", Flaw))
    for room, kind in kinds:
        kept = [(paths[key], data) for key, data in cache.all(room) if key in paths]
        decoded = decode_records(kind, [data for _, data in kept])
        for (path, _), known in zip(kept, decoded, strict=True):
            if known and known.path == path:
                yield path, known


def _make_key(path: str, digest: str | None, limits: Limits) -> str:
    """Return the name of what is known of an article; the hash of its files knows their names."""
    if digest and "#" not in path:
        return _make_stamp(limits) + digest
    text = f"{_make_stamp(limits)} {path} {digest}"
    return hash_bytes(text.encode("utf-8", "surrogateescape"))


@lru_cache(maxsize=1)
def _make_stamp(limits: Limits) -> str:
    return hash_bytes(f"{hash_program()} {limits}".encode())


def _spread(
    analyse: Callable[[Work], list[Analysed]], sources: Sequence[Source], map_: Map
) -> Iterator[tuple[Source, Analysed]]:
    """Yield each source with what became of it; records of a file are read together."""
    work = list(_make_work(sources))
    for part, analysed in zip(work, map_(analyse, work), strict=True):
        yield from zip(part.sources, analysed, strict=True)


def _make_work(sources: Sequence[Source]) -> Iterator[Work]:
    records: dict[str, list[Entry]] = {}
    for source in sources:
        if source.entry:
            records.setdefault(source.files[0], []).append(source.entry)
        else:
            yield Work((source,), Batch(source.path))
    known = {source.path: source for source in sources}
    for path, entries in records.items():
        for batch in make_batches(path, entries):
            yield Work(tuple(known[name] for name in batch.paths()), batch)


def _analyse(work: Work, *, root: Path, limits: Limits) -> list[Analysed]:
    # What cleans a page takes longer to import than a build of nothing new.
    from digest.prepare import load_batch

    before = [_hash(source, root) for source in work.sources]
    articles = load_batch(work.batch, root=root, limits=limits)
    after = [_hash(source, root) for source in work.sources]
    return [
        _keep(source.path, article, digest if digest == then else None)
        for source, article, digest, then in zip(work.sources, articles, before, after, strict=True)
    ]


def _hash(source: Source, root: Path) -> str | None:
    # What reads a record compares it with its hash.
    return source.entry.digest if source.entry else hash_source(source, root)


def _keep(path: str, article: Article | ArticleError, digest: str | None) -> Analysed:
    if isinstance(article, ArticleError):
        flaw = Flaw(path, article.place, article.problem, article.remedy)
        return Analysed(digest, b"", b"", b"", encode_record(flaw))
    kept = replace(article, removed=())  # a story does not tell what is no part of its articles
    words = list_words(article).encode("utf-8", "surrogatepass")
    return Analysed(digest, encode_record(outline_article(article)), words, encode_record(kept))
