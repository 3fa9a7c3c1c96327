"""Prints what a plan asks for and the site has not: stories first, then what shows their pieces."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from digest.build.basis import Basis
from digest.build.places import StoryPlan
from digest.build.plan import STORIES as STORY
from digest.build.plan import Output, Plan, choose_pieces, find_slugs
from digest.build.shares import (
    PageJob,
    PrintedStory,
    Refs,
    StoryJob,
    Work,
    print_other,
    print_share,
    refs_from_json,
    refs_to_json,
)
from digest.build.swap import find_scene, open_next, publish
from digest.manifest import Kept, Manifest, OutputRow, PieceRow
from digest.parallel import Map
from digest.spool import Ref
from digest.trees import Placed
from digest.unchanged import SiteLook


def print_site(
    plan: Plan, basis: Basis, site: SiteLook, kept: Mapping[str, Ref], *, work: Work, map_: Map
) -> int:
    """Print what differs from the last build, and publish it; return how many files changed.

    `kept` are the stories that were read by this build, by slug.
    """
    manifest, outputs = basis.manifest, basis.outputs
    keys = {output.path: output.key for output in plan.others}
    keys |= {path: key for story in plan.stories for path, key in story.outputs()}
    stays = {path for path in outputs if path not in keys and path not in plan.gone}
    whole = outputs.keys() - site.torn
    fresh = {p for p, key in keys.items() if p in whole and outputs[p].key == key}
    scene = find_scene(basis, site, wanted=stays | keys.keys())
    open_next(scene, manifest, stays | fresh, map_)

    stale = [story for story in plan.stories if _is_stale(story, fresh, plan.known)]
    printed = _print_stories(stale, kept, work, map_)
    placed = dict(file for story in printed for file in story.files)
    refs = {story.slug: story.refs for story in printed}
    others = [output for output in plan.others if output.path not in fresh]
    placed |= _print_others(others, _find_refs(others, refs, manifest), work, map_)

    changed = sum(file.changed for file in placed.values()) + len(scene.gone)
    publish(scene, manifest, placed=placed, changed=changed > 0, map_=map_)
    _note_outputs(plan, placed, keys, manifest)
    _note_pieces(stale, refs, manifest)
    return changed


def _is_stale(story: StoryPlan, fresh: set[str], known: Mapping[str, Kept]) -> bool:
    row = known.get(story.slug)
    kept = row is not None and row.key == story.pieces and not story.needs & ~row.kept
    return not kept or not all(path in fresh for path, _ in story.outputs())


def _print_stories(
    stories: Iterable[StoryPlan], kept: Mapping[str, Ref], work: Work, map_: Map
) -> list[PrintedStory]:
    jobs = [StoryJob(s.slug, s.place, s.needs, kept.get(s.slug)) for s in stories]
    return list(map_(partial(print_share, work=work), jobs))


def _print_others(
    outputs: Sequence[Output], refs: Mapping[str, Refs], work: Work, map_: Map
) -> dict[str, Placed]:
    jobs = [PageJob(output.page, choose_pieces(output.page, refs)) for output in outputs]
    printed = map_(partial(print_other, work=work), jobs)
    return dict(file for files in printed for file in files)


def _find_refs(
    outputs: Iterable[Output], printed: Mapping[str, Refs], manifest: Manifest
) -> dict[str, Refs]:
    """Return where the pieces are of all stories that these outputs show."""
    slugs = {slug for output in outputs for slug in find_slugs(output.page)}
    rows = manifest.pieces(slug for slug in slugs if slug not in printed)
    return {**printed, **{slug: refs_from_json(row.refs) for slug, row in rows.items()}}


def _note_outputs(
    plan: Plan, placed: Mapping[str, Placed], keys: Mapping[str, bytes], manifest: Manifest
) -> None:
    """Note which files were written."""
    owners = {output.path: output.owner for output in plan.others}
    owners |= {path: f"{STORY}/{s.slug}" for s in plan.stories for path, _ in s.outputs()}
    rows = (OutputRow(p, owners[p], keys[p], f.size, f.time) for p, f in sorted(placed.items()))
    manifest.put("output", rows)
    manifest.take("output", plan.gone)


def _note_pieces(
    stories: Iterable[StoryPlan], refs: Mapping[str, Refs], manifest: Manifest
) -> None:
    rows = (
        PieceRow(s.slug, s.pieces, s.needs, json.dumps(s.place.people), refs_to_json(refs[s.slug]))
        for s in stories
    )
    manifest.put("piece", rows)
