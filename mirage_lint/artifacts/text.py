"""Bytes of a text artifact as text."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from mirage_lint.errors import MirageError

MAX_SCRIPT = 2**20
MAX_LINE = 8 * 2**20
"""Bytes of the longest line of a file that is read line by line."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_AFTER_RETURN = re.compile(r"(?<=\r)(?!\n)")


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
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            problem = f"is a line of more than {MAX_LINE:,} bytes, the most that is read"
            raise MirageError(f"{where}:{number}", problem, "write it in shorter lines")
        if line.isascii() and b"\0" not in line:
            text = line.decode("ascii")
        else:
            text = _decoded(line, number, where)
        yield from _AFTER_RETURN.split(text) if "\r" in text[:-2] else (text,)


def _decoded(line: bytes, number: int, where: str) -> str:
    if number == 1 and line.startswith(_UTF16_MARKS):
        raise MirageError(where, "is UTF-16, not UTF-8", "save it as UTF-8")
    try:
        text = line.removeprefix(_BOM if number == 1 else b"").decode("utf-8")
    except UnicodeDecodeError:
        raise MirageError(f"{where}:{number}", "is not UTF-8", "save it as UTF-8") from None
    if "\0" in text:
        raise MirageError(f"{where}:{number}", "holds a NUL character", "remove it")
    return text


def decode_script(data: bytes, where: str) -> str:
    """As `decode`, with every line end a line feed, and bounded: scripts are short."""
    if len(data) > MAX_SCRIPT:
        raise MirageError(where, f"is a script of more than {MAX_SCRIPT:,} bytes, the most read")
    return decode(data, where).replace("\r\n", "\n").replace("\r", "\n")
