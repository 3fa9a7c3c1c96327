"""Cuts text into paragraphs."""

import re
from collections.abc import Iterator

from digest.models import Span

PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


def split_paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text: what stands between empty lines."""
    return list(iterate_paragraphs(text))


def iterate_paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of a text, one when it is asked for."""
    for match in PARAGRAPH.finditer(text):
        yield Span(text=match[0], start=match.start(), end=match.end())
