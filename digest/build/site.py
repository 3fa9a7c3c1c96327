"""The second half of a build: story files become the site, and nothing is printed twice."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.briefs import Brief, row_to_brief
from digest.build.load import load_stories
from digest.build.plan import Plan, plan_files, plan_site
from digest.build.printing import print_site
from digest.build.shares import Work, load_story, read_story
from digest.build.sweep import MOST_FILES, sweep_pieces
from digest.config import Config
from digest.errors import StoryError
from digest.lock import WORKSHOP
from digest.manifest import Manifest, StoryRow, forget, open_manifest
from digest.output import MARK, check_ours
from digest.parallel import Map
from digest.search import can_search
from digest.spool import BrokenSpoolError, Ref, close_spools
from digest.templates import read_static
from digest.trees import SITE, find_trees
from digest.unchanged import (
    SiteReport,
    hash_common,
    is_proven,
    make_proof,
    notes_of_site,
    scan_stories,
)
from digest.verify import verify_story

PIECES = "pieces"
PASSING = "passing-"

# A file that changed so shortly before it was read may change again without showing it by its
# time: kernels count in ticks of up to 10 ms, some file systems in seconds.
TICK, SECONDS = 50_000_000, 2_000_000_000  # nanoseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """All story files, as they were read now or before."""

    rows: Mapping[str, StoryRow]
    briefs: Mapping[str, Brief]
    """By path, like the rows."""
    kept: Mapping[str, Ref]
    """The whole stories of those that were read now."""


def build_site(root: Path, config: Config, map_: Map = map) -> SiteReport:
    """Turn story files into the site.

    Raises `DigestError`, or an `ExceptionGroup` of them, where a story file or template cannot be
    used or an edited story quotes what its articles do not say; then the site stays as it was.
    """
    check_ours(root / SITE)
    (root / WORKSHOP / PIECES).mkdir(parents=True, exist_ok=True)
    try:
        return _build(root, config, map_)
    except BrokenSpoolError:
        forget(root / WORKSHOP)
        return _build(root, config, map_)
    finally:
        close_spools()


def _build(root: Path, config: Config, map_: Map) -> SiteReport:
    workshop = root / WORKSHOP
    for left in workshop.glob(f"{PASSING}*"):  # by a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    with (
        open_manifest(workshop) as manifest,
        TemporaryDirectory(dir=workshop, prefix=PASSING) as passing,
    ):
        work = Work(
            root=root,
            config=config,
            common=hash_common(root, config),
            searchable=can_search(),
            trees=find_trees(root),
            pieces=workshop / PIECES,
            passing=Path(passing),
        )
        stories = _read_stories(manifest, work, map_)
        plan = _plan(stories, work)
        changed = print_site(plan, stories.kept, manifest=manifest, work=work, map_=map_)
        report = _report(plan, stories)
        _note(stories, report, manifest, work)
    return SiteReport(**report, changed=changed, notes=notes_of_site())


def _read_stories(manifest: Manifest, work: Work, map_: Map) -> Stories:
    """Return all story files; those that did not change since the last build are not read.

    Raises what `load_stories` raises.
    """
    scan = scan_stories(work.root)
    known = manifest.stories() if manifest.note("common") == work.common.hex() else {}
    old = {
        p: known[p]
        for p, stamp in scan.items()
        if p in known
        and (known[p].size, known[p].time) == stamp
        # An edited story shows what its articles changed since, so it is read with them.
        and (not known[p].proof or is_proven(work.root, known[p]))
    }
    read = map_(partial(read_story, work=work), [path for path in scan if path not in old])
    now = work.passing.stat().st_mtime_ns
    rows, kept = dict(old), {}
    for story in read:
        if story is None:
            load_stories(work.root, map_)  # says what is wrong with any of them
            raise StoryError("content/stories", "files change while they are read", "run it again")
        size, time = scan[story.path]
        proof = known[story.path].proof if _same(known.get(story.path), story.hash) else ""
        rows[story.path] = StoryRow(
            story.path, size, _settled(time, now), story.hash, story.brief, proof
        )
        kept[story.path] = story.kept
    rows = {path: rows[path] for path in scan}
    texts = ",".join(row.brief for row in rows.values())
    briefs = dict(zip(rows, map(row_to_brief, json.loads(f"[{texts}]")), strict=True))
    if _share_articles(briefs.values()):
        load_stories(work.root, map_)
    return Stories(rows=_verify_edited(rows, briefs, work, map_), briefs=briefs, kept=kept)


def _same(row: StoryRow | None, hash_: bytes) -> bool:
    return row is not None and row.hash == hash_


def _settled(time: int, now: int) -> int:
    """Return a file's time of change, or 0 where another change might not show by it."""
    return 0 if time > now - (TICK if time % 1_000_000_000 else SECONDS) else time


def _share_articles(briefs: Iterable[Brief]) -> bool:
    numbers = [number for brief in briefs for number in set(brief.paths)]
    return len(numbers) != len(set(numbers))


def _verify_edited(
    rows: Mapping[str, StoryRow], briefs: Mapping[str, Brief], work: Work, map_: Map
) -> dict[str, StoryRow]:
    """Return the same rows with their proofs.

    Raises an `ExceptionGroup` where an editor's story quotes what its articles do not say. What
    was proven is not proven again while the story and its articles stay as they are.
    """
    open_ = [
        load_story(path, work)[1]
        for path, brief in briefs.items()
        if brief.edited and not (rows[path].proof and is_proven(work.root, rows[path]))
    ]
    if not open_:
        return dict(rows)
    # To load what cleans articles takes longer than to print the pages of a change.
    from digest.build.edited import load_text

    paths = sorted({ref.path for file in open_ for ref in file.story.articles})
    limits = work.config.limits
    texts = dict(map_(partial(load_text, root=work.root, limits=limits), paths))
    problems = [error for file in open_ for error in verify_story(file, texts)]
    if problems:
        raise ExceptionGroup("edited stories cannot be proven", problems)
    proven = {
        file.path: rows[file.path]._replace(
            proof=make_proof(work.root, [ref.path for ref in file.story.articles])
        )
        for file in open_
    }
    return {**rows, **proven}


def _plan(stories: Stories, work: Work) -> Plan:
    shown = {path: brief for path, brief in stories.briefs.items() if not brief.draft}
    hashes = {brief.slug: stories.rows[path].hash for path, brief in shown.items()}
    plan = plan_site(
        shown.values(), hashes, work.config, common=work.common, searchable=work.searchable
    )
    ready = plan_files([*read_static(work.root), MARK])
    return Plan(stories=plan.stories, others=[*plan.others, *ready], feeds=plan.feeds)


def _report(plan: Plan, stories: Stories) -> dict[str, int]:
    shown = [brief for brief in stories.briefs.values() if not brief.draft]
    return {
        "articles": len({number for brief in shown for number in brief.paths}),
        "stories": len(shown),
        "quotes": sum(brief.counts[3] for brief in shown),
        "feeds": plan.feeds,
    }


def _note(stories: Stories, report: Mapping[str, int], manifest: Manifest, work: Work) -> None:
    """Note the story files as they were read, and what the build did; clear up behind it."""
    renewed = manifest.note("common") not in (None, work.common.hex())
    known = manifest.stories()
    rows = stories.rows
    manifest.put("story", (row for path, row in rows.items() if known.get(path) != row))
    manifest.take("story", [path for path in known if path not in rows])
    manifest.put_notes({"common": work.common.hex(), "report": report})
    manifest.save()
    if renewed or len(list(work.pieces.iterdir())) > MOST_FILES:
        sweep_pieces(manifest, work.pieces, turn=work.passing.name)
