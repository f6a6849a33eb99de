"""The text of a document as the parser counts it, and lines and columns as people do."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from mirage_lint.core.record import NamedTuple
from mirage_lint.errors import UnreadableError

_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 starts."""
LARGEST = 32 * 1024 * 1024
"""Bytes of the largest document that is read."""


class Source(NamedTuple):
    """A document: its path as reported, and its text with ``\\n`` line ends and no BOM."""

    path: str
    text: str
    line_starts: tuple[int, ...]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The line ``number``, from 1, without its end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


def make(path: str, text: str) -> Source:
    """A source from text in memory, whatever its line ends."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lengths = [len(line) + 1 for line in text.split("\n")]
    return Source(path, text, (0, *accumulate(lengths[:-1])))


def load(path: Path, shown: str) -> Source:
    """Read a document; `UnreadableError` where it is no regular UTF-8 file or too large."""
    try:
        if not path.is_file():
            problem = "is not a regular file" if path.exists() else "is absent"
            raise UnreadableError(shown, problem, "name Markdown files or folders of them")
        if path.stat().st_size > LARGEST:
            raise UnreadableError(shown, f"larger than {LARGEST} bytes", "exclude it or split it")
        data = path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise UnreadableError(shown, problem, "check path and rights") from None
    try:
        return make(shown, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if (nul := data.find(b"\0")) >= 0 and not data.startswith(_MARKS):
            problem = f"is no text: it has a NUL at byte {nul}"
            raise UnreadableError(shown, problem, "exclude it") from None
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"not UTF-8 at byte {error.start}"
        raise UnreadableError(shown, problem, "save it as UTF-8", line) from None


def may_say(source: Source, *marks: str) -> bool:
    """Whether a document has one of ``marks``, and a comment or front matter that it may stand in:
    the others are spared what it takes to read comments.
    """
    text = source.text
    if not any(mark in text for mark in marks):
        return False
    is_open = "<!--" in text or "{/*" in text or source.path.endswith(".ipynb")
    return is_open or bool(front_matter(text))


def front_matter(text: str) -> int:
    """Where the front matter ends, 0 where there is none."""
    if not text.startswith("---") or text[3 : text.find("\n") + 1].strip():
        return 0
    end = text.find("\n") + 1
    while end:
        start, end = end, text.find("\n", end) + 1
        if text[start : end or None].rstrip() in ("---", "..."):
            return end or len(text)
    return 0
