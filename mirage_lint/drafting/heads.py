"""Weights by their headers: as much of a file is read as its header takes."""

from pathlib import Path

from mirage_lint.artifacts.content import Content, Reader
from mirage_lint.errors import MirageError

_FEW, _MOST = (2**16, 2**20, 2**24), 2**26
"""Bytes that are tried: nearly all headers fit in the first, and none that is read is longer."""


def read(place: Path, reader: Reader, where: str) -> Content:
    """What ``reader`` finds in the first bytes of a file; raises MirageError as it does."""
    for size in _FEW:
        try:
            return reader.read(_start(place, size, where), where).sifted()
        except MirageError:
            continue  # cut short, or broken: more of it tells
    return reader.read(_start(place, _MOST, where), where).sifted()


def _start(place: Path, size: int, where: str) -> bytes:
    try:
        with place.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise MirageError(where, f"cannot be read ({error.strerror or error})") from None
