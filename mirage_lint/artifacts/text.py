"""Bytes of a text artifact as text."""

from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from mirage_lint.errors import MirageError

MAX_SCRIPT = 2**20
MAX_LINE = 8 * 2**20
"""Bytes of the longest line of a file that is read line by line."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_END = b"\n"
_BLOCK = 2**18


def decode(data: bytes, where: str) -> str:
    """UTF-8 text without its byte order mark; raises MirageError at the first line that is not."""
    if data.startswith(_UTF16_MARKS):
        raise MirageError(where, "is UTF-16, not UTF-8", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MirageError(f"{where}:{line}", "is not UTF-8", "save it as UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise MirageError(f"{where}:{line}", "holds a NUL character", "remove it")
    return text


def lines(stream: BinaryIO, where: str) -> Iterator[str]:
    """The lines of UTF-8 text with their ends, of which a lone carriage return is one, too.

    Raises MirageError as `decode` does, and for a line beyond the bound.
    """
    number, rest = 0, b""
    while block := stream.read(_BLOCK):
        block = rest + block
        cut = block.rfind(_END) + 1
        rest = block[cut:]
        if len(rest) > MAX_LINE:
            place = f"{where}:{number + block.count(_END) + 1}"
            problem = f"is a line of more than {MAX_LINE:,} bytes, the most that is read"
            raise MirageError(place, problem, "write it in shorter lines")
        yield from StringIO(_decoded(block[:cut], number, where), newline="")
        number += block.count(_END)
    yield from StringIO(_decoded(rest, number, where), newline="")


def _decoded(block: bytes, number: int, where: str) -> str:
    """Whole lines as text, of which ``number`` lines stand before them."""
    if not number:
        if block.startswith(_UTF16_MARKS):
            raise MirageError(where, "is UTF-16, not UTF-8", "save it as UTF-8")
        block = block.removeprefix(_BOM)
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as error:
        place = f"{where}:{number + block.count(_END, 0, error.start) + 1}"
        raise MirageError(place, "is not UTF-8", "save it as UTF-8") from None
    if "\0" in text:
        number += text.count("\n", 0, text.index("\0"))
        raise MirageError(f"{where}:{number + 1}", "holds a NUL character", "remove it")
    return text


def decode_script(data: bytes, where: str) -> str:
    """As `decode`, with every line end a line feed, and bounded: scripts are short."""
    if len(data) > MAX_SCRIPT:
        problem = f"is a script of more than {MAX_SCRIPT:,} bytes, the most read"
        raise MirageError(where, problem, "leave it out of claims.toml")
    return decode(data, where).replace("\r\n", "\n").replace("\r", "\n")
