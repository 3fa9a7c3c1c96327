"""What grouping needs to know of an article: little enough to be held for a whole archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from digest.models import Article, ArticleRef, Moment
from digest.stories import choose_title
from digest.stories.vectors import list_words


@dataclass(frozen=True, slots=True)
class Outline:
    """An article without its text."""

    path: str
    marks: tuple[str, ...]
    """What it is known by when its file has moved (see `make_marks`)."""
    published: Moment | None
    story: str | None
    """The slug of the story that the article itself says it belongs to."""
    words: str
    """The words by which it is compared, with blanks between them."""


def outline_article(article: Article) -> Outline:
    """Return the outline of an article."""
    return Outline(
        path=article.path,
        marks=make_marks(refer_to(article)),
        published=article.facts.published,
        story=article.facts.story,
        words=" ".join(list_words(article)),
    )


def refer_to(article: Article, *, copy_of: str | None = None) -> ArticleRef:
    """Return an article as a story names it; `copy_of` is the path of one with the same text."""
    return ArticleRef(
        path=article.path,
        title=article.facts.title or choose_title([article]),
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
