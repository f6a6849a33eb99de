"""Weights as safetensors: names and shapes of the tensors, from the header alone.

A file begins with the length of its header in eight bytes, and the header is JSON.
Source: https://huggingface.co/docs/safetensors
"""

from collections.abc import Iterator
from math import prod
from typing import Any

from mirage_lint.artifacts import json_text, text, weights
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "safetensors"

MAX_HEADER = 16 * 2**20
"""Bytes of the longest header that is read: one of a hundred thousand tensors is shorter."""

_LENGTH = 8
_WEIGHTS = frozenset({"F64", "F32", "F16", "BF16"})
_PLAIN = _WEIGHTS | {"I64", "U64", "BOOL"}
"""Types of weights, and of positions, masks and counts. All others may pack several weights."""


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.endswith(".safetensors")


def read(data: bytes, where: str) -> Content:
    """The number of parameters, and the header by JSON pointer.

    The number is left out for one file of several, and where weights are packed.
    """
    header = _header(data, where)
    sizes: dict[str, int] = {}
    is_plain = not weights.is_part(where)
    for name, dtype, size in _tensors(header, where):
        is_plain = is_plain and dtype in _PLAIN
        sizes |= {name: size} if dtype in _WEIGHTS else {}
    item = weights.counted(sizes, "sum of shapes") if is_plain else None
    return Content((item,) if item else (), root=header)


def _header(data: bytes, where: str) -> dict[str, Any]:
    length = int.from_bytes(data[:_LENGTH], "little")
    if length > MAX_HEADER:
        problem = f"announces a header of {length:,} bytes, and {MAX_HEADER:,} are the most read"
        raise MirageError(where, problem, "check that it is a safetensors file")
    if len(data) < _LENGTH + length:
        problem = f"is cut short within its header of {length:,} bytes"
        raise MirageError(where, problem, "fetch it again")
    place = f"{where}: header"
    return json_text.parse_object(text.decode(data[_LENGTH : _LENGTH + length], place), place)


def _tensors(header: dict[str, Any], where: str) -> Iterator[tuple[str, str, int]]:
    """Name, type and number of elements of each tensor."""
    for name, told in header.items():
        if name == "__metadata__":
            continue
        shape = told.get("shape") if isinstance(told, dict) else None
        dtype = told.get("dtype") if isinstance(told, dict) else None
        if not isinstance(shape, list) or not isinstance(dtype, str) or not _is_shape(shape):
            problem = f"tensor {name[:80]!r} has no type and shape"
            raise MirageError(f"{where}: header", problem, "write the file again")
        yield name, dtype, prod(int(size) for size in shape)


def _is_shape(sizes: list[Any]) -> bool:
    """Whether all are whole numbers, which `json_text` gives as text."""
    return len(sizes) <= 8 and all(
        isinstance(size, str) and size.isdecimal() and len(size) < 20 for size in sizes
    )
