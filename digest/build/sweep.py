"""Keeps the folder of pieces small: what no story needs goes, what is scattered is joined."""

from pathlib import Path

from digest.build.shares import Refs, refs_from_json, refs_to_json
from digest.manifest import Manifest
from digest.spool import Ref, keep, recall

# Each build adds a file for each process that printed stories. Joining those of 10,000 stories
# takes about as long as ten small builds.
MOST_FILES = 50


def sweep_pieces(manifest: Manifest, folder: Path, *, turn: str) -> None:
    """Remove files of pieces that no story needs; join the others where there are many."""
    files = {file.name for file in folder.iterdir()}
    rows = {row.slug: (row, refs_from_json(row.refs)) for row in manifest.all_pieces()}
    used = {ref.file for _, refs in rows.values() for ref in _all(refs)}
    if len(used) > MOST_FILES:
        joined = ((row, _join(refs, folder, turn)) for row, refs in rows.values())
        manifest.put("piece", (row._replace(refs=refs_to_json(refs)) for row, refs in joined))
        manifest.save()
        sweep_pieces(manifest, folder, turn=turn)
        return
    for name in files - used:
        (folder / name).unlink()


def _all(refs: Refs) -> list[Ref]:
    return [refs.entry, *refs.said.values(), *(ref for ref in (refs.rss, refs.item) if ref)]


def _join(refs: Refs, folder: Path, turn: str) -> Refs:
    def move(ref: Ref) -> Ref:
        return keep(folder, recall(folder, ref), turn=turn)

    return Refs(
        entry=move(refs.entry),
        said={address: move(ref) for address, ref in refs.said.items()},
        rss=move(refs.rss) if refs.rss else None,
        item=move(refs.item) if refs.item else None,
    )
