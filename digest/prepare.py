"""One article file becomes one article: read, cleaned, its quotes found."""

from dataclasses import replace
from pathlib import Path

from digest.addresses import is_web_address
from digest.bulk import Batch
from digest.changes import find_changes
from digest.clean import clean_article
from digest.clean.repair import repair_text
from digest.errors import ArticleError
from digest.ingest import list_versions, read_article, read_batch
from digest.models import LIMITS, Article, Facts, Limits, RawArticle
from digest.quotes import find_quotes
from digest.text import slugify

STORY_NAME = 100  # characters of a story's name that count: an editor chose them, so nearly all


def load_article(path: str, *, root: Path, limits: Limits = LIMITS) -> Article | ArticleError:
    """Return the article in the file `path` below `root`, or the reason why there is none.

    It knows what its earlier versions said; one that cannot be read is as if it were not there.
    """
    article = _load(path, root, limits)
    if isinstance(article, ArticleError) or not list_versions(root, path):
        return article
    return replace(article, changes=find_changes(load_versions(path, root=root, limits=limits)))


def load_batch(
    batch: Batch | ArticleError, *, root: Path, limits: Limits = LIMITS
) -> list[Article | ArticleError]:
    """Return the articles that are read together, each as `load_article` returns it."""
    if isinstance(batch, ArticleError):
        return [batch]
    if not batch.entries:
        return [load_article(batch.path, root=root, limits=limits)]
    raws = read_batch(batch, root=root, largest=limits.size)
    return [prepare_article(r, limits=limits) if isinstance(r, RawArticle) else r for r in raws]


def load_versions(path: str, *, root: Path, limits: Limits = LIMITS) -> list[Article]:
    """Return an article as it was and as it is, the oldest first, as far as it can be used."""
    loaded = (_load(name, root, limits) for name in (*list_versions(root, path), path))
    return [version for version in loaded if isinstance(version, Article)]


def _load(path: str, root: Path, limits: Limits) -> Article | ArticleError:
    raw = read_article(root / path, path=path, root=root, largest=limits.size)
    return prepare_article(raw, limits=limits) if isinstance(raw, RawArticle) else raw


def prepare_article(raw: RawArticle, *, limits: Limits = LIMITS) -> Article | ArticleError:
    """Clean one article and find its quotes.

    An unusable article comes back as its error, so that one bad file does not stop the others.
    """
    try:
        clean = clean_article(raw, limits=limits)
    except ArticleError as error:
        return error
    facts = _tidy(clean.facts)
    story = slugify(facts.story, length=STORY_NAME) if facts.story else None
    url = facts.url if facts.url and is_web_address(facts.url) else None
    return Article(
        path=clean.path,
        facts=replace(facts, story=story, url=url),
        text=clean.text,
        removed=clean.removed,
        quotes=find_quotes(clean.text, article=clean.path, language=facts.language),
    )


def _tidy(facts: Facts) -> Facts:
    """Return facts on one line each, without characters that cannot be seen or turn others round.

    Whoever states them may be a stranger too.
    """
    return replace(
        facts,
        title=_repair(facts.title),
        source=_repair(facts.source),
        author=tuple(name for author in facts.author if (name := _repair(author))),
        tags=tuple(name for tag in facts.tags if (name := _repair(tag))),
    )


def _repair(words: str | None) -> str | None:
    return " ".join(repair_text(words).split()) or None if words else None
