"""Turns a raw article into readable text and facts, and tells why each other line went."""

from digest.clean.refuse import FEWEST_WORDS, check_page, check_text, has_words, is_foreign, refuse
from digest.clean.repair import repair_text
from digest.clean.scraped import clean_text
from digest.facts import merge_facts
from digest.models import LIMITS, CleanArticle, Limits, RawArticle

__all__ = ["clean_article"]


def clean_article(raw: RawArticle, *, limits: Limits = LIMITS) -> CleanArticle:
    """Return the article's text, its facts, and the lines that are no part of it with reasons.

    Facts that the files state win over found ones. Raises `ArticleError` when no text is left,
    or more than `limits` allow.
    """
    if not raw.text.strip() or is_foreign(raw.text):
        raise refuse(raw)
    article = CLEANERS[raw.kind](raw, limits)
    if not has_words(article.text, least=1 if raw.kind == "markdown" else FEWEST_WORDS):
        raise refuse(raw)
    return article


def _clean_markdown(raw: RawArticle, limits: Limits) -> CleanArticle:
    check_text(raw.path, raw.text, limits)
    blocks = repair_text(raw.text).split("\n\n")
    paragraphs = [" ".join(block.split("\n")).strip() for block in blocks]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return CleanArticle(path=raw.path, facts=raw.facts, text=text)


def _clean_page(raw: RawArticle, limits: Limits) -> CleanArticle:
    # trafilatura takes longer to import than a text to be cleaned.
    from digest.clean.html import read_page

    check_page(raw.path, raw.text, limits)
    text, found = read_page(raw.text)
    check_text(raw.path, text, limits)
    return clean_text(raw.path, text, known=merge_facts(raw.facts, found), extracted=True)


def _clean_scrape(raw: RawArticle, limits: Limits) -> CleanArticle:
    check_text(raw.path, raw.text, limits)
    return clean_text(raw.path, raw.text, known=raw.facts)


CLEANERS = {"markdown": _clean_markdown, "html": _clean_page, "text": _clean_scrape}
