"""Reads back what the last build held of stories and had in its drawers."""

import json
from collections.abc import Iterable
from typing import Any

from digest.briefs import Brief, row_to_brief
from digest.manifest import Manifest
from digest.shelves import Card, Drawer, Label


def find_briefs(manifest: Manifest, slugs: Iterable[str]) -> dict[str, Brief]:
    """Return what is held of these stories, by slug."""
    return {slug: _read(text) for slug, text in manifest.briefs(slugs).items()}


def find_newest_briefs(manifest: Manifest, limit: int) -> list[Brief]:
    """Return what is held of the newest stories that the site shows, at most so many."""
    return [_read(text) for text in manifest.newest(limit)]


def find_corrected_briefs(manifest: Manifest) -> list[Brief]:
    """Return what is held of the stories of which something was put right."""
    return [_read(text) for text in manifest.corrected()]


def find_cards(manifest: Manifest, drawers: Iterable[Drawer]) -> dict[Drawer, list[Card]]:
    """Return what lies in these drawers; those that are empty are left out."""
    found = manifest.cards(drawers).items()
    return {drawer: list(map(Card._make, json.loads(cards))) for drawer, cards in found}


def find_labels(manifest: Manifest) -> dict[Drawer, list[Label]]:
    """Return the labels of all shelves, by drawer."""
    found = manifest.labels().items()
    return {drawer: [_read_label(row) for row in json.loads(labels)] for drawer, labels in found}


def _read(text: str) -> Brief:
    return row_to_brief(json.loads(text))


def _read_label(row: list[Any]) -> Label:
    name, stories, role, first, address = row
    return Label(name, stories, role, tuple(first), address)
