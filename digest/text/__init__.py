"""Cuts text into paragraphs and sentences, and makes slugs of it."""

from digest.text.paragraphs import split_paragraphs
from digest.text.sentences import split_sentences
from digest.text.slugs import SLUG_LENGTH, slugify

__all__ = ["SLUG_LENGTH", "slugify", "split_paragraphs", "split_sentences"]
