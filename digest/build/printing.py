"""Prints what a plan asks for and the site has not: stories first, then what shows their pieces."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from digest.build.plan import Output, Plan, StoryPlan, choose_pieces, find_slugs
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
from digest.manifest import Manifest, OutputRow, PieceRow
from digest.parallel import Map
from digest.spool import Ref
from digest.trees import Placed
from digest.unchanged import STORIES, find_whole


def print_site(
    plan: Plan, kept: Mapping[str, Ref], *, manifest: Manifest, work: Work, map_: Map
) -> int:
    """Print what differs from the last build, and publish it; return how many files changed.

    `kept` are the stories that were read by this build, by the path of their files.
    """
    outputs, pieces = manifest.outputs(), manifest.pieces()
    wanted = {path: key for story in plan.stories for path, key in story.outputs()}
    wanted |= {output.path: output.key for output in plan.others}
    whole = find_whole(outputs.values(), work.trees)
    fresh = {p for p, key in wanted.items() if p in whole and outputs[p].key == key}
    scene = find_scene(manifest, work.trees, wanted=wanted, known=outputs)
    open_next(scene, manifest, fresh, map_)

    stale = [story for story in plan.stories if _is_stale(story, fresh, pieces)]
    printed = _print_stories(stale, kept, work, map_)
    placed = dict(file for story in printed for file in story.files)
    refs = {story.slug: story.refs for story in printed}
    others = [output for output in plan.others if output.path not in fresh]
    placed |= _print_others(others, _find_refs(others, refs, pieces), work, map_)

    changed = sum(file.changed for file in placed.values()) + len(scene.gone)
    publish(scene, manifest, placed=placed, changed=changed > 0, map_=map_)
    _note(manifest, wanted, placed, stale, refs)
    manifest.take("output", [path for path in outputs if path not in wanted])
    slugs = {story.slug for story in plan.stories}
    manifest.take("piece", [slug for slug in pieces if slug not in slugs])
    return changed


def _is_stale(story: StoryPlan, fresh: set[str], pieces: Mapping[str, PieceRow]) -> bool:
    row = pieces.get(story.slug)
    known = row is not None and row.key == story.pieces and not story.needs & ~row.kept
    return not known or not all(path in fresh for path, _ in story.outputs())


def _print_stories(
    stories: Iterable[StoryPlan], kept: Mapping[str, Ref], work: Work, map_: Map
) -> list[PrintedStory]:
    paths = ((f"{STORIES.as_posix()}/{story.slug}.md", story) for story in stories)
    jobs = [
        StoryJob(path=path, place=story.place, needs=story.needs, kept=kept.get(path))
        for path, story in paths
    ]
    return list(map_(partial(print_share, work=work), jobs))


def _print_others(
    outputs: Sequence[Output], refs: Mapping[str, Refs], work: Work, map_: Map
) -> dict[str, Placed]:
    jobs = [PageJob(output.page, choose_pieces(output.page, refs)) for output in outputs]
    printed = map_(partial(print_other, work=work), jobs)
    return dict(file for files in printed for file in files)


def _find_refs(
    outputs: Iterable[Output], printed: Mapping[str, Refs], pieces: Mapping[str, PieceRow]
) -> dict[str, Refs]:
    """Return where the pieces are of all stories that these outputs show."""
    slugs = {slug for output in outputs for slug in find_slugs(output.page)}
    return {
        slug: printed[slug] if slug in printed else refs_from_json(pieces[slug].refs)
        for slug in slugs
    }


def _note(
    manifest: Manifest,
    wanted: Mapping[str, bytes],
    placed: Mapping[str, Placed],
    stale: Iterable[StoryPlan],
    refs: Mapping[str, Refs],
) -> None:
    """Note what was printed."""
    rows = (OutputRow(path, wanted[path], p.size, p.time) for path, p in placed.items())
    manifest.put("output", rows)
    kept = ((story, refs_to_json(refs[story.slug])) for story in stale)
    manifest.put("piece", (PieceRow(s.slug, s.pieces, s.needs, where) for s, where in kept))
