"""Articles become a story: here its parts are chosen and put together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.changes import tell_corrections
from digest.dates import moment_key
from digest.models import Article, ArticleRef, Moment, Story
from digest.outlines import refer_to
from digest.people import find_people
from digest.summary import choose_quotes, summarize_articles
from digest.tags import find_tags
from digest.text import slugify
from digest.text.copies import find_copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How long stories are."""

    sentences: int
    words: int | None
    quotes: int
    quotes_per_article: int
    language: str
    """Of the words that tell of corrections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The articles of a story, with the names that tie it to other stories and earlier builds."""

    articles: tuple[Article, ...]
    """In the order of their publication."""
    title: str
    slug: str
    guid: str
    related: tuple[str, ...]


def choose_slugs(titles: Iterable[str], *, taken: Iterable[str]) -> list[str]:
    """Return a slug for each new story, made of its title: one that nobody has.

    Slugs are compared without case, because some file systems do so.
    """
    used = {slug.lower() for slug in taken}
    return [_new_slug(title, used) for title in titles]


def _new_slug(title: str, used: set[str]) -> str:
    slug = next(name for name in _variants(slugify(title)) if name not in used)
    used.add(slug)
    return slug


def _variants(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def make_guid(slug: str, *, base_url: str) -> str:
    """Return a name for a new story: a tag URI (RFC 4151), unique where the site has a host.

    It is written into the story file and stays when the site moves. The RFC asks for a date at
    which the authority was the publisher's; 2026 is part of the name, not a date of the story.
    """
    return f"tag:{urlsplit(base_url).hostname},2026:{slug}"


def tell_story(plan: Plan, *, telling: Telling) -> Story:
    """Return a story, every word of it verbatim in its articles."""
    articles = plan.articles
    summary = summarize_articles(articles, sentences=telling.sentences, words=telling.words)
    moments = [m for a in articles for m in (a.facts.published, a.facts.updated) if m]
    return Story(
        slug=plan.slug,
        guid=plan.guid,
        title=plan.title,
        published=_first(articles),
        updated=max(moments, key=moment_key, default=None),
        tags=find_tags(articles),
        people=find_people(articles),
        summary=summary,
        quotes=choose_quotes(
            articles, summary, limit=telling.quotes, per_article=telling.quotes_per_article
        ),
        articles=_name_articles(articles),
        related=plan.related,
        corrections=tell_corrections(articles, language=telling.language),
    )


def _first(articles: Sequence[Article]) -> Moment | None:
    dated = [a.facts.published for a in articles if a.facts.published]
    return min(dated, key=moment_key, default=None)


def _name_articles(articles: Sequence[Article]) -> tuple[ArticleRef, ...]:
    """Return the articles as the story names them, each copy with the first that has its text."""
    firsts = find_copies([article.text for article in articles])
    return tuple(
        refer_to(article, copy_of=articles[first].path if first != number else None)
        for number, (article, first) in enumerate(zip(articles, firsts, strict=True))
    )
