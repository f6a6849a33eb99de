"""What a document is cut into: stretches of visible text, each with its context."""

from bisect import bisect_right
from typing import NamedTuple, Optional

CODE = frozenset({"code", "matter"})
"""Kinds of passages that set values rather than tell them: code lines and front matter."""


class Piece(NamedTuple):
    """``width`` visible characters at ``start`` that come from ``source_width`` at ``source``.

    Equal widths map character by character; others (entities, escapes) only as a whole.
    """

    start: int
    width: int
    source: int
    source_width: int


class Mark(NamedTuple):
    """A code span or a link over visible text; ``target`` is the code or the address."""

    kind: str
    start: int
    end: int
    target: str


class Passage(NamedTuple):
    """One stretch of prose: a paragraph, heading, list item, table cell, image text, code line,
    comment in code, line of front matter ("matter").

    ``headings`` are the enclosing ones, outermost first; ``intro`` is what leads into it (the
    paragraph before, a list's or a table's introducing line, the item above in a nested list);
    ``row`` holds the cells to the left of a cell, the row's head first, and ``column`` is its
    column's head; ``table`` is the number of its table in the document, from 1; ``block`` is the
    whole text of a code block.
    """

    kind: str
    text: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...] = ()
    headings: tuple["Passage", ...] = ()
    intro: Optional["Passage"] = None
    row: tuple["Passage", ...] = ()
    column: Optional["Passage"] = None
    block: str = ""
    table: int = 0

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the source of visible characters ``start`` to ``end``."""
        return self._offset(start, False), self._offset(end - 1, True)

    def _offset(self, index: int, at_end: bool) -> int:
        at = bisect_right(self.pieces, index, key=lambda piece: piece.start) - 1
        piece = self.pieces[max(at, 0)]
        if piece.width == piece.source_width:
            return piece.source + index - piece.start + at_end
        return piece.source + (piece.source_width if at_end else 0)


class Document(NamedTuple):
    """All passages of a document, in order."""

    path: str
    passages: tuple[Passage, ...]
