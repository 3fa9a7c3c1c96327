"""What is held of each story when there are many: enough to put it on shelves and to name it."""

from hashlib import blake2b
from typing import Any, NamedTuple

from digest.dates import format_moment, moment_key, parse_moment
from digest.models import Moment, Story, StoryFile


class Brief(NamedTuple):
    """A story without its words: of 50,000 stories this fits into memory, their texts do not."""

    slug: str
    guid: str
    title: str
    published: Moment | None
    changed: Moment | None
    """The latest of its dates: published, updated, corrected."""
    tags: list[str]
    people: list[str]
    related: list[str]
    speakers: list[tuple[str, list[str]]]
    """Each with the roles that the quotes give, in the order of the quotes."""
    sources: list[str]
    """The publishers, each once."""
    counts: tuple[int, int, int, int]
    """Articles, outlets, origins, quotes."""
    corrections: list[tuple[Moment, str]]
    paths: list[int]
    """A number for the path of each article: two stories that share one are soon found."""
    draft: bool
    edited: bool


def make_brief(file: StoryFile) -> Brief:
    """Return what is held of a story."""
    story = file.story
    moments = (story.published, story.updated, *(c.date for c in story.corrections))
    known = [moment for moment in moments if moment]
    return Brief(
        slug=story.slug,
        guid=story.guid,
        title=story.title,
        published=story.published,
        changed=max(known, key=moment_key) if known else None,
        tags=list(story.tags),
        people=list(story.people),
        related=list(story.related),
        speakers=_find_speakers(story),
        sources=list(dict.fromkeys(a.source for a in story.articles if a.source)),
        counts=_count(story),
        corrections=[(correction.date, correction.text) for correction in story.corrections],
        paths=[_number(article.path) for article in story.articles],
        draft=file.draft,
        edited=file.edited,
    )


def _find_speakers(story: Story) -> list[tuple[str, list[str]]]:
    roles: dict[str, list[str]] = {}
    for quote in story.quotes:
        if quote.speaker:
            roles.setdefault(quote.speaker, []).extend([quote.role] if quote.role else [])
    return list(roles.items())


def _count(story: Story) -> tuple[int, int, int, int]:
    outlets = len({article.source or article.path for article in story.articles})
    origins = sum(article.copy_of is None for article in story.articles)
    return len(story.articles), outlets, origins, len(story.quotes)


def _number(path: str) -> int:
    return int.from_bytes(blake2b(path.encode("utf-8", "surrogatepass"), digest_size=6).digest())


def brief_to_row(brief: Brief) -> list[Any]:
    """Return a brief as JSON can hold it: the same values, moments as ISO 8601."""
    corrections = [(format_moment(moment), text) for moment, text in brief.corrections]
    published, changed = (m and format_moment(m) for m in (brief.published, brief.changed))
    row = brief._asdict() | {"corrections": corrections}
    return list((row | {"published": published, "changed": changed}).values())


def row_to_brief(row: list[Any]) -> Brief:
    """Return the brief that a row of `brief_to_row` holds."""
    brief = Brief(*row)
    texts: Any = brief
    corrections: Any = [(parse_moment(moment), text) for moment, text in texts.corrections]
    return brief._replace(
        published=texts.published and parse_moment(texts.published),
        changed=texts.changed and parse_moment(texts.changed),
        corrections=corrections,
    )
