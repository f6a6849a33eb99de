"""The cells of a table, and the records that each may be of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from mirage_lint import vocabulary
from mirage_lint.binding.grid import Cell, Line, records_of
from mirage_lint.binding.index import Index, Phrase
from mirage_lint.binding.records import Record
from mirage_lint.binding.slots import Layer, Slot, dimensions, families
from mirage_lint.claims.claim import NUMBER, Claim
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import Interval, interval, says

MOST_RECORDS = 200
"""Records of a row from which on that one of them agrees is chance."""
SCALE = re.compile(r"[(\[]\s*(?:in\s+)?([A-Za-z]+|%)\s*[)\]]")
"""A unit or a scale in a head: "Params (M)"."""


class Cells:
    """The cells of a grid, by their place in ``cells``. ``context`` are the layers around the
    table; ``across`` says that what are its rows here are its columns, ``files`` are the artifacts
    that its numbers are said to be from, if any.
    """

    def __init__(
        self,
        cells: list[Cell],
        context: tuple[Layer, ...],
        index: Index,
        across: bool,
        files: frozenset[str] = frozenset(),
    ) -> None:
        self.cells = cells
        self.across = across
        self.context = context
        self.files = files
        self._index = index
        self._records_of: dict[tuple[int, int], tuple[Record, ...]] = {}
        self._told_by: dict[int, set[Record] | None] = {}
        self._claims: dict[int, Claim] = {}
        self._scales: dict[int, Fraction | None] = {}

    def with_rows(self, rows: Mapping[int, Line]) -> Cells:
        """The same, with other lines for some rows, by their numbers."""
        cells = [one._replace(row=rows.get(one.row.number, one.row)) for one in self.cells]
        return Cells(cells, self.context, self._index, self.across, self.files)

    def claim(self, at: int, is_scaled: bool) -> Claim:
        """A cell's claim, on the scale that the head gives: 11.69 under "Params (M)"."""
        cell = self.cells[at]
        if not is_scaled:
            return cell.claim
        if at not in self._claims:
            self._claims[at] = _scaled(cell.claim, self._scale(cell))
        return self._claims[at]

    def is_scaled(self, cells: Iterable[int]) -> bool:
        """Whether a head gives any of these cells a scale."""
        return any(self._scale(self.cells[at]) is not None for at in cells)

    def _scale(self, cell: Cell) -> Fraction | None:
        """What the heads of a cell multiply it by."""
        for line in (cell.column, cell.row):
            if id(line) not in self._scales:
                self._scales[id(line)] = _scale_of(line.text)
        return self._scales[id(cell.column)] or self._scales[id(cell.row)]

    def facts(self, at: int, metric: Phrase) -> list[Fact]:
        """The facts that a cell may tell of."""
        known = self._index.records.facts
        told = [fact for record in self.records(at) for fact in known[record].get(metric, ())]
        return [one for one in told if one.source.artifact in self.files] if self.files else told

    def records(self, at: int) -> tuple[Record, ...]:
        """The records of a cell's row, and of its column's head where that names one, in order; a
        row that names so many names none.
        """
        row, column = self.cells[at].row, self.cells[at].column
        # Columns whose heads name no row are alike.
        key = row.number, column.number if column.named or column.populations else -1
        if key not in self._records_of:
            found = self._found(row, column)
            self._records_of[key] = tuple(sorted(found)) if len(found) <= MOST_RECORDS else ()
        return self._records_of[key]

    def _found(self, row: Line, column: Line) -> set[Record]:
        found = self._of_line(row)
        if found is None:
            return set()
        if column.named:
            found = found & (self._of_line(column) or set()) or found
        for key, slot in self.told_around(row, column).items():
            found = _fitting(found, key, slot)
        if self._home and not (row.named.get("") or column.named.get("")):
            found = {one for one in found if one.family in self._home} or found
        if told := row.populations | column.populations:
            found = {r for r in found if not r.population or (r.family, r.population) in told}
        return found

    def _of_line(self, line: Line) -> set[Record] | None:
        """The records that fit a row or a column; the grid keeps its lines, so their ids too."""
        if id(line) not in self._told_by:
            self._told_by[id(line)] = records_of(line, self._index)
        return self._told_by[id(line)]

    @cached_property
    def _home(self) -> frozenset[object]:
        """The families that what stands around the table names as its own."""
        return families(list(self.context)).certain

    def told_around(self, row: Line, column: Line) -> dict[str, Slot]:
        """The settings that what stands around the table names, and its row and column do not."""
        own = {*row.named, *column.named}
        return {key: slot for key, slot in self._around.items() if key not in own}

    @cached_property
    def _around(self) -> dict[str, Slot]:
        return dimensions(list(self.context), self._index.records.keys)

    def untold(self, cell: Cell, facts: list[Fact]) -> set[str]:
        """The dimensions of facts that neither the heads nor what stands around the table name."""
        told = {*cell.row.named, *cell.column.named}
        around = self.told_around(cell.row, cell.column)
        return {
            key
            for fact in facts
            for key, value in fact.dimensions
            if key not in told and (key not in around or (key, value) not in around[key].values)
        }


def _fitting(records: set[Record], key: str, slot: Slot) -> set[Record]:
    """The records that have one of a slot's values, or nothing for it."""
    told = {pair[1] for pair in slot.values if isinstance(pair, tuple)}
    return {one for one in records if dict(one.dimensions).get(key) in {None, *told}}


def _scale_of(head: str) -> Fraction | None:
    match = SCALE.search(head)
    factor = vocabulary.load("words")["head_scales"].get(match[1]) if match else None
    return None if factor is None else Fraction(factor)


def _scaled(claim: Claim, factor: Fraction | None) -> Claim:
    if factor is None or claim.kind != NUMBER or claim.said is None:
        return claim
    said = claim.said
    if isinstance(said, Interval) or said[1] != "1":
        return claim._replace(said=interval(said).scaled(factor))
    digits, _, hedge, is_negative = said
    return claim._replace(said=says(digits, str(factor), hedge, is_negative))
