"""Turns a raw article into readable text and facts, and tells why each other line went."""

from dataclasses import replace

from digest.clean.html import read_page
from digest.clean.repair import repair_text
from digest.clean.scraped import clean_text
from digest.errors import ArticleError
from digest.models import CleanArticle, Facts, RawArticle

__all__ = ["clean_article"]


def clean_article(raw: RawArticle) -> CleanArticle:
    """Return the article's text, its facts, and the lines that are no part of it with reasons.

    Facts that the files state win over found ones. Raises `ArticleError` when no text is left.
    """
    if not raw.text.strip():
        raise ArticleError(raw.path, "the file is empty", "put the article into it, or remove it")
    if raw.kind == "markdown":
        return _clean_markdown(raw)
    text, found = (raw.text, Facts()) if raw.kind == "text" else read_page(raw.text, raw.facts)
    cleaned = clean_text(raw.path, text, known=merge_facts(raw.facts, found))
    return replace(cleaned, facts=merge_facts(raw.facts, found, cleaned.facts))


def merge_facts(*facts: Facts) -> Facts:
    """Return each fact from the first of the given that tells it."""
    names = Facts.__dataclass_fields__
    told = {name: [v for f in facts if (v := getattr(f, name))] for name in names}
    return Facts(**{name: values[0] for name, values in told.items() if values})


def _clean_markdown(raw: RawArticle) -> CleanArticle:
    text = "\n".join(repair_text(raw.text).split("\n"))
    paragraphs = [" ".join(p.split("\n")).strip() for p in text.split("\n\n")]
    body = "\n\n".join(p for p in paragraphs if p)
    return CleanArticle(path=raw.path, facts=raw.facts, text=body)
