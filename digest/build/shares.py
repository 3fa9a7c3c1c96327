"""What the processes of a build do, each with its share: read stories, print pages, write files.

Between two steps, what is big lies in files (see `digest.spool`), so that no process holds all
stories or pages, and what goes from one process to another is small.
"""

import json
import pickle
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from digest.briefs import Brief, brief_to_row, make_brief
from digest.config import Config
from digest.errors import DigestError, StoryError
from digest.feeds import Feed, Item, make_item, pack_item, write_feed, write_rss_item
from digest.keys import hash_bytes
from digest.models import File, StoryFile
from digest.pages import (
    Page,
    Place,
    Press,
    Telling,
    print_page,
    print_story,
    set_up_press,
    tell_story,
)
from digest.references import find_links
from digest.say import say
from digest.spool import Ref, keep, recall
from digest.storyfile import parse_story
from digest.templates import open_templates
from digest.trees import Placed, Trees, place_file
from digest.unchanged import STORIES

RSS, ITEM = 1, 2  # what feeds need of a story
ENTRIES = 4_000  # pieces of lists that a process remembers, two kilobytes each


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What every share of a build has in common."""

    root: Path
    config: Config
    common: bytes
    """The hash of all that every page depends on."""
    searchable: bool
    trees: Trees
    pieces: Path
    """The folder that keeps pieces of pages from build to build."""
    passing: Path
    """A folder for what only this build needs."""

    def __hash__(self) -> int:
        """Return a hash without a look at all options, as each share asks for it."""
        return hash(self.passing)


class Read(NamedTuple):
    """A story file that was read, and what is held of it."""

    path: str
    hash: bytes
    brief: Brief
    text: str
    """The brief as JSON."""
    kept: Ref
    """What it tells."""


class StoryJob(NamedTuple):
    """A story to be printed."""

    slug: str
    place: Place
    needs: int
    """What feeds need of it: `RSS`, `ITEM`, or both together."""
    kept: Ref | None


class Refs(NamedTuple):
    """Where the pieces of a story are kept."""

    entry: Ref
    said: dict[str, Ref]
    rss: Ref | None
    item: Ref | None
    """None where no feed needs it."""


class PrintedStory(NamedTuple):
    """A printed story: its files, and its pieces for others."""

    slug: str
    files: list[tuple[str, Placed]]
    refs: Refs


class PageJob(NamedTuple):
    """A page or feed to be printed, with the pieces of stories that it shows."""

    page: Page | Feed | File
    pieces: list[Ref]


def read_story(path: str, *, work: Work) -> Read | None:
    """Return a story file as it was read, or `None` where it cannot be used."""
    try:
        data, file = load_story(path, work)
    except (DigestError, ExceptionGroup):
        return None  # what is wrong is said when all are known
    brief = make_brief(file)
    text = json.dumps(brief_to_row(brief), ensure_ascii=False)
    telling, item = _tell(file, brief, work, item=work.config.feeds.shelves)
    told = (tuple(telling), tuple(item) if item else None)  # the plainer, the faster to pack
    kept = keep(work.passing, pickle.dumps(told, pickle.HIGHEST_PROTOCOL))
    # What sources changed is shown with the story, and stands in none of its bytes.
    changes = "".join(correction.text for correction in file.story.corrections)
    return Read(path, hash_bytes(data + changes.encode()), brief, text, kept)


def print_share(job: StoryJob, *, work: Work) -> PrintedStory:
    """Print the page of a story into the next tree, and keep the pieces that others show."""
    telling, item = _recall_told(job, work)
    files, pieces = print_story(_press(work), telling, job.place)
    refs = Refs(
        entry=_keep(work, pieces.entry),
        said={address: _keep(work, said) for address, said in pieces.said.items()},
        rss=_keep(work, write_rss_item(item)) if item and job.needs & RSS else None,
        item=_keep(work, pack_item(item)) if item and job.needs & ITEM else None,
    )
    return PrintedStory(job.slug, _place(files, work), refs)


def _tell(file: StoryFile, brief: Brief, work: Work, *, item: bool) -> tuple[Telling, Item | None]:
    """Return what a story tells, and as an item of feeds where that is wanted."""
    site = work.config.site
    links = find_links(file.story, language=site.language, label=say(site.language, "original"))
    made = make_item(file, brief, links, site=site) if item else None
    told = tell_story(file, brief, links, site=site, text=work.config.pages.text)
    return told, made


def _recall_told(job: StoryJob, work: Work) -> tuple[Telling, Item | None]:
    """Return what a story tells: as it was kept, unless that lacks what is needed now."""
    if job.kept:
        telling, item = pickle.loads(recall(work.passing, job.kept))
        if item or not job.needs:
            return Telling(*telling), Item(*item) if item else None
    _, file = load_story(f"{STORIES.as_posix()}/{job.slug}.md", work)
    return _tell(file, make_brief(file), work, item=bool(job.needs))


def print_other(job: PageJob, *, work: Work) -> list[tuple[str, Placed]]:
    """Print a page or feed into the next tree."""
    if isinstance(job.page, File):
        return _place([job.page], work)
    entries = [_recall(work.pieces, ref) for ref in job.pieces]
    if isinstance(job.page, Page):
        file = print_page(_press(work), job.page, entries)
    else:
        config = work.config
        file = write_feed(job.page, entries, site=config.site, options=config.feeds)
    return _place([file], work)


def load_story(path: str, work: Work) -> tuple[bytes, StoryFile]:
    """Return the bytes of a story file, and the story that they tell.

    Raises `StoryError`, or an `ExceptionGroup` of them.
    """
    file = work.root / path
    if file.is_symlink():
        from digest.ingest import LINK  # and all kinds of articles

        raise StoryError(path, "this is a link", LINK)
    try:
        data = file.read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoryError(path, f"byte {error.start} is not UTF-8", "save it as UTF-8") from error
    except OSError as error:
        raise StoryError(path, f"cannot be read: {error.strerror}", "check the file") from error
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    story = parse_story(text, path=path)
    if story.edited:
        from digest.build.edited import add_changes  # and what cleans articles, which takes long

        story = add_changes(story, work.root, language=work.config.site.language)
    return data, story


def _place(files: list[File], work: Work) -> list[tuple[str, Placed]]:
    return [(file.path, place_file(file.path, file.data, work.trees)) for file in files]


def _keep(work: Work, text: str) -> Ref:
    return keep(work.pieces, text.encode(), turn=work.passing.name)


@lru_cache(maxsize=ENTRIES)
def _recall(folder: Path, ref: Ref) -> str:
    return recall(folder, ref).decode()


@lru_cache(maxsize=1)
def _press(work: Work) -> Press:
    """Return the press of a build, set up once in each process."""
    templates = open_templates(work.root)
    config = work.config
    return set_up_press(
        templates, site=config.site, options=config.pages, searchable=work.searchable
    )


def refs_to_json(refs: Refs) -> str:
    """Return where pieces are kept, as JSON."""
    return json.dumps(refs)


def refs_from_json(text: str) -> Refs:
    """Return where pieces are kept."""
    entry, said, rss, item = json.loads(text)
    return Refs(
        entry=Ref(*entry),
        said={address: Ref(*ref) for address, ref in said.items()},
        rss=Ref(*rss) if rss else None,
        item=Ref(*item) if item else None,
    )
