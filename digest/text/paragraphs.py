"""Cuts text into paragraphs."""

import re

from digest.models import Span

PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


def split_paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text: what stands between empty lines."""
    return [
        Span(text=match[0], start=match.start(), end=match.end())
        for match in PARAGRAPH.finditer(text)
    ]
