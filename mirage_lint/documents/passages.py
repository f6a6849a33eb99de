"""What a document is cut into: stretches of visible text, each with its context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from mirage_lint.core.record import NamedTuple

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


Shown = tuple[str, Sequence[Piece], Sequence[Mark]]
"""Visible text, the pieces it is made of, and its marks."""

Place = Callable[[Sequence[Piece]], Sequence[Piece]]
"""Moves pieces to where they stand in the source."""


class InTable(NamedTuple):
    """Where a cell stands in its table: right of the cells of ``row``, below the head ``column``,
    and in the rows that ``section`` tells of.
    """

    row: Sequence[Passage] = ()
    column: Passage | None = None
    section: Passage | None = None


OUTSIDE = InTable()


class Passage:
    """One stretch of prose: a paragraph, heading, list item, table cell, image text, code line,
    comment in code, line of front matter ("matter").

    ``raw`` is its Markdown, known at once; ``text`` and ``marks`` are worked out by ``show`` when
    first asked for, and ``pieces`` are moved by ``place``, where these are given. What the text
    says in digits and letters, ``raw`` says as well. Text without pieces is one piece.

    ``headings`` are the enclosing ones, outermost first; ``intro`` is what leads into it (the
    paragraph before, a list's or a table's introducing line, the item above in a nested list);
    ``row`` holds the cells to the left of a cell, the row's head first, and ``column`` is its
    column's head; ``section`` is the row above that has one cell alone, and so tells what the rows
    below are of; ``table`` is the number of its table in the document, from 1; ``block`` is the
    whole text of a code block.
    """

    __slots__ = (
        *("kind", "raw", "_show", "_shown", "place", "_pieces", "cells", "left"),
        *("headings", "intro", "column", "section", "block", "table"),
    )

    def __init__(  # noqa: PLR0913 (a value with its context)
        self,
        kind: str,
        text: str,
        pieces: Sequence[Piece] = (),
        marks: Sequence[Mark] = (),
        *,
        headings: tuple[Passage, ...] = (),
        intro: Passage | None = None,
        cell: InTable = OUTSIDE,
        block: str = "",
        table: int = 0,
        show: Callable[[], Shown] | None = None,
        place: Place | None = None,
    ) -> None:
        self.kind = kind
        self.raw = text
        self._show = show
        self._shown: Shown | None = None if show else (text, pieces, marks)
        self.place = place
        self._pieces: Sequence[Piece] | None = None
        self.headings = headings
        self.intro = intro
        # One list for the whole row: a tuple for each cell would be quadratic in the columns.
        self.cells, self.column, self.section = cell
        self.left = len(self.cells)
        self.block = block
        self.table = table

    def __repr__(self) -> str:
        return f"Passage({self.kind!r}, {self.raw!r})"

    @property
    def text(self) -> str:
        """The visible text."""
        return (self._shown or self._see())[0]

    @property
    def marks(self) -> Sequence[Mark]:
        """Code spans and links."""
        return (self._shown or self._see())[2]

    @property
    def pieces(self) -> Sequence[Piece]:
        """Where each stretch of the text comes from, in order."""
        if self._pieces is None:
            text, pieces, _ = self._shown or self._see()
            pieces = pieces or (Piece(0, len(text), 0, len(text)),)
            self._pieces = self.place(pieces) if self.place else pieces
        return self._pieces

    @property
    def row(self) -> tuple[Passage, ...]:
        """The cells to the left."""
        return tuple(self.cells[: self.left])

    @property
    def line(self) -> int:
        """What a cell has in common with those of its row alone."""
        return id(self.cells)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the source of visible characters ``start`` to ``end``."""
        return self._offset(start, False), self._offset(end - 1, True)

    def _see(self) -> Shown:
        self._shown = self._show() if self._show else (self.raw, (), ())
        return self._shown

    def _offset(self, index: int, at_end: bool) -> int:
        at = bisect_right(self.pieces, index, key=lambda piece: piece.start) - 1
        piece = self.pieces[max(at, 0)]
        if piece.width == piece.source_width:
            return piece.source + index - piece.start + at_end
        return piece.source + (piece.source_width if at_end else 0)


def is_section(row: Sequence[Passage]) -> bool:
    """Whether a row of a table has a first cell alone: it tells what the rows below are of."""
    return len(row) > 1 and bool(row[0].raw) and not any(cell.raw for cell in row[1:])


def same(shown: Shown) -> Shown:
    """What is shown of a passage that had to be read at once."""
    return shown


class Document(NamedTuple):
    """All passages of a document, in order."""

    path: str
    passages: tuple[Passage, ...]
