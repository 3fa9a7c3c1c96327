"""Turns a raw article into readable text and facts, and tells why each other line went."""

from digest.clean.html import read_page
from digest.clean.merge import merge_facts
from digest.clean.repair import repair_text
from digest.clean.scraped import clean_text
from digest.errors import ArticleError
from digest.models import CleanArticle, RawArticle

__all__ = ["clean_article"]


def clean_article(raw: RawArticle) -> CleanArticle:
    """Return the article's text, its facts, and the lines that are no part of it with reasons.

    Facts that the files state win over found ones. Raises `ArticleError` when no text is left.
    """
    if not raw.text.strip():
        raise ArticleError(raw.path, "the file is empty", "put the article into it, or remove it")
    if raw.kind == "markdown":
        return _clean_markdown(raw)
    if raw.kind == "html":
        text, found = read_page(raw.text)
        article = clean_text(raw.path, text, known=merge_facts(raw.facts, found), extracted=True)
    else:
        article = clean_text(raw.path, raw.text, known=raw.facts)
    if not article.text:
        raise ArticleError(raw.path, "no article text was found", "check what the file holds")
    return article


def _clean_markdown(raw: RawArticle) -> CleanArticle:
    blocks = repair_text(raw.text).split("\n\n")
    paragraphs = [" ".join(block.split("\n")).strip() for block in blocks]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return CleanArticle(path=raw.path, facts=raw.facts, text=text)
