"""A short way to read the plain YAML that the program itself writes, with PyYAML's result.

It knows lines of `key: value` and `- value`, blocks of these, and scalars that end where their
line ends. At the first thing that it does not know, it knows nothing: then PyYAML reads, and says
what is wrong. A story of 130 lines takes 0.3 ms instead of 1.5 ms by libyaml and its nodes. That
both give the same is shown in tests/test_shortyaml.py.
"""

import re
import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from digest.dates import parse_moment
from digest.models import Moment

T = TypeVar("T")
Line = tuple[str, str, str, str, str]
"""Its indent, `- ` or nothing, a key, its value, and what is there instead of a key."""

# What YAML prints as it is (1.1, section 4.1), but for tabs and breaks that are no newlines.
KNOWN = re.compile(
    "[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
LINE = re.compile(r"^( *)(- )?(?:([a-z_]+):(?: (?! )(.+))?|(?! )(.+))$", re.MULTILINE)
INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
NULLS = frozenset(("~", "null", "Null", "NULL"))
TRUE = frozenset(("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"))
FALSE = frozenset(("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"))
IN_DOUBLE_QUOTES = re.compile(r'(?:[^"\\]|\\["\\])*')
ESCAPED = re.compile(r'\\(["\\])')


class UnknownError(Exception):
    """A text that needs PyYAML."""


def read_plain(wanted: type[T], text: str) -> T:
    """Return the YAML mapping `text` as a dataclass; raise `UnknownError` where it is not plain."""
    fit: Callable[[Any], T] = _fitter(wanted)  # type: ignore[arg-type]  # a type is hashable
    return fit(_parse(text))


def _parse(text: str) -> Any:
    """Return a mapping of texts, lists and mappings; `None` stands for null."""
    lines: list[Line] = LINE.findall(text)
    known = _is_printable(text) or KNOWN.fullmatch(text)
    if not known or len(lines) != text.count("\n") + (text[-1:] != "\n"):
        raise UnknownError
    value, end = _read_mapping(lines, 0, "")
    if end != len(lines):
        raise UnknownError
    return value


def _is_printable(text: str) -> bool:
    """Tell quickly, and for most texts, what `KNOWN` tells for all."""
    return text.replace("\n", "").isprintable()


def _read_block(lines: Sequence[Line], at: int) -> tuple[Any, int]:
    """Return the list or mapping that begins at a line, and the line behind it."""
    indent, dash = lines[at][:2]
    if not dash:
        return _read_mapping(lines, at, indent)
    items: list[Any] = []
    while at < len(lines) and lines[at][0] == indent and lines[at][1]:
        if lines[at][2]:
            item, at = _read_mapping(lines, at, indent + "  ", inline=True)
        else:
            item, at = _read_scalar(lines[at][4]), at + 1
        items.append(item)
    return items, at


def _read_mapping(
    lines: Sequence[Line], at: int, indent: str, *, inline: bool = False
) -> tuple[dict[str, Any], int]:
    """Return a mapping and the line behind it; `inline` if it begins behind a dash."""
    values: dict[str, Any] = {}
    while at < len(lines):
        own, dash, key, value, _ = lines[at]
        if not inline and (own != indent or dash):
            break
        if not key or key in values:
            raise UnknownError
        inline, at = False, at + 1
        if value:
            values[key] = _read_scalar(value)
        elif at < len(lines) and (
            lines[at][0] > indent or (lines[at][0] == indent and lines[at][1])
        ):
            values[key], at = _read_block(lines, at)
        else:
            values[key] = None
    return values, at


def _read_scalar(text: str) -> Any:
    first = text[0]
    if first not in INDICATORS:
        if ": " in text or " #" in text or text[-1] in ": ":
            raise UnknownError
        return None if text in NULLS else text
    if text == "[]":
        return []
    inner = text[1:-1]
    if first not in "'\"" or len(text) < 2 or text[-1] != first:
        raise UnknownError
    if first == "'":
        value = inner.replace("''", "\0")
        if "'" in value:
            raise UnknownError
        value = value.replace("\0", "'")
    elif "\\" not in inner and '"' not in inner:
        value = inner
    elif IN_DOUBLE_QUOTES.fullmatch(inner):
        value = ESCAPED.sub(r"\1", inner)
    else:
        raise UnknownError
    if value in TRUE or value in FALSE:
        raise UnknownError  # in quotes it is text, and only here that is still known
    return value


@cache
def _fitter(wanted: Any) -> Callable[[Any], Any]:
    """Return what makes a value of the wanted type of a parsed one, as `digest.schema` reads it."""
    if wanted == Moment:
        return _fit_moment
    if get_origin(wanted) in (types.UnionType, Union):
        others = tuple(kind for kind in get_args(wanted) if kind is not type(None))
        inner = _fitter(Union[others])  # noqa: UP007  # the types are known at run time only
        return lambda value: None if value is None else inner(value)
    if get_origin(wanted) is tuple:
        return _fitter_of_list(_fitter(get_args(wanted)[0]))
    if is_dataclass(wanted):
        return _fitter_of_record(wanted)
    return _SCALARS[wanted]


def _fitter_of_list(inner: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def fit(value: Any) -> Any:
        if type(value) is list:
            return tuple(map(inner, value))
        return () if value is None else (inner(value),)

    return fit


def _fitter_of_record(wanted: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(wanted)
    known = {field.name: _fitter(hints[field.name]) for field in fields(wanted)}

    def fit(value: Any) -> Any:
        if type(value) is not dict:
            raise UnknownError
        try:
            return wanted(**{key: known[key](item) for key, item in value.items()})
        except (KeyError, TypeError) as error:  # a key that is not known, or one that is missing
            raise UnknownError from error

    return fit


def _fit_str(value: Any) -> str:
    if type(value) is not str:
        raise UnknownError
    return value


def _fit_int(value: Any) -> int:
    try:
        return int(_fit_str(value))
    except ValueError as error:
        raise UnknownError from error


def _fit_float(_value: Any) -> float:
    raise UnknownError  # rare, and what is no number is told with its line by the slow way


def _fit_bool(value: Any) -> bool:
    if value not in TRUE and value not in FALSE:
        raise UnknownError
    return value in TRUE


def _fit_moment(value: Any) -> Any:
    moment = parse_moment(_fit_str(value))
    if moment is None:
        raise UnknownError
    return moment


_SCALARS: dict[Any, Callable[[Any], Any]] = {
    str: _fit_str,
    int: _fit_int,
    float: _fit_float,
    bool: _fit_bool,
}
