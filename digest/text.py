"""Cuts text into paragraphs, sentences and words, and makes slugs of it."""

import re
import unicodedata

from digest.models import Span

SLUG_LENGTH = 60  # an address that a mail program does not break, with room for the folder


def split_paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text: what stands between empty lines."""
    return [
        Span(text=match[0], start=match.start(), end=match.end())
        for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)
    ]


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a text, each verbatim at its offsets; none crosses a paragraph."""
    return [span for paragraph in split_paragraphs(text) for span in _sentences_of(paragraph)]


def _sentences_of(paragraph: Span) -> list[Span]:
    ends = [
        m.end() for m in re.finditer(r"[.!?][”\"’')\]]*(?=\s+[“\"‘'(\[]*[A-Z0-9])", paragraph.text)
    ]
    cuts = [0, *ends, len(paragraph.text)]
    return [
        _trimmed(paragraph, a, b) for a, b in zip(cuts, cuts[1:]) if paragraph.text[a:b].strip()
    ]


def _trimmed(whole: Span, start: int, end: int) -> Span:
    piece = whole.text[start:end]
    at = whole.start + start + len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return Span(text=piece, start=at, end=at + len(piece))


def slugify(text: str, *, length: int = SLUG_LENGTH) -> str:
    """Return lower-case ASCII words joined by hyphens, cut at a word; "story" if none are left."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = "-".join(words)
    if len(slug) > length:
        slug = slug[: length + 1].rpartition("-")[0] or slug[:length]
    return slug or "story"
