"""Cuts text into paragraphs and sentences, finds copies of texts, and makes slugs of titles."""

from digest.text.copies import find_copies
from digest.text.paragraphs import split_paragraphs
from digest.text.sentences import iterate_sentences, split_sentences
from digest.text.slugs import SLUG_LENGTH, slugify

__all__ = [
    "SLUG_LENGTH",
    "find_copies",
    "iterate_sentences",
    "slugify",
    "split_paragraphs",
    "split_sentences",
]
