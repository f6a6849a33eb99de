"""Rows of a table whose names the registry does not have, known by their values: in prose a row is
seldom called as its artifact calls it, and three numbers that no chance has tell it as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, islice

from mirage_lint.binding.agreement import agrees, is_telling
from mirage_lint.binding.cells import Cells
from mirage_lint.binding.columns import MAJORITY, metrics_of_head
from mirage_lint.binding.grid import Cell, Line
from mirage_lint.binding.index import Index, Phrase
from mirage_lint.binding.records import Record
from mirage_lint.core.record import NamedTuple

_FEWEST_AGREEING = 3
"""Distinct numbers of a row in which it must agree with a record."""
_FEWEST_PARTS = 2
"""Those of them that are no whole numbers."""
_FEWEST_ROWS = 2
"""Rows that must be known so: one alone may be of a table that is but like the registry's."""
_FEWEST_ALONE, _FEWEST_PARTS_ALONE, _MOST_DENIED_ALONE = 5, 4, 1
"""Numbers of one row alone, as of a table of metrics and values: in which it must agree, those of
them that are no whole numbers, and those that may differ.
"""
_MOST_ROWS = 500
"""Rows without a name, from which on a table is data."""
_MOST_METRICS = 12
"""Metrics that a head may be of, from which on it tells none."""
_MOST_ALIKE = 50
"""Records with a number, from which on it tells none of them."""
_Votes = Counter[Record]


def named(cells: Cells, index: Index) -> Cells:
    """The cells, where several rows name no record and their values do: then with its name."""
    reader = _Reader(cells, index)
    found = {number: known for number in reader.rows if (known := reader.known(number))}
    kinds = Counter(_kind(known.record) for known in found.values())
    usual = frozenset().union(*(cell.row.whole for cell in cells.cells))
    lines = {
        number: _called(reader.rows[number][0].row, known.record, usual)
        for number, known in found.items()
        if known.is_alone or kinds[_kind(known.record)] >= _FEWEST_ROWS
    }
    return cells.with_rows(lines) if lines else cells


class _Known(NamedTuple):
    """The record that a row is of; whether that is known by the row alone."""

    record: Record
    is_alone: bool


def _kind(record: Record) -> object:
    """What records of one table have in common: their family, and what tells them apart."""
    return record.family, tuple(key for key, _ in record.dimensions)


def _called(line: Line, record: Record, usual: frozenset[str]) -> Line:
    """A row as if it were called like a record; what it names in passing is not of it. What the
    other rows leave open, it leaves open, too.
    """
    own = [(key, value) for key, value in record.dimensions if not usual or key in usual]
    told = {key: frozenset({value}) for key, value in own}
    return line._replace(named=told, whole=frozenset(told), alike=(), record=record)


class _Reader:
    """The rows that name no record, by their numbers."""

    def __init__(self, cells: Cells, index: Index) -> None:
        self._index = index
        self.rows: dict[int, list[Cell]] = defaultdict(list)
        self._metrics: dict[int, list[Phrase]] = {}
        self._told: dict[tuple[int, str], set[Record]] = {}
        for cell in cells.cells:
            if not cell.row.whole and is_telling(cell.claim):
                self.rows[cell.row.number].append(cell)
        if len(self.rows) > _MOST_ROWS:
            self.rows.clear()

    def known(self, number: int) -> _Known | None:
        """The record that a row agrees with in enough numbers; none where half as many deny it, or
        where another agrees as well that tells something else. What very many have tells nothing,
        nor do whole numbers alone: sizes and counts are of the data, or alike by design.
        """
        told = {cell.claim.digits: cell for cell in self.rows[number]}
        if len(told) < _FEWEST_AGREEING:
            return None
        agreeing = {digits: self._alike(told[digits]) for digits in told}
        rare = {digits: agreeing[digits] for digits in told if len(agreeing[digits]) < _MOST_ALIKE}
        votes: _Votes = Counter(chain.from_iterable(rare.values()))
        count = max(votes.values(), default=0)
        if count < _FEWEST_AGREEING or MAJORITY * (len(rare) - count) > count:
            return None
        if count - 1 in votes.values():
            return None  # another is nearly as like: among so many, one is like it by chance
        known = self._index.records.facts
        parts = Counter(chain.from_iterable(rare[digits] for digits in rare if "." in digits))
        best = [one for one in votes if votes[one] == count and parts[one] >= _FEWEST_PARTS]
        if not best:
            return None
        first, *others = sorted(best, key=lambda record: (-len(known[record]), record))
        if not all(self._is_alike(first, other) for other in others):
            return None
        is_much = count >= _FEWEST_ALONE and parts[first] >= _FEWEST_PARTS_ALONE
        return _Known(first, is_much and len(rare) - count <= _MOST_DENIED_ALONE)

    def _is_alike(self, one: Record, other: Record) -> bool:
        """Whether two records tell the same of all that both tell."""
        own, others = (self._index.records.facts[record] for record in (one, other))
        return all(
            {fact.value for fact in own[metric]} == {fact.value for fact in others[metric]}
            for metric in own.keys() & others.keys()
        )

    def _alike(self, cell: Cell) -> set[Record]:
        """The first records that have a cell's value: many cells of a column may have the same."""
        key = cell.column.number, cell.claim.text
        if key not in self._told:
            self._told[key] = set(islice(self._agreeing(cell), _MOST_ALIKE))
        return self._told[key]

    def _agreeing(self, cell: Cell) -> Iterator[Record]:
        """The records that have a cell's value of what its head may be."""
        percent = "%" in cell.column.text
        for metric in self._of_head(cell.column):
            for fact in self._index.facts[metric].near(cell.claim, percent):
                if fact.dimensions and agrees(cell.claim, fact, percent):
                    yield Record(fact.family, fact.population, fact.dimensions)

    def _of_head(self, column: Line) -> list[Phrase]:
        if column.number not in self._metrics:
            found = metrics_of_head(column.names, self._index)
            self._metrics[column.number] = found if len(found) <= _MOST_METRICS else []
        return self._metrics[column.number]
