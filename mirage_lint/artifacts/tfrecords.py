"""TFRecord files: records one after another, each with its length and checksums.

Source: https://www.tensorflow.org/tutorials/load_data/tfrecord, "TFRecords format details"
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from mirage_lint.errors import MirageError

_HEAD = struct.Struct("<QI")
_TAIL = struct.Struct("<I")
_POLYNOMIAL = 0x82F63B78
_MASK = 0xA282EAD8


class Record(NamedTuple):
    """A record: where it starts, its content, and the checksum that was stored for it."""

    start: int
    content: bytes
    checksum: int

    def check(self, where: str) -> None:
        """Raise MirageError at ``where`` unless the content is what was once written."""
        if _masked(self.content) != self.checksum:
            raise _broken(where, f"has a damaged record at byte {self.start:,}")


def records(data: bytes, where: str) -> Iterator[Record]:
    """All records; their lengths are checked, their contents where `Record.check` is called.

    Raises MirageError at ``where`` for a file that is cut short or none of this format.
    """
    at = 0
    while at < len(data):
        start, inner = at, at + _HEAD.size
        if inner > len(data):
            raise _broken(where, f"is cut short at byte {start:,}")
        length, checksum = _HEAD.unpack_from(data, at)
        if _masked(data[at : at + 8]) != checksum:
            raise _broken(where, f"has no record at byte {start:,}")
        at = inner + length + _TAIL.size
        if at > len(data):
            raise _broken(where, f"is cut short at byte {start:,}")
        yield Record(start, data[inner : inner + length], _TAIL.unpack_from(data, at - 4)[0])


def _broken(where: str, problem: str) -> MirageError:
    return MirageError(where, problem, "fetch it again, or log the run anew")


def _table() -> tuple[int, ...]:
    found = list(range(256))
    for _ in range(8):
        found = [value >> 1 ^ (_POLYNOMIAL if value & 1 else 0) for value in found]
    return tuple(found)


_CRC32C = _table()


def _masked(content: bytes) -> int:
    """The CRC-32C of ``content``, turned and shifted as the format stores it."""
    crc = 0xFFFFFFFF
    for byte in content:
        crc = _CRC32C[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17 & 0xFFFFFFFF) + _MASK) & 0xFFFFFFFF
