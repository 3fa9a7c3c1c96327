"""The first half of a build: articles become story files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digest.build.load import STORIES, load_stories
from digest.config import Config
from digest.errors import ArticleError, DigestError, OutputError, StoryError
from digest.ingest import list_articles
from digest.models import Article, Story, StoryFile
from digest.output import remove_file, write_files
from digest.parallel import Map
from digest.prepare import load_article
from digest.stories import cluster_articles, relate_clusters
from digest.storyfile import format_story, keep_updated
from digest.tell import Plan, Telling, choose_slugs, find_homes, make_guid, tell_story
from digest.verify import find_missing

ARTICLES = Path("content/articles")
MOVED = "its articles belong to another story now, removed"
TELL_ANEW = "remove `facts` and `body` under `digest` to have it told anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesReport:
    """What the first half of a build did and found."""

    articles: int
    stories: int
    changed: int
    notes: tuple[str, ...]
    """What a person may want to know; nothing is wrong."""
    problems: tuple[DigestError, ...]
    """What a person should mend; the rest was built without it."""


def build_stories(root: Path, config: Config, map_: Map = map) -> StoriesReport:
    """Turn article files into story files.

    Raises `DigestError`, or an `ExceptionGroup` of them, where the folder of articles is missing
    or a story file cannot be read, or an article wants to leave a story that was edited; then
    nothing was written.
    """
    existing = load_stories(root, map_)
    paths = [(ARTICLES / name).as_posix() for name in list_articles(_folder_of_articles(root))]
    loaded = list(map_(partial(load_article, root=root), paths))
    articles = [article for article in loaded if isinstance(article, Article)]
    stories = tell_stories(articles, existing, config, map_)
    drafts = {file.story.slug for file in existing if file.draft}
    before = {file.story.slug: file for file in existing}
    language = config.site.language
    files = [
        format_story(
            keep_updated(story, before.get(story.slug), language=language),
            language=language,
            draft=story.slug in drafts,
        )
        for story in stories
        if story.slug not in before or not before[story.slug].edited
    ]
    moved = list(_find_moved(existing, stories))
    missing = _find_missing(existing, stories, {article.path for article in articles}, moved)
    changed = write_files(files, root / STORIES)
    for file in moved:
        remove_file(root / file.path)
    return StoriesReport(
        articles=len(articles),
        stories=len({f.story.slug for f in existing if f not in moved} | {s.slug for s in stories}),
        changed=changed + len(moved),
        notes=(*_notes(existing, stories, paths), *(f"{f.path}: {MOVED}" for f in moved)),
        problems=(*(error for error in loaded if isinstance(error, ArticleError)), *missing),
    )


def tell_stories(
    articles: Sequence[Article], existing: Sequence[StoryFile], config: Config, map_: Map = map
) -> list[Story]:
    """Group articles and tell each group; what belongs to an existing story stays with it."""
    belongs = find_homes(articles, existing)
    guids = {file.story.slug: file.story.guid for file in existing}
    clusters = cluster_articles(articles, belongs=belongs)
    slugs = choose_slugs(clusters, taken=guids)
    plans = [
        Plan(
            cluster=cluster,
            slug=slug,
            guid=guids.get(slug) or make_guid(slug, base_url=config.site.base_url),
            related=tuple(slugs[other] for other in related),
        )
        for cluster, slug, related in zip(clusters, slugs, relate_clusters(clusters), strict=True)
    ]
    telling = Telling(
        sentences=config.summary.sentences,
        words=config.summary.words,
        quotes=config.quotes.limit,
        quotes_per_article=config.quotes.per_article,
        language=config.site.language,
    )
    return list(map_(partial(tell_story, telling=telling), plans))


def _folder_of_articles(root: Path) -> Path:
    folder = root / ARTICLES
    if not folder.is_dir():
        remedy = "make it and put articles into it, or say where the digest is with --root"
        raise OutputError(ARTICLES.as_posix(), "there is no such folder", remedy)
    return folder


def _find_moved(existing: Sequence[StoryFile], stories: Sequence[Story]) -> Iterator[StoryFile]:
    """Yield stories whose articles all belong to other stories now, as their editor said.

    Raises `StoryError` where that leaves a story which somebody has edited.
    """
    home = {ref.path: story.slug for story in stories for ref in story.articles}
    for file in existing:
        slug, paths = file.story.slug, [ref.path for ref in file.story.articles]
        left = [path for path in paths if home.get(path, slug) != slug]
        if left and file.edited:
            problem = f"its article {left[0]} says that it belongs to {home[left[0]]}"
            raise StoryError(file.path, problem, "take it out here, or take `story` out there")
        if left and left == paths:
            yield file


def _find_missing(
    existing: Sequence[StoryFile],
    stories: Sequence[Story],
    usable: set[str],
    moved: Sequence[StoryFile],
) -> list[StoryError]:
    """Return errors of stories that name an article which is gone, and that were not told anew."""
    anew = {story.slug for story in stories} - {f.story.slug for f in existing if f.edited}
    kept = [file for file in existing if file.story.slug not in anew and file not in moved]
    return [error for file in kept for error in find_missing(file, usable)]


def _notes(
    existing: Sequence[StoryFile], stories: Sequence[Story], paths: Sequence[str]
) -> Iterable[str]:
    """Yield what is worth a word though nothing is wrong."""
    if not paths:
        yield f"{ARTICLES}: no articles yet (put some into it: .txt, .html or .md)"
    told = {story.slug: {ref.path for ref in story.articles} for story in stories}
    for file in existing:
        if file.edited:
            yield f"{file.path}: edited by hand, left as it is ({TELL_ANEW})"
            held = {ref.path for ref in file.story.articles}
            for path in sorted(told.get(file.story.slug, set()) - held):
                yield f"{file.path}: {path} belongs to it and is not in it (add it by hand)"
