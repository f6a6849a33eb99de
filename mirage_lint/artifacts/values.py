"""Single stored values as exact text, and the leaves of nested ones."""

import re
import struct
from bisect import bisect_left
from collections.abc import Iterator
from math import isfinite
from typing import Any, NamedTuple

from mirage_lint.core.facts import Datum
from mirage_lint.errors import MirageError

MAX_DEPTH = 64
MAX_VALUES = 500_000
MAX_NODES = 2 * MAX_VALUES
"""Values with the lists and mappings around them, which may hold one another many times."""

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?%?|[+-]?[0-9]+/0*[1-9][0-9]*"
)
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_LONGEST_NUMBER = 100
_DIGITS_OF_SINGLES = 9
"""Digits that tell all numbers of 32 bits apart."""
_MOST_BITS = 256
"""A longer integer would not pass as a number anyway, and its text takes time to make."""


def is_number(text: str) -> bool:
    """Whether ``text`` is a decimal, a percentage ``99.2%`` or a fraction ``1/371``.

    False beyond 100 characters or exponents of three digits: those cost more to compare than
    any figure in prose could be worth.
    """
    return len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None


def as_text(value: object) -> str | None:
    """A scalar as exact text; None for no value and for what is no scalar."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if value.bit_length() <= _MOST_BITS else None
        case float():
            # the shortest text that stands for the same stored bits
            return repr(value) if isfinite(value) else None
    return None


def shortest(value: float, layout: str) -> str:
    """The shortest text that stands for a number's bits as ``struct`` packs it: ``0.1`` in 32."""
    if layout == "<d":
        return repr(value)
    stored = _packed(layout, repr(value))

    def is_enough(digits: int) -> bool:
        return _packed(layout, f"{value:.{digits}g}") == stored

    digits = 1 + bisect_left(range(1, _DIGITS_OF_SINGLES), True, key=is_enough)
    return repr(float(f"{value:.{digits}g}"))


def _packed(layout: str, text: str) -> bytes:
    try:
        return struct.pack(layout, float(text))
    except OverflowError:  # a digit less can round the largest numbers beyond all
        return b""


def without_tokens(value: Any) -> Any:
    """Nested values without the keys that end in "token": secrets and signatures stay there."""
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if not key.lower().endswith("token")}
        return {key: without_tokens(item) for key, item in kept.items()}
    return [without_tokens(item) for item in value] if isinstance(value, list) else value


def datum(metric: str, value: object, pointer: str) -> Datum | None:
    """A value of a format that gives it no meaning; None if there is none."""
    text = as_text(value)
    if text is None:
        return None
    name = metric.replace("-", "_")
    kind = "number" if is_number(text) else "text"
    return Datum(name.lower() if name.isupper() else name, text, pointer, kind)


def leaves(root: object, where: str) -> tuple[Datum, ...]:
    """Every scalar in nested dicts and lists, by JSON pointer, in the order of the file.

    Its metric is the nearest key. Raises MirageError at ``where`` beyond a bound.
    """
    found = []
    for leaf in _walk(root, where):
        item = datum(leaf.key, leaf.value, leaf.pointer)
        if item is not None:
            found.append(item)
            if len(found) > MAX_VALUES:
                raise MirageError(where, f"holds more than {MAX_VALUES:,} values, the most read")
    return tuple(found)


def at(root: object, pointer: str) -> object:
    """The value at a JSON pointer (RFC 6901) in nested dicts and lists; None if there is none."""
    if pointer and not pointer.startswith("/"):
        return None
    for part in pointer.split("/")[1:]:
        root = _child(root, part.replace("~1", "/").replace("~0", "~"))
    return root


def pointer(*keys: str) -> str:
    """The JSON pointer (RFC 6901) of what stands at ``keys``."""
    return "".join(f"/{key.replace('~', '~0').replace('/', '~1')}" for key in keys)


def _child(parent: object, key: str) -> object:
    if isinstance(parent, dict):
        return parent.get(key)
    if isinstance(parent, list) and _INDEX.fullmatch(key):
        return parent[int(key)] if int(key) < len(parent) else None
    return None


class _Node(NamedTuple):
    pointer: str
    key: str
    value: object
    depth: int


def _walk(root: object, where: str) -> Iterator[_Node]:
    waiting, seen = [_Node("", "", root, 0)], 0
    while waiting:
        node, seen = waiting.pop(), seen + 1
        if seen > MAX_NODES:
            raise MirageError(where, f"holds more than {MAX_NODES:,} values, the most read")
        if node.depth > MAX_DEPTH:
            raise MirageError(where, f"is nested more than {MAX_DEPTH} deep, the most that is read")
        if isinstance(node.value, dict | list):
            waiting.extend(reversed(list(_children(node))))
        else:
            yield node


def _children(node: _Node) -> Iterator[_Node]:
    depth = node.depth + 1
    if isinstance(node.value, dict):
        for key, value in node.value.items():
            yield _Node(node.pointer + pointer(key), key, value, depth)
    elif isinstance(node.value, list):
        for index, value in enumerate(node.value):
            yield _Node(f"{node.pointer}/{index}", node.key, value, depth)
