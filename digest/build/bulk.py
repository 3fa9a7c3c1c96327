"""The articles in files that hold many: such a file is read to the end only where it changed."""

from collections.abc import MutableMapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from digest.bulk import Index, is_bulk, split_path
from digest.cache import Cache
from digest.errors import ArticleError
from digest.ingest import list_records
from digest.listing import Source, hash_source
from digest.records import RecordError, decode_record, encode_record
from digest.version import hash_bytes, hash_program


def expand_sources(
    files: Sequence[Source],
    digests: MutableMapping[str, str],
    root: Path,
    cache: Cache,
    *,
    largest: int,
) -> tuple[list[Source], tuple[ArticleError, ...]]:
    """Return all articles, sorted by path, and what is wrong with records that are none.

    `digests` holds the hashes of the files that are known; those of others with many articles
    are added.
    """
    sources: list[Source] = []
    errors: list[ArticleError] = []
    for file in files:
        if not is_bulk(file.path):
            sources.append(file)
            continue
        if not digests.get(file.path) and (digest := hash_source(file, root)):
            digests[file.path] = digest
        index = _index(file.path, digests.get(file.path), root, cache, largest)
        errors += [ArticleError(*error) for error in index.errors]
        sources += [
            replace(file, path=f"{file.path}#{entry.key}", entry=entry) for entry in index.entries
        ]
    return sorted(sources, key=lambda source: source.path), tuple(errors)


def _index(path: str, digest: str | None, root: Path, cache: Cache, largest: int) -> Index:
    key = hash_bytes(f"{hash_program()} {largest} {path} {digest}".encode(errors="surrogateescape"))
    kept = cache.get("bulk", key) if digest else None
    with suppress(RecordError):
        known = decode_record(Index, kept or b"")
        if _is_whole(known):
            return known
    index = list_records(root, path, largest=largest)
    if digest:
        cache.put("bulk", key, encode_record(index))
    return index


def _is_whole(index: Index) -> bool:
    """Tell whether an index could be ours: what was kept may not be."""
    return all(len(error) == 3 for error in index.errors) and all(
        split_path(f"a.jsonl#{entry.key}") and entry.offset >= 0 and entry.length >= 0
        for entry in index.entries
    )
