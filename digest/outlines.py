"""Makes of an article what is kept of it: the outline by which it is grouped, and its names."""

from collections.abc import Iterator
from hashlib import blake2b

from digest.models import Article, ArticleRef
from digest.stories import Outline
from digest.stories.titles import count_faults, open_text
from digest.stories.weekdays import find_weekday


def outline_article(article: Article) -> Outline:
    """Return the outline of an article."""
    return Outline(
        path=article.path,
        marks=make_marks(refer_to(article)),
        published=article.facts.published,
        story=article.facts.story,
        title=article.facts.title,
        opening="" if article.facts.title else open_text(article.text),
        faults=count_faults(article.facts.title or "", article.facts.language),
        weekday=find_weekday(article),
    )


def refer_to(article: Article, *, copy_of: str | None = None) -> ArticleRef:
    """Return an article as a story names it; `copy_of` is the path of one with the same text."""
    return ArticleRef(
        path=article.path,
        title=article.facts.title or open_text(article.text),
        url=article.facts.url,
        source=article.facts.source,
        author=article.facts.author,
        published=article.facts.published,
        language=article.facts.language,
        copy_of=copy_of,
    )


def make_marks(ref: ArticleRef) -> tuple[str, ...]:
    """Return what an article is known by besides its path, the surest first: hashes of the facts.

    That is its address, else its title with source and date.
    """
    return tuple(
        blake2b(mark.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        for mark in _marks(ref)
    )


def _marks(ref: ArticleRef) -> Iterator[str]:
    if ref.url:
        yield f"url {ref.url}"
    yield f"title {ref.title!r} {ref.source!r} {ref.published}"
