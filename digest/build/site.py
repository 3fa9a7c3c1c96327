"""The second half of a build: story files become the site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digest.build.load import load_stories
from digest.config import Config
from digest.feeds import render_feeds
from digest.models import Article, StoryFile
from digest.output import MARK, check_ours, remove_others, write_files
from digest.pages import render_pages
from digest.parallel import Map
from digest.prepare import load_article
from digest.search import INDEX, LEFT_OUT, can_search, index_site
from digest.shelves import fill_shelves
from digest.templates import open_templates, read_static
from digest.verify import verify_story

SITE = Path("site")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What the second half of a build did."""

    articles: int
    stories: int
    quotes: int
    feeds: int
    changed: int
    notes: tuple[str, ...]
    """What a person may want to know; nothing is wrong."""


def build_site(root: Path, config: Config, map_: Map = map) -> SiteReport:
    """Turn story files into the site.

    Raises `DigestError`, or an `ExceptionGroup` of them, where a story file or template cannot be
    used or an edited story quotes what its articles do not say; then the site stays as it was.
    """
    stories = load_stories(root, map_)
    _verify_edited(stories, root, config, map_)
    check_ours(root / SITE)
    shown = [file for file in stories if not file.draft]
    shelves = fill_shelves(shown, language=config.site.language)
    feeds = list(render_feeds(shelves, site=config.site, options=config.feeds))
    pages = render_pages(
        shelves,
        site=config.site,
        templates=open_templates(root),
        per_page=config.pages.stories,
        searchable=can_search(),
        editions=config.feeds.editions,
    )
    files = [*pages, *feeds, *read_static(root), MARK]
    changed = write_files(files, root / SITE)
    changed += remove_others(files, root / SITE, spare=INDEX if can_search() else None)
    if can_search():
        index_site(root / SITE, changed=changed > 0)
    return SiteReport(
        articles=len({ref.path for file in shown for ref in file.story.articles}),
        stories=len(shown),
        quotes=sum(len(file.story.quotes) for file in shown),
        feeds=sum(file.path.endswith((".xml", ".json")) for file in feeds),
        changed=changed,
        notes=() if can_search() else (LEFT_OUT,),
    )


def _verify_edited(stories: Sequence[StoryFile], root: Path, config: Config, map_: Map) -> None:
    """Raise an `ExceptionGroup` where an editor's story quotes what its articles do not say."""
    edited = [file for file in stories if file.edited]
    paths = sorted({ref.path for file in edited for ref in file.story.articles})
    loaded = map_(partial(load_article, root=root, limits=config.limits), paths)
    texts: Mapping[str, str] = {a.path: a.text for a in loaded if isinstance(a, Article)}
    problems = [error for file in edited for error in verify_story(file, texts)]
    if problems:
        raise ExceptionGroup("edited stories cannot be proven", problems)
