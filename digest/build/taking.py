"""Takes in the story files that differ from the last build, and refuses what cannot be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from digest.build.basis import Change
from digest.build.memory import find_briefs
from digest.build.shares import Read, Work, load_story, read_story
from digest.errors import StoryError
from digest.manifest import Manifest, StoryRow
from digest.parallel import Map
from digest.spool import Ref
from digest.unchanged import StoriesLook, is_proven, make_proof

# A file that changed so shortly before it was read may change again without showing it by its
# time: kernels count in ticks of up to 10 ms, some file systems in seconds.
TICK, SECONDS = 50_000_000, 2_000_000_000  # nanoseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """All story files, and what is new of them."""

    rows: Mapping[str, StoryRow]
    """By path."""
    change: Change
    texts: Mapping[str, str]
    """The new briefs as JSON, by slug."""
    kept: Mapping[str, Ref]
    """What those tell that were read now, by slug."""


def take_stories(look: StoriesLook, manifest: Manifest, work: Work, map_: Map) -> Taken:
    """Return all story files; those that did not change since the last build are not read.

    Raises what `load_stories` raises, and an `ExceptionGroup` where an editor's story quotes what
    its articles do not say.
    """
    scan, known = look.scan, look.stories
    read = _read([path for path in scan if path not in look.same], work, map_)
    now = work.passing.stat().st_mtime_ns
    rows = {path: known[path] for path in scan if path in look.same}
    for story in read:
        size, time = scan[story.path]
        before = known.get(story.path)
        proof = before.proof if before and before.hash == story.hash else ""
        rows[story.path] = StoryRow(story.path, size, _settled(time, now), story.hash, proof)
    rows |= _verify_edited([rows[s.path] for s in read if s.brief.edited], work, map_)
    new = [s for s in read if s.path not in known or known[s.path].hash != s.hash]
    old = [known[path] for path in known if path not in scan or known[path].hash != rows[path].hash]
    change = Change(
        old=find_briefs(manifest, (PurePosixPath(row.path).stem for row in old)),
        new={story.brief.slug: story.brief for story in new},
    )
    if _share_articles(change, manifest):
        _say_problems(work, map_)
    return Taken(
        rows=rows,
        change=change,
        texts={story.brief.slug: story.text for story in new},
        kept={story.brief.slug: story.kept for story in read},
    )


def _read(paths: Sequence[str], work: Work, map_: Map) -> list[Read]:
    read = list(map_(partial(read_story, work=work), paths))
    if None in read:
        _say_problems(work, map_)
        raise StoryError("content/stories", "files change while they are read", "run it again")
    return [story for story in read if story]


def _say_problems(work: Work, map_: Map) -> None:
    """Raise all that is wrong with any of the story files."""
    from digest.build.load import load_stories  # and all kinds of articles, which takes long

    load_stories(work.root, map_)


def _settled(time: int, now: int) -> int:
    """Return a file's time of change, or 0 where another change might not show by it."""
    return 0 if time > now - (TICK if time % 1_000_000_000 else SECONDS) else time


def _share_articles(change: Change, manifest: Manifest) -> bool:
    """Return whether two stories have an article in common."""
    numbers = [number for brief in change.new.values() for number in set(brief.paths)]
    owners = manifest.claims(numbers).values()
    return len(numbers) != len(set(numbers)) or any(slug not in change.old for slug in owners)


def _verify_edited(rows: Iterable[StoryRow], work: Work, map_: Map) -> dict[str, StoryRow]:
    """Return the rows of edited stories with their proofs, by path.

    Raises an `ExceptionGroup` where an editor's story quotes what its articles do not say. What
    was proven is not proven again while the story and its articles stay as they are.
    """
    open_ = {row.path: row for row in rows if not (row.proof and is_proven(work.root, row))}
    if not open_:
        return {}
    # To load what cleans articles takes longer than to print the pages of a change.
    from digest.build.edited import load_text
    from digest.verify import verify_story

    files = [load_story(path, work)[1] for path in open_]
    paths = sorted({ref.path for file in files for ref in file.story.articles})
    limits = work.config.limits
    texts = dict(map_(partial(load_text, root=work.root, limits=limits), paths))
    problems = [error for file in files for error in verify_story(file, texts)]
    if problems:
        raise ExceptionGroup("edited stories cannot be proven", problems)
    return {
        file.path: open_[file.path]._replace(
            proof=make_proof(work.root, [ref.path for ref in file.story.articles])
        )
        for file in files
    }
