"""Bytes of a text artifact as text."""

from mirage_lint.errors import MirageError

MAX_SCRIPT = 2**20

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


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


def decode_script(data: bytes, where: str) -> str:
    """As `decode`, with every line end a line feed, and bounded: scripts are short."""
    if len(data) > MAX_SCRIPT:
        raise MirageError(where, f"is a script of more than {MAX_SCRIPT:,} bytes, the most read")
    return decode(data, where).replace("\r\n", "\n").replace("\r", "\n")
