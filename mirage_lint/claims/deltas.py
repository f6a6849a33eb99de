"""Columns of a table that tell how far others lie apart: "Δ", "gain", "speedup", "vs. base".

From which columns, or from which row, a difference is, is seldom told, so the column's other cells
have to tell: most of them must be the difference, the change in percent or the ratio of the same
two columns, or of each row and the same one. What no rounding explains is wrong then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import islice, permutations

from mirage_lint import vocabulary
from mirage_lint.claims.claim import Equation
from mirage_lint.claims.slips import may_be_slip
from mirage_lint.claims.tables import Figure, Grid, figure
from mirage_lint.core import words
from mirage_lint.core.interval import Interval
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.passages import Passage

_FEWEST_AGREEING = 3
_AGREEING_FOR_ONE = 4
"""Cells that must be right for each that is called wrong."""
_MOST_COLUMNS, _MOST_ROWS, _MOST_BASES = 12, 200, 4
"""Of a table that is looked at, and rows that all others may be held against."""
_TRIED, _FEWEST_OF_TRIED = 6, 2
"""Cells by which most ways are seen to be none, so that few are worked out in full."""
_FEWEST_FIGURES = 2
"""Figures of a difference that is no chance."""
_FEWEST_OF_BASE = 5
"""Cells that must be right of one row's: it may be one of several."""
_DIFFERENCE, _POINTS, _CHANGE, _RATIO = "difference", "difference in percent", "change", "ratio"
_HUNDRED = 100


class _Way(NamedTuple):
    """How a column may be worked out: from two columns, or from one of each row and of ``base``."""

    form: str
    first: int
    second: int
    base: int = -1


class _Fit(NamedTuple):
    """What a way gives of each cell that it gives anything of, by the number of the row."""

    way: _Way
    given: dict[int, Interval]
    right: frozenset[int]
    wrong: frozenset[int]


class _Table:
    """The figures of a table, by row and column."""

    def __init__(self, grid: Grid) -> None:
        self.heads = grid.heads
        self.rows = [[figure(cell) for cell in row] for row in grid.rows]
        self.cells = grid.rows

    def fits(self, at: int) -> Iterator[_Fit]:
        """All ways to work a column out."""
        own = {
            row: one
            for row, cells in enumerate(self.rows)
            if (one := cells[at]) and not _is_mean(self.cells[row][0])
        }
        others = [one for one in range(len(self.heads)) if one != at and self._is_plain(one)]
        for form in _forms([one.unit for one in own.values()]):
            for first, second in permutations(others, 2):
                yield self._fit(_Way(form, first, second), own)
            for column in others:
                for base in self._bases(at):
                    yield self._fit(_Way(form, column, column, base), own)

    def _bases(self, at: int) -> Iterator[int]:
        """The first rows that all others may be held against: they differ from none."""
        cells = (row[at] for row in self.rows)
        none = (row for row, one in enumerate(cells) if one is None or not one.value)
        return islice(none, _MOST_BASES)

    def _is_plain(self, at: int) -> bool:
        told = sum(row[at] is not None for row in self.rows)
        return told > _FEWEST_AGREEING and not is_change(self.heads[at])

    def _fit(self, way: _Way, own: dict[int, Figure]) -> _Fit:
        few = self._tried(way, dict(islice(own.items(), _TRIED)))
        is_whole = len(own) > _TRIED and len(few.right) >= _FEWEST_OF_TRIED
        return self._tried(way, own) if is_whole else few

    def _tried(self, way: _Way, own: dict[int, Figure]) -> _Fit:
        given = {row: found for row in own if (found := self._given(way, row))}
        right = {row for row in given if given[row].overlaps(_span(own[row]))}
        return _Fit(way, given, frozenset(right), frozenset(given.keys() - right))

    def _given(self, way: _Way, row: int) -> Interval | None:
        """What a way gives for a row; None where a figure is missing, or is the base itself."""
        if row == way.base:
            return None
        one = self.rows[row][way.first]
        other = self.rows[row if way.base < 0 else way.base][way.second]
        if one is None or other is None or one.unit != other.unit:
            return None
        return _worked_out(way.form, one, other)


def equations(grid: Grid) -> Iterator[Equation]:
    """Cells of such columns that are not what the others of their column show them to be."""
    if len(grid.heads) > _MOST_COLUMNS or not _FEWEST_AGREEING < len(grid.rows) <= _MOST_ROWS:
        return
    changes = [at for at, head in enumerate(grid.heads) if at and is_change(head)]
    table = _Table(grid) if changes else None
    for at in changes if table else ():
        yield from _wrong(table, at) if table else ()


def is_change(head: Passage) -> bool:
    """Whether a head tells of a difference."""
    text = head.text
    return "Δ" in text or not _cues().isdisjoint(words.split(text))


@cache
def _cues() -> frozenset[str]:
    known = vocabulary.load("words")
    return frozenset((*known["changes"], *known["deltas"]))


def _wrong(table: _Table, at: int) -> Iterator[Equation]:
    fits = [one for one in table.fits(at) if len(one.right) >= _fewest(one.way)]
    best = max(fits, key=lambda one: (len(one.right), -len(one.wrong)), default=None)
    if best is None or not best.wrong:
        return
    telling = {row for row in best.right if _is_telling(table.rows[row][at])}
    if len(telling) < _FEWEST_AGREEING or len(best.right) < _AGREEING_FOR_ONE * len(best.wrong):
        return
    # What another way gives as well may be meant so.
    known = frozenset[int]().union(*(one.right for one in fits))
    for row in sorted(best.wrong - known):
        told = table.rows[row][at]
        if told and _may_be_wrong(best.given[row], told):
            yield _equation(table, at, row, best)


def _fewest(way: _Way) -> int:
    return _FEWEST_AGREEING if way.base < 0 else _FEWEST_OF_BASE


def _is_mean(first: Passage) -> bool:
    """Whether a row is one of means: the difference of these is that of rounded numbers no more."""
    return not set(words.split(first.text)).isdisjoint(vocabulary.load("words")["means"])


def _is_telling(one: Figure | None) -> bool:
    return one is not None and len(one.digits.replace(".", "").strip("0")) >= _FEWEST_FIGURES


def _may_be_wrong(given: Interval, told: Figure) -> bool:
    """Whether a cell is a slip of what is given, and no more than told with another sign, or cut
    off at its last place.
    """
    place = 2 * told.half
    near = Interval(told.value - place - told.half, told.value + place + told.half)
    if given.overlaps(near):
        return False
    span = _span(told)
    turned = Interval(
        None if span.high is None else -span.high, None if span.low is None else -span.low
    )
    return not given.overlaps(turned) and may_be_slip(given, span)


def _forms(units: Sequence[str]) -> tuple[str, ...]:
    """The forms that figures of such units may have."""
    if any(unit in ("x", "×") for unit in units):
        return (_RATIO,)
    if any("%" in unit for unit in units):
        return _DIFFERENCE, _POINTS, _CHANGE
    return (_DIFFERENCE, _POINTS) if any(units) else (_DIFFERENCE, _POINTS, _RATIO, _CHANGE)


def _span(one: Figure) -> Interval:
    return Interval(one.value - one.half, one.value + one.half)


def _worked_out(form: str, one: Figure, other: Figure) -> Interval | None:
    """The difference of two figures, as it is or of rates in percent, its share of the second in
    percent, or their ratio.
    """
    first, second = _span(one), _span(other)
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return None
    if form in (_DIFFERENCE, _POINTS):
        far = Interval(first.low - second.high, first.high - second.low)
        return far if form == _DIFFERENCE else far.scaled(Fraction(_HUNDRED))
    if second.low <= 0 or first.low < 0:
        return None
    ratio = Interval(first.low / second.high, first.high / second.low)
    if form == _RATIO:
        return ratio
    return Interval(*(_HUNDRED * (end - 1) for end in ratio if end is not None))


def _equation(table: _Table, at: int, row: int, best: _Fit) -> Equation:
    cell, told = table.cells[row][at], table.rows[row][at]
    text = cell.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    span = _span(told) if told else best.given[row]
    scale = Fraction(1, _HUNDRED) if "%" in text else Fraction(1)
    left, right = best.given[row].scaled(scale), span.scaled(scale)
    return Equation(cell, start, end, left, right, text.strip(), _told(table, best.way))


def _told(table: _Table, way: _Way) -> str:
    """What the cell is: "the difference of 'b' and 'a' is"."""
    first, second = (table.heads[one].text.strip() for one in (way.first, way.second))
    if way.base < 0:
        return f"as in the rows beside it, the {way.form} of {first!r} and {second!r} is"
    row = table.cells[way.base][0].text.strip()
    return f"as in the rows beside it, the {way.form} of {first!r} to that of {row!r} is"
