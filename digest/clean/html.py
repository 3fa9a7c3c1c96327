"""Reads a saved page: its text by trafilatura, and the facts that the page declares."""

import trafilatura
from trafilatura.settings import Document

from digest.models import Facts


def read_page(page: str, known: Facts) -> tuple[str, Facts]:
    """Return the text of the page, one paragraph a line, and the facts that it tells."""
    document = trafilatura.bare_extraction(page, url=known.url, with_metadata=True)
    if not isinstance(document, Document):
        return "", Facts()
    return document.text or "", Facts(title=document.title)
