"""The header of a GGUF file: its metadata and the shapes of its tensors, without the weights.

Every length in it is taken for a lie until so many bytes are there. Strings of long lists
(tokens, merges) are walked over and not kept.
Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import struct
from math import prod
from typing import Any, NamedTuple

from mirage_lint.errors import MirageError

MAGIC = b"GGUF"
MAX_KEYS = 100_000
MAX_TENSORS = 500_000
MAX_ITEMS = 4_000_000
"""Items of all lists of the metadata together."""

_VERSIONS = (2, 3)
_MAX_DIMENSIONS = 8
_MAX_DEPTH = 4
_LONGEST_KEPT = 64
"""Items of a list that is kept as it is; of a longer one, its length is."""
_MOST_FLOAT_DIGITS = 9
_FLOAT, _BOOL, _STRING, _ARRAY = 6, 7, 8, 9
_FORMATS = dict(enumerate("BbHhIifB")) | {10: "Q", 11: "q", 12: "d"}
"""Kinds of numbers and truth values, as `struct` writes them."""


class Header(NamedTuple):
    """``metadata`` by key, its lists as lists or as their length; elements of each tensor."""

    metadata: dict[str, Any]
    sizes: dict[str, int]


def parse(data: bytes, where: str) -> Header:
    """The header that ``data`` begins with.

    Raises MirageError if it is broken, or beyond a bound.
    """
    walk = _Walk(data, where)
    keys, tensors = walk.start()
    metadata, sizes = {}, {}
    for _ in range(keys):
        key = walk.text()
        metadata[key] = walk.value(walk.number("I"))
    for _ in range(tensors):
        name = walk.text()
        sizes[name] = walk.elements()
    return Header(metadata, sizes)


class _Walk:
    """A place in the bytes of a header that moves forward."""

    def __init__(self, data: bytes, where: str) -> None:
        self._data, self._where = data, where
        self._at, self._order, self._items = 0, "<", 0

    def start(self) -> tuple[int, int]:
        """How many keys and how many tensors the header announces."""
        if self._take(len(MAGIC)) != MAGIC:
            raise self._error("is no GGUF file", "check that it is the right file")
        version = self.number("I")
        if version not in _VERSIONS:
            self._order = ">"
            self._at -= 4
            version = self.number("I")
        if version not in _VERSIONS:
            raise self._error("is of a GGUF version other than 2 and 3", "convert it anew")
        tensors, keys = self.number("Q"), self.number("Q")
        self._bound(keys, MAX_KEYS, "keys")
        self._bound(tensors, MAX_TENSORS, "tensors")
        return keys, tensors

    def number(self, kind: str) -> Any:
        """The next number, of a format of `struct`."""
        packed = self._take(struct.calcsize(kind))
        return struct.unpack(self._order + kind, packed)[0]

    def text(self) -> str:
        """The next string; what is not UTF-8 in it shows as marks."""
        return self._take(self.number("Q")).decode(errors="replace")

    def elements(self) -> int:
        """The number of elements of the next tensor; its type and place are passed over."""
        dimensions = self.number("I")
        self._bound(dimensions, _MAX_DIMENSIONS, "dimensions in one tensor")
        size: int = prod(self.number("Q") for _ in range(dimensions))
        self._skip(struct.calcsize("<IQ"))
        return size

    def value(self, kind: int, depth: int = 0) -> Any:
        """The next value of the metadata: a scalar, a list, or ``{"length": n}``."""
        if kind == _STRING:
            return self.text()
        if kind == _ARRAY:
            return self._list(depth)
        if kind not in _FORMATS:
            raise self._error(f"has a value of the unknown kind {kind}", "fetch it again")
        number = self.number(_FORMATS[kind])
        if kind == _BOOL:
            return number != 0
        return _shortest(number) if kind == _FLOAT else number

    def _list(self, depth: int) -> Any:
        kind, length = self.number("I"), self.number("Q")
        self._items += length
        self._bound(self._items, MAX_ITEMS, "items in lists")
        self._bound(depth, _MAX_DEPTH, "lists within one another")
        if length <= _LONGEST_KEPT:
            return [self.value(kind, depth + 1) for _ in range(length)]
        if kind in _FORMATS:
            self._skip(length * struct.calcsize(_FORMATS[kind]))
        elif kind == _STRING:
            for _ in range(length):
                self._skip(self.number("Q"))
        else:
            raise self._error(f"has a long list of kind {kind}", "fetch it again")
        return {"length": length}

    def _take(self, size: int) -> bytes:
        start = self._at
        self._skip(size)
        return self._data[start : self._at]

    def _skip(self, size: int) -> None:
        if size > len(self._data) - self._at:
            raise self._error(f"is cut short within its header, at byte {len(self._data):,}")
        self._at += size

    def _bound(self, count: int, most: int, things: str) -> None:
        if count > most:
            problem = f"announces {count:,} {things}, and {most:,} are the most read"
            raise self._error(problem, "check that it is a GGUF file")

    def _error(self, problem: str, mend: str = "fetch it again") -> MirageError:
        return MirageError(self._where, problem, mend)


def _shortest(number: float) -> float | None:
    """The number that its shortest decimal stands for, since it was stored in four bytes; None for
    NaN and the infinities.
    """
    if number - number != 0:
        return None
    short = (float(f"{number:.{digits}g}") for digits in range(1, _MOST_FLOAT_DIGITS))
    stored = struct.pack("<f", number)
    return next((each for each in short if struct.pack("<f", each) == stored), number)
