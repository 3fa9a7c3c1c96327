"""Words and phrases that the rules need, one folder per language and one file per step.

The files are YAML for people who do not program: a string is a list of words with blanks
between them, a list holds phrases. English stands in for a language that has no folder.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

Words = Mapping[str, tuple[str, ...]]

FALLBACK = "en"


@cache
def load_words(language: str | None, step: str) -> Words:
    """Return the named lists of words that a step uses for a language (a BCP 47 tag).

    Only the primary subtag counts (RFC 5646, section 2.2.1): `en-GB` reads `en`.
    """
    primary = (language or FALLBACK).split("-")[0].lower()
    folder = files("digest") / "languages"
    file = folder / primary / f"{step}.yaml"
    if not primary.isalpha() or not file.is_file():
        file = folder / FALLBACK / f"{step}.yaml"
    lists = yaml.safe_load(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: _as_words(value) for name, value in lists.items()})


def _as_words(value: str | list[str]) -> tuple[str, ...]:
    return tuple(value.split()) if isinstance(value, str) else tuple(value)
