"""Writes YAML as PyYAML does, character for character, for what story files hold: 30 times as fast.

PyYAML's emitter is made for all of YAML: it took a third of the time of a whole build. Lists,
mappings and one-line texts are written here, and for anything else PyYAML is asked. That both
write the same is tested with made-up values (tests/test_plainyaml.py).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

# What PyYAML writes between single quotes at worst: printable characters, no breaks of a line
# (YAML 1.1, sections 5.1 and 5.4; the byte order mark is none of its printable characters).
ONE_LINE = re.compile(
    "[ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]+"
)
# What makes PyYAML quote a text outside of brackets: indicators at the start, `: ` and ` #`
# anywhere, blanks at either end, the marks of documents.
MARKED = re.compile(r"""[#,\[\]{}&*!|>'"%@`]|[?:-](?: |$)|---|\.\.\.| |.*(?:: | #|:$| $)""")
KEY = re.compile(r"[a-z_]{1,50}")
RESOLVERS = yaml.SafeDumper.yaml_implicit_resolvers
WORDS = {None: "null", True: "true", False: "false"}


class _OtherError(Exception):
    """That is not what story files hold."""


def write_yaml(value: dict[str, Any]) -> str:
    """Return a mapping as YAML, its keys in their order, each text on one line."""
    try:
        return "".join(f"{line}\n" for line in _write_mapping(value)) if value else "{}\n"
    except _OtherError:
        return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=float("inf"))


def _write_mapping(value: dict[str, Any]) -> Iterator[str]:
    for key, item in value.items():
        if not KEY.fullmatch(key) or _means_else(key):
            raise _OtherError
        if isinstance(item, list) and item:
            yield f"{key}:"
            for part in item:
                yield from _hang("- ", part)
        elif isinstance(item, dict) and item:
            yield f"{key}:"
            for line in _write_mapping(item):
                yield f"  {line}"
        else:
            yield f"{key}: {_write_scalar(item)}"


def _hang(dash: str, item: Any) -> Iterator[str]:
    """Yield the lines of an item of a list."""
    if isinstance(item, dict) and item:
        for line in _write_mapping(item):
            yield f"{dash}{line}"
            dash = "  "
    else:
        yield f"{dash}{_write_scalar(item)}"


def _write_scalar(value: Any) -> str:
    if isinstance(value, str):
        return _write_text(value)
    if value is None or isinstance(value, bool):
        return WORDS[value]
    if type(value) is int:
        return str(value)
    if value == [] and isinstance(value, list):
        return "[]"
    if value == {} and isinstance(value, dict):
        return "{}"
    raise _OtherError


@lru_cache(maxsize=1000)  # keys, names and roles come again
def _write_text(text: str) -> str:
    if type(text) is not str or (text and not ONE_LINE.fullmatch(text)):
        raise _OtherError
    if not text or MARKED.match(text) or _means_else(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _means_else(text: str) -> bool:
    """Tell whether YAML would read a text as something else: `no`, `1.5`, `2025-01-01`."""
    return any(pattern.match(text) for _, pattern in RESOLVERS.get(text[0], ()))
