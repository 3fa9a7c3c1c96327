"""Frozen dataclasses as JSON and back, checked on the way: what is stored may be broken or foreign.

A record is the list of its fields in their order, so JSON stays short and is read quickly. It is
for what this version of the program stores for itself; people are given names (digest/schema.py).
"""

import json
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from digest.dates import format_moment
from digest.models import Moment

T = TypeVar("T")
Reader = Callable[[Any], Any]


class RecordError(ValueError):
    """What was stored is not the record that is asked for."""


def encode_record(record: object) -> bytes:
    """Return the JSON of a dataclass of texts, numbers, moments, dataclasses and tuples of them."""
    text = json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")  # pages hold what UTF-8 does not


def decode_record(wanted: type[T], data: bytes) -> T:
    """Return the record that `encode_record` wrote; raise `RecordError` for anything else."""
    kind: Any = wanted
    try:
        record: T = _reader(kind)(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise RecordError(f"no {wanted.__name__}: {error}") from error
    return record


def decode_records(wanted: type[T], stored: Sequence[bytes]) -> list[T | None]:
    """Return what `decode_record` reads of each, `None` for what is no such record.

    Field by field, as long as nothing is broken: of thousands of small records that takes a
    third of the time.
    """
    kind: Any = wanted
    try:
        rows = json.loads((b"[%b]" % b",".join(stored)).decode("utf-8", "surrogatepass"))
        if len(rows) != len(stored) or set(map(type, rows)) - {list}:
            raise RecordError("one of them is broken, and may have taken others with it")
        columns = zip(*rows, strict=True) if rows else ()
        return list(_build(kind, [list(column) for column in columns])) if rows else []
    except (ValueError, TypeError, AttributeError, RecursionError):
        return [_decode(wanted, data) for data in stored]


def _build(kind: Any, columns: Sequence[list[Any]]) -> Iterator[Any]:
    hints = get_type_hints(kind)
    read = [
        _read_column(hints[name], column)
        for name, column in zip(_names(kind), columns, strict=True)
    ]
    return map(kind, *read)


def _read_column(wanted: Any, column: list[Any]) -> Iterable[Any]:
    """Return a field of all records; what occurs often is read once."""
    kinds = set(map(type, column))
    if kinds == {wanted}:
        return column
    if kinds <= {str, types.NoneType}:
        read = {value: _reader(wanted)(value) for value in set(column)}
        return map(read.__getitem__, column)
    return map(_reader(wanted), column)


def _decode(wanted: type[T], data: bytes) -> T | None:
    try:
        return decode_record(wanted, data)
    except RecordError:
        return None


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return format_moment(value)
    return [_plain(getattr(value, name)) for name in _names(value.__class__)]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(wanted: Any) -> Reader:
    """Return the function that reads a type; it raises for what is none."""
    if wanted == Moment:
        return _read_moment
    if get_origin(wanted) is Literal:
        return _choice_reader(get_args(wanted))
    if get_origin(wanted) in (types.UnionType, Union):
        return _optional_reader(wanted)
    if get_origin(wanted) is tuple:
        return _tuple_reader(_reader(get_args(wanted)[0]))
    if is_dataclass(wanted):
        return _record_reader(wanted)
    return _scalar_reader(wanted)


def _read_moment(value: Any) -> date | datetime:
    moment = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(moment, datetime) and moment.tzinfo is None:
        raise RecordError("a time without an offset")
    return moment


def _choice_reader(choices: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if value not in choices:
            raise RecordError(f"{value!r} is none of {choices}")
        return value

    return read


def _optional_reader(wanted: Any) -> Reader:
    others = tuple(kind for kind in get_args(wanted) if kind is not type(None))
    inner = _reader(Union[others])  # noqa: UP007  # the types are known at run time only
    return lambda value: None if value is None else inner(value)


def _tuple_reader(inner: Reader) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise RecordError("no list")
        return tuple(map(inner, value))

    return read


def _record_reader(wanted: Any) -> Reader:
    hints, names = get_type_hints(wanted), _names(wanted)
    readers = [_reader(hints[name]) for name in names]
    named = any(field.kw_only for field in fields(wanted))

    def read(value: Any) -> Any:
        if type(value) is not list or len(value) != len(readers):
            raise RecordError(f"not the fields of {wanted.__name__}")
        values = [inner(item) for inner, item in zip(readers, value, strict=True)]
        return wanted(**dict(zip(names, values, strict=True))) if named else wanted(*values)

    return read


def _scalar_reader(wanted: Any) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not wanted:
            raise RecordError(f"expected {wanted.__name__}, got {type(value).__name__}")
        return value

    return read
