"""Reads YAML that people write into frozen dataclasses, and says all that is wrong with its line.

The dataclasses are the schema: the names, types and defaults of their fields. Values are read
from the YAML nodes by the type that the field wants, not by what YAML would guess: the language
`no` stays Norwegian, and the title `2024` stays text.
"""

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from math import isfinite, nan
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from digest.dates import parse_moment
from digest.errors import DigestError
from digest.models import Moment
from digest.shortyaml import UnknownError, read_plain

# libyaml where PyYAML was built with it: the same nodes, ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# libyaml ends the process at some 30,000 levels; our own deepest shape has six.
DEEPEST = 50
OPENINGS = ("[", "{", "- -", "? ?")
MOST_OPENINGS = 1000
ALIAS = re.compile(r"[\s\[{,:]\*\w")

NULL = "tag:yaml.org,2002:null"
# What a text without any key stands for, at its first line.
NOTHING = yaml.ScalarNode(NULL, "", yaml.Mark("", 0, 0, 0, None, 0))

T = TypeVar("T")


class _BadNodeError(Exception):
    """What is wrong with one node."""

    def __init__(self, node: yaml.Node, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.node = node
        self.problem = problem
        self.remedy = remedy


def parse_record(
    wanted: type[T], text: str, *, place: str, error: type[DigestError], first_line: int = 1
) -> T:
    """Return the YAML mapping `text` as a dataclass; an empty text gives its defaults.

    `place` is the path for messages; `first_line` is the line at which `text` starts there.
    Raises an `ExceptionGroup` of `error`, one for each problem.
    """
    try:
        return read_plain(wanted, text)
    except UnknownError:
        return parse_any(wanted, text, place=place, error=error, first_line=first_line)


def parse_any(
    wanted: type[T], text: str, *, place: str, error: type[DigestError], first_line: int
) -> T:
    """Return what `parse_record` promises, by way of PyYAML."""
    told = _compose(text, place=place, error=error, first_line=first_line)
    problems: list[_BadNodeError] = []
    record: T = _read_record(wanted, told or NOTHING, problems)
    if problems:
        raise ExceptionGroup(
            f"{place} cannot be used",
            [
                error(f"{place}:{p.node.start_mark.line + first_line}", p.problem, p.remedy)
                for p in problems
            ],
        )
    return record


def _compose(
    text: str, *, place: str, error: type[DigestError], first_line: int
) -> yaml.Node | None:
    try:
        if _may_be_deep(text) or ALIAS.search(text):
            _check_shape(text)
        node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line = (mark.line if mark else 0) + first_line
        problem = f"the YAML is broken: {broken.problem or broken.context}"
        raise error(
            f"{place}:{line}", problem, "correct this line or the one before it"
        ) from broken
    except (yaml.YAMLError, RecursionError) as broken:
        problem = f"the YAML cannot be read: {str(broken).splitlines()[0]}"
        raise error(place, problem, "correct it or start it anew") from broken
    return node


def _may_be_deep(text: str) -> bool:
    """Tell whether a text has enough openings to be nested deeply; no honest one has."""
    return sum(map(text.count, OPENINGS)) > MOST_OPENINGS


def _check_shape(text: str) -> None:
    """Raise `YAMLError` for what libyaml would follow until the stack ends, and the process.

    And for what grows: with aliases of lists that hold aliases, 9 kB became a million quotes.
    """
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("it repeats a part of itself (*), which nobody needs here")
        if depth > DEEPEST:
            raise yaml.YAMLError(f"it is nested more than {DEEPEST} deep")


def _read_record(wanted: Any, node: yaml.Node, problems: list[_BadNodeError]) -> Any:
    """Return a dataclass, or `None` where problems were found: those are in `problems`."""
    if node.tag == NULL:
        node = yaml.MappingNode(NULL, [], node.start_mark)
    if not isinstance(node, yaml.MappingNode):
        problems.append(
            _BadNodeError(node, "expected lines of `key: value`", "the README lists the keys")
        )
        return None
    known, values, before = _fields(wanted), {}, len(problems)
    for key, value in _items(node, known, problems):
        try:
            values[key] = _read(known[key], value, problems)
        except _BadNodeError as problem:
            problems.append(
                _BadNodeError(problem.node, f"{key}: {problem.problem}", problem.remedy)
            )
    given = {str(key.value) for key, _ in node.value}
    for name in (f.name for f in fields(wanted) if _required(f) and f.name not in given):
        problems.append(_BadNodeError(node, f"{name} is missing", f"add a line `{name}: …`"))
    return wanted(**values) if len(problems) == before else None


def _items(
    node: yaml.MappingNode, known: Mapping[str, Any], problems: list[_BadNodeError]
) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the entries whose keys are known, each key once."""
    seen: set[str] = set()
    for key_node, value in node.value:
        key = str(key_node.value)
        if key not in known:
            problems.append(
                _BadNodeError(key_node, f"unknown key {key!r}", _suggestion(key, known))
            )
        elif key in seen:
            problems.append(_BadNodeError(key_node, f"{key} is there twice", "keep one of them"))
        else:
            seen.add(key)
            yield key, value


def _suggestion(key: str, known: Mapping[str, Any]) -> str:
    close = get_close_matches(key, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(known)}"


def _read(wanted: Any, node: yaml.Node, problems: list[_BadNodeError]) -> Any:
    """Return the value of a node as the wanted type; raise `_BadNodeError` where it is none."""
    if wanted == Moment:
        return _read_moment(node)
    if get_origin(wanted) in (types.UnionType, Union):
        return _read_optional(wanted, node, problems)
    if get_origin(wanted) is tuple:
        return _read_tuple(get_args(wanted)[0], node, problems)
    if is_dataclass(wanted):
        return _read_record(wanted, node, problems)
    if not isinstance(node, yaml.ScalarNode):
        raise _BadNodeError(node, "expected a single value", "write it on the line of its key")
    return _SCALARS[wanted](node)


def _read_optional(wanted: Any, node: yaml.Node, problems: list[_BadNodeError]) -> Any:
    if node.tag == NULL:
        return None
    others = tuple(kind for kind in get_args(wanted) if kind is not type(None))
    return _read(Union[others], node, problems)  # noqa: UP007  # the types are known at run time only


def _read_tuple(wanted: Any, node: yaml.Node, problems: list[_BadNodeError]) -> tuple[Any, ...]:
    """Return a list as a tuple; a single value counts as a list of one."""
    if node.tag == NULL:
        return ()
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(_read(wanted, item, problems) for item in items)


def _read_moment(node: yaml.Node) -> Any:
    moment = parse_moment(str(node.value)) if isinstance(node, yaml.ScalarNode) else None
    if moment is None:
        raise _BadNodeError(
            node, f"{node.value!r} is not a date", "write 2026-01-31 or 2026-01-31T12:00:00+00:00"
        )
    return moment


def _read_str(node: yaml.ScalarNode) -> str:
    if node.tag == NULL:
        raise _BadNodeError(node, "expected text, got nothing", "write a text or leave the key out")
    return str(node.value)


def _read_int(node: yaml.ScalarNode) -> int:
    try:
        return int(node.value)
    except ValueError:
        raise _BadNodeError(
            node, f"expected a whole number, got {node.value!r}", "write 3"
        ) from None


def _read_float(node: yaml.ScalarNode) -> float:
    try:
        number = float(node.value)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise _BadNodeError(node, f"expected a number, got {node.value!r}", "write 0.5")
    return number


def _read_bool(node: yaml.ScalarNode) -> bool:
    if node.tag != "tag:yaml.org,2002:bool":
        raise _BadNodeError(
            node, f"expected true or false, got {node.value!r}", "write true or false"
        )
    return node.value.lower() in ("true", "yes", "on")


_SCALARS = {str: _read_str, int: _read_int, float: _read_float, bool: _read_bool}


def _required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


@cache
def _fields(wanted: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(wanted)
    return {field.name: hints[field.name] for field in fields(wanted)}
