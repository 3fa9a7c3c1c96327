"""Tells the stories whose articles, options or files changed, and writes their files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digest.build.articles import Archive, recall_article
from digest.build.groups import Group
from digest.build.holdings import Holding, hold, remember_holding
from digest.build.load import STORIES
from digest.cache import Cache
from digest.config import Config
from digest.models import File, StoryFile
from digest.output import write_files
from digest.parallel import Map
from digest.records import encode_record
from digest.stories import choose_title
from digest.tell import Plan, Telling, make_guid, tell_story
from digest.version import hash_bytes, hash_program


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A story to be told."""

    slug: str
    guid: str
    title: str | None
    """`None` where it is still to be chosen."""
    related: tuple[str, ...]
    articles: tuple[str, ...]
    """Their paths."""
    draft: bool
    told: bool
    """There is a file of it already."""
    key: str
    """The hash of all that the story depends on."""


@dataclass(frozen=True, slots=True)
class Task:
    """An order with what a worker needs to carry it out."""

    order: Order
    title: str
    kept: tuple[bytes | None, ...]
    """The articles, as they were kept."""
    before: str | None
    """The text of the story's file."""


def find_orders(
    groups: Iterable[Group],
    holdings: Sequence[Holding],
    archive: Archive,
    config: Config,
    cache: Cache,
) -> Iterator[Order]:
    """Yield the stories that have to be told: those whose files are not what they would become.

    A file that its editor changed is left alone.
    """
    before = {holding.slug: holding for holding in holdings}
    told = dict(cache.all("told"))
    telling = hash_bytes(encode_record(_telling(config)))
    for group in groups:
        held = before.get(group.slug)
        if held and held.edited:
            continue
        guid = held.guid if held else make_guid(group.slug, base_url=config.site.base_url)
        parts = (group.slug, guid, *group.related, *(archive.keys[path] for path in group.paths))
        key = hash_bytes("\n".join((hash_program(), telling, *parts)).encode())
        if held is None or told.get(key) != held.digest.encode():
            yield Order(
                slug=group.slug,
                guid=guid,
                title=group.title,
                related=group.related,
                articles=group.paths,
                draft=bool(held and held.draft),
                told=held is not None,
                key=key,
            )


def tell_stories(
    orders: Iterable[Order], archive: Archive, root: Path, config: Config, cache: Cache, map_: Map
) -> int:
    """Tell stories and write their files; return how many changed."""
    changed = 0
    tell = partial(_tell, telling=_telling(config), root=root)
    tasks = (_prepare(order, archive, root, cache) for order in orders)
    for order, (file, holding) in zip(orders, map_(tell, tasks), strict=True):
        changed += write_files([file], root / STORIES)
        remember_holding(holding, cache)
        cache.put("told", order.key, holding.digest.encode())
    return changed


def _telling(config: Config) -> Telling:
    return Telling(
        sentences=config.summary.sentences,
        words=config.summary.words,
        quotes=config.quotes.limit,
        quotes_per_article=config.quotes.per_article,
        language=config.site.language,
    )


def _prepare(order: Order, archive: Archive, root: Path, cache: Cache) -> Task:
    kept = tuple(cache.get("articles", archive.keys[path]) for path in order.articles)
    file = root / STORIES / f"{order.slug}.md"
    outlines = [archive.outlines[path] for path in order.articles]
    title = order.title or choose_title(outlines, archive.load)
    return Task(order, title, kept, file.read_text(encoding="utf-8-sig") if order.told else None)


def _tell(task: Task, *, telling: Telling, root: Path) -> tuple[File, Holding]:
    # What reads and prints stories takes longer to import than a build of nothing new.
    from digest.storyfile import format_story, keep_updated, parse_story

    order, path = task.order, f"{STORIES.as_posix()}/{task.order.slug}.md"
    articles = tuple(
        recall_article(p, k, root=root) for p, k in zip(order.articles, task.kept, strict=True)
    )
    plan = Plan(
        articles=articles,
        title=task.title,
        slug=order.slug,
        guid=order.guid,
        related=order.related,
    )
    before = parse_story(task.before, path=path) if task.before is not None else None
    story = keep_updated(tell_story(plan, telling=telling), before, language=telling.language)
    file = format_story(story, language=telling.language, draft=order.draft)
    return file, hold(StoryFile(path=path, story=story, body="", draft=order.draft), file.data)
