"""One article file becomes one article: read, cleaned, its quotes found."""

from dataclasses import replace
from pathlib import Path

from digest.clean import clean_article
from digest.errors import ArticleError
from digest.ingest import read_article
from digest.models import Article, RawArticle
from digest.quotes import find_quotes
from digest.text import slugify

STORY_NAME = 100  # characters of a story's name that count: an editor chose them, so nearly all


def load_article(path: str, *, root: Path) -> Article | ArticleError:
    """Return the article in the file `path` below `root`, or the reason why there is none."""
    raw = read_article(root / path, path=path)
    return prepare_article(raw) if isinstance(raw, RawArticle) else raw


def prepare_article(raw: RawArticle) -> Article | ArticleError:
    """Clean one article and find its quotes.

    An unusable article comes back as its error, so that one bad file does not stop the others.
    """
    try:
        clean = clean_article(raw)
    except ArticleError as error:
        return error
    story = clean.facts.story and slugify(clean.facts.story, length=STORY_NAME)
    return Article(
        path=clean.path,
        facts=replace(clean.facts, story=story or None),
        text=clean.text,
        removed=clean.removed,
        quotes=find_quotes(clean.text, article=clean.path, language=clean.facts.language),
    )
