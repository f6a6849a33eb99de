"""A ``.tar.gz`` that is the same bytes whichever zlib the machine has."""

import io
import tarfile
import zlib
from collections.abc import Iterator, Mapping

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Deflate, no name, no time, system unknown."""
_LONGEST_BLOCK = 0xFFFF


def _tar(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def _stored_blocks(data: bytes) -> Iterator[bytes]:
    """Deflate without compression: zlib's own output differs between its versions and forks."""
    for start in range(0, len(data), _LONGEST_BLOCK):
        block = data[start : start + _LONGEST_BLOCK]
        last = start + _LONGEST_BLOCK >= len(data)
        size = len(block)
        yield bytes([last]) + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little")
        yield block


def tar_gz(members: Mapping[str, bytes]) -> bytes:
    """An archive of ``members`` (path to bytes), in their order."""
    data = _tar(members)
    trailer = zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")
    return _GZIP_HEADER + b"".join(_stored_blocks(data)) + trailer
