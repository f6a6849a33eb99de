"""Places of a text as editors count them, by lines and code units, and as we do, by code points."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from lsprotocol import types

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"
_FORMS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""Of each encoding: its codec, and the bytes of a unit."""
_STRAY = re.compile(r"[\ud800-\udfff]")

Change = types.TextDocumentContentChangeEvent


class Lines:
    """The lines of a text; ``encoding`` is what the editor counts in.

    With ``had_mark``, the editor's text begins with a byte order mark that ours does not have.
    """

    def __init__(self, text: str, encoding: str, had_mark: bool = False) -> None:
        self.text = text
        self.codec, self.size = _FORMS.get(encoding, _FORMS["utf-16"])
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._shift = self.units(_BOM) if had_mark else 0
        self._is_plain = text.isascii()
        self._last = (0, 0)

    def offset(self, position: types.Position) -> int:
        """The code point at a position, or the nearest to one that is not there."""
        number = min(max(position.line, 0), len(self.starts) - 1)
        line = self._line(number)
        units = max(position.character - (0 if number else self._shift), 0)
        if line.isascii():
            return self.starts[number] + min(units, len(line))
        head = line.encode(self.codec)[: units * self.size]
        return self.starts[number] + len(head.decode(self.codec, "ignore"))

    def position(self, offset: int) -> types.Position:
        """Where the editor has a code point."""
        offset = min(max(offset, 0), len(self.text))
        number = bisect_right(self.starts, offset) - 1
        return types.Position(number, self._width(self.starts[number], offset))

    def _width(self, start: int, offset: int) -> int:
        """The units from a line's start, counted on from the place before where that is there."""
        if self._is_plain:
            return offset - start + (0 if start else self._shift)
        at, units = self._last
        if not start <= at <= offset:
            at, units = start, 0 if start else self._shift
        self._last = offset, units + self.units(self.text[at:offset])
        return self._last[1]

    def range(self, start: int, end: int) -> types.Range:
        """The range from one code point to another."""
        return types.Range(self.position(start), self.position(end))

    def _line(self, number: int) -> str:
        """A line without its end."""
        behind = self.starts[number + 1 : number + 2]
        return self.text[self.starts[number] : behind[0] if behind else None].rstrip("\r\n")

    def units(self, text: str) -> int:
        """How long a text is for the editor."""
        return len(text) if text.isascii() else len(text.encode(self.codec)) // self.size


def clean(text: str) -> str:
    """A text as it can be encoded: halves of characters are told as such."""
    return _STRAY.sub("\ufffd", text) if not text.isascii() else text


def edited(text: str, changes: Iterable[Change], encoding: str) -> str:
    """A text with an editor's changes, each made to what the one before left."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            lines = Lines(text, encoding)
            start, end = lines.offset(change.range.start), lines.offset(change.range.end)
            text = text[:start] + clean(change.text) + text[max(start, end) :]
        else:
            text = clean(change.text)
    return text
