"""Words and phrases that the rules need, one folder per language and one file per step.

The files are YAML for people who do not program: a string is a list of words with blanks
between them, a list holds phrases. English stands in for a language that has no folder.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml

Words = Mapping[str, tuple[str, ...]]

FOLDER = files("digest") / "languages"
FALLBACK = "en"
# The same language with or without libyaml, which is ten times faster.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_words(language: str | None, step: str) -> Words:
    """Return the named lists of words that a step uses for a language (a BCP 47 tag).

    Only the primary subtag counts (RFC 5646, section 2.2.1): `en-GB` reads `en`.
    """
    lists = _read(language, step)
    return MappingProxyType({name: _as_words(value) for name, value in lists.items()})


def _read(language: str | None, step: str) -> dict[str, Any]:
    text = _find(language, f"{step}.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.load(text, LOADER)
    return read


def _find(language: str | None, name: str) -> Traversable:
    primary = (language or FALLBACK).split("-")[0].lower()
    file = FOLDER / primary / name
    return file if primary.isalpha() and file.is_file() else FOLDER / FALLBACK / name


def _as_words(value: str | list[str]) -> tuple[str, ...]:
    return tuple(value.split()) if isinstance(value, str) else tuple(value)


@cache
def load_texts(language: str | None, step: str) -> Mapping[str, str]:
    """Return the named texts that a step shows to readers; English where a language has none."""
    texts = dict(_read(FALLBACK, step)) | dict(_read(language, step))
    return MappingProxyType({name: " ".join(text.split()) for name, text in texts.items()})


@cache
def load_prose(language: str | None, name: str) -> str:
    """Return a longer text, in Markdown; the English one where a language has none."""
    return _find(language, f"{name}.md").read_text(encoding="utf-8")
