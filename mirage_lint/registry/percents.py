"""Columns of rates that are told in percent, without saying so."""

from collections.abc import Iterable

from mirage_lint import vocabulary
from mirage_lint.core.interval import stored
from mirage_lint.registry.numerals import is_number
from mirage_lint.registry.records import Record

_PERCENT = 100
_SURE = 10
"""What no rate is that is told as a ratio: one above 1 may be, as a growth or a compression."""


def is_percent(column: str, rows: Iterable[Record]) -> bool:
    """Whether a column of a rate is told in percent: then 0.44 beside 3.05 is 0.44%. So is one that
    is called so, where a value is no ratio.
    """
    is_called, most = _is_called_so(column), _most(column)
    if not (is_called or most):
        return False
    cells = (row.get(column, "").strip() for row in rows)
    found = [stored(cell, "")[0] for cell in cells if is_number(cell) and "/" not in cell]
    if is_called:
        return any(abs(one) > 1 for one in found)
    is_mixed = any(one > most for one in found) and any(0 < one <= 1 for one in found)
    return is_mixed and all(0 <= one <= _PERCENT for one in found)


def _is_called_so(column: str) -> bool:
    return _last(column) in vocabulary.load("measures")["percents"]


def _most(column: str) -> int:
    """The most that a column's values may be as ratios; nothing where it is called by no rate."""
    measures = vocabulary.load("measures")
    last = _last(column)
    if last in measures["unbounded"]:
        return 0
    if column.lower() in measures["names"]:
        return 1
    return _SURE if last in measures["rates"] or last in measures["names"] else 0


def _last(column: str) -> str:
    return column.lower().replace(" ", "_").rpartition("_")[2]
