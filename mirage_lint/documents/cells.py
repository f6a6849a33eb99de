"""The tables of HTML: which cells stand to the left of a cell, and which head stands above it."""

from mirage_lint.documents.passages import OUTSIDE, InTable, Passage, is_section
from mirage_lint.documents.tags import Tag

_MOST_COLUMNS = 50
"""Columns, from the left, within which cells are followed over several columns and rows."""


class Cell:
    """An open cell: its column, and the passages in it."""

    def __init__(self, tag: Tag, column: int, is_head: bool) -> None:
        self.column = column
        self.is_head = is_head
        self.is_th = tag.name == "th"
        self.columns = min(tag.count("colspan"), _MOST_COLUMNS)
        self.rows = tag.count("rowspan")
        self.passages: list[Passage] = []

    @property
    def tells(self) -> bool:
        """Whether it tells a value."""
        return any(any(map(str.isdigit, passage.text)) for passage in self.passages)


class Table:
    """A table being read."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.cells: list[Passage] = []
        self.cell: Cell | None = None
        self._row: list[Cell] = []
        self._heads: dict[int, Passage] = {}
        self._section: Passage | None = None
        self._spans: dict[int, tuple[int, Passage]] = {}
        self._column = 0
        self._has_heads = False
        self._has_body = False
        self._in_head = False

    def section(self, name: str) -> None:
        """Enter the part of the table ``name``."""
        self._in_head = name == "thead"

    def open_row(self) -> None:
        """Start a row, and end the one before where that was not ended."""
        self.close_row()
        self._column = 0

    def open_cell(self, tag: Tag) -> None:
        """Start a cell."""
        while span := self._spans.get(self._column):
            rows, passage = span
            self.cells.append(passage)
            if rows > 1:
                self._spans[self._column] = rows - 1, passage
            else:
                del self._spans[self._column]
            self._column += 1
        self.cell = Cell(tag, self._column, self._in_head)
        self._column += self.cell.columns

    @property
    def kind(self) -> str:
        """What a passage in the open cell is."""
        if self.cell and self.cell.is_head:
            return "head"
        return "cell" if self.cells else "row"

    @property
    def place(self) -> InTable:
        """Where the open cell stands; no head stands above one over several columns."""
        cell = self.cell
        if cell is None:
            return OUTSIDE
        head = self._heads.get(cell.column)
        if cell.is_head:
            return InTable(column=head)
        return InTable(self.cells, head if cell.columns == 1 else None, self._section)

    def close_cell(self) -> None:
        """End the open cell, which holds at least one passage."""
        if cell := self.cell:
            self.cells.append(cell.passages[0])
            self._row.append(cell)
            self.cell = None

    def close_row(self) -> None:
        """End a row: its heads stand above what follows, and its tall cells beside it."""
        if not self._row:
            return
        are_heads = self._in_head or (not self._has_body and self._are_heads())
        for cell in self._row:
            self._keep(cell, are_heads)
        if not are_heads and self._is_section():
            self._section = self.cells[0]
        self._has_heads |= are_heads
        self._has_body |= not are_heads
        self._row, self.cells = [], []

    def _is_section(self) -> bool:
        """Whether one cell is all that the row tells; its last may be as wide as the table."""
        is_wide = len(self._row) == 1 == len(self.cells) and self._row[0].columns > 1
        return is_wide or is_section(self.cells)

    def _are_heads(self) -> bool:
        """Whether a row that is in no `thead` is one of heads: of `th` but for its corner, or the
        table's first, with no `th` and no value.
        """
        if all(cell.is_th for cell in self._row[1:] or self._row):
            return True
        tells = any(cell.is_th or cell.tells for cell in self._row)
        return not self._has_heads and not tells and len(self._row) > 1

    def _keep(self, cell: Cell, is_head: bool) -> None:
        """Remember a cell for those below it."""
        first = cell.passages[0]
        columns = range(cell.column, min(cell.column + cell.columns, _MOST_COLUMNS))
        if is_head:
            for passage in cell.passages:
                passage.kind, passage.left = "head", 0
            for column in columns or (cell.column,):
                self._heads[column] = first
        if cell.rows > 1:
            for column in columns:
                self._spans[column] = cell.rows - 1, first
