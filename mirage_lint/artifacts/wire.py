"""Protocol Buffers on the wire, without their descriptions: the fields of one message, bounded.

Source: https://protobuf.dev/programming-guides/encoding/
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

_LONGEST_VARINT = 10
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_FIXED = {_FIXED64: 8, _FIXED32: 4}


class Field(NamedTuple):
    """A field: its number, and its content as bytes; that of a varint is eight bytes, signed."""

    number: int
    content: bytes


def fields(message: bytes) -> Iterator[Field]:
    """The fields of a message in their order; raises ValueError where it is broken."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield Field(key >> 3, struct.pack("<Q", value & (2**64 - 1)))
            continue
        size = _FIXED.get(kind)
        if kind == _BYTES:
            size, at = _varint(message, at)
        if size is None or at + size > len(message):
            raise ValueError("a field is no field, or cut short")
        yield Field(key >> 3, message[at : at + size])
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """The number at ``at``, and where it ends."""
    value = 0
    for index, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return value, at + index + 1
    raise ValueError("a number has no end")
