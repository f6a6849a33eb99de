"""YAML by the rules of version 1.2, with its numbers as the text that stands in the file.

Only the parser's events are used: no tag makes an object, ``no`` is text, ``1e-4`` is a number.
"""

import re
from typing import Any

import yaml

from mirage_lint.artifacts.values import MAX_DEPTH, MAX_VALUES
from mirage_lint.errors import MirageError

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_OTHER_BASE = re.compile(r"0o[0-7]{1,60}|0x[0-9a-fA-F]{1,60}")
_NO_NUMBER = re.compile(r"[+-]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_MERGE = "<<"


def parse(text: str, where: str, line: int = 0) -> Any:
    """The value of YAML ``text``: numbers are their own text, as strings.

    Of several documents in one text, the list of them. ``.nan`` and ``.inf`` are floats. Raises
    MirageError for broken YAML, repeated keys, and beyond a bound; ``line`` is how many lines of
    the file stand before ``text``.
    """
    builder = _Builder(where, line)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{where}:{line + mark.line + 1}" if mark else where
        raise MirageError(place, f"is not YAML ({error.problem})", "mend that line") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise MirageError(where, f"is not YAML ({str(error).splitlines()[0]})", "mend it") from None
    return builder.documents[0] if len(builder.documents) == 1 else builder.documents or None


def parse_mapping(text: str, where: str) -> dict[str, Any]:
    """As `parse`, for a text that must be one mapping."""
    root = parse(text, where)
    if not isinstance(root, dict):
        raise MirageError(where, "holds no YAML mapping", "check that it is the right file")
    return root


class _Builder:
    """Plain values from events, with the sizes that they have once aliases are written out."""

    def __init__(self, where: str, line: int) -> None:
        self.documents: list[Any] = []
        self._where, self._line = where, line
        self._open: list[_Node] = []
        self._anchors: dict[str, tuple[Any, int]] = {}

    def take(self, event: Any) -> None:
        """The next event of the parser."""
        match event:
            case yaml.DocumentStartEvent():
                self._anchors = {}
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._start(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                node = self._open.pop()
                self._close(node.value, node.size, node.anchor, event)
            case yaml.ScalarEvent():
                self._close(_scalar(event), 1, event.anchor, event)
            case yaml.AliasEvent():
                self._repeat(event)

    def _repeat(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise self._error(event, f"has no anchor &{event.anchor[:80]} before it")
        self._close(*self._anchors[event.anchor], None, event)

    def _start(self, event: Any) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise self._error(event, f"is nested more than {MAX_DEPTH} deep, the most that is read")
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Node({} if is_mapping else [], event.anchor))

    def _close(self, value: Any, size: int, anchor: str | None, event: Any) -> None:
        """Put a finished value where it belongs."""
        if anchor:
            self._anchors[anchor] = (value, size)
        if not self._open:
            self.documents.append(value)
            return
        node = self._open[-1]
        node.size += size
        if node.size > MAX_VALUES:
            raise self._error(event, f"holds more than {MAX_VALUES:,} values, the most read")
        problem = node.add(value)
        if problem:
            raise self._error(event, problem)

    def _error(self, event: Any, problem: str) -> MirageError:
        place = f"{self._where}:{self._line + event.start_mark.line + 1}"
        return MirageError(place, problem, "mend that line")


class _Node:
    """A list or a mapping that is still open; ``size`` counts it and all below it."""

    def __init__(self, value: Any, anchor: str | None) -> None:
        self.value, self.anchor, self.size = value, anchor, 1
        self._key: str | None = None
        self._merged: dict[str, Any] = {}

    def add(self, value: Any) -> str:
        """Take an item, a key or a key's value; what is wrong with it, or nothing."""
        if isinstance(self.value, list):
            self.value.append(value)
        elif self._key is None:
            return self._name(value)
        else:
            self._set(self._key, value)
            self._key = None
        return ""

    def _name(self, key: Any) -> str:
        if isinstance(key, dict | list):
            return "has a list or a mapping as a key"
        self._key = key if isinstance(key, str) else str(key).lower()
        is_twice = self._key in self.value and self._key not in self._merged
        return f"says the key {self._key[:80]!r} twice in one mapping" if is_twice else ""

    def _set(self, key: str, value: Any) -> None:
        if key != _MERGE:
            self.value[key] = value
            self._merged.pop(key, None)
            return
        for each in value if isinstance(value, list) else [value]:
            new = {k: v for k, v in each.items() if k not in self.value} if _is_map(each) else {}
            self._merged |= new
            self.value |= new


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


def _scalar(event: Any) -> Any:
    """A scalar by the core schema; quoted ones are text, numbers their own text."""
    text: str = event.value
    if event.style or not event.implicit[0]:
        return text
    if text in _NULL:
        return None
    if _NO_NUMBER.fullmatch(text):
        return float(text.replace(".", ""))
    if _OTHER_BASE.fullmatch(text):
        return str(int(text, 0))
    return _TRUTH.get(text, text)
