"""Columns of a table that tell how far others lie apart: "Δ", "gain", "speedup", "vs. base".

From which columns, or from which row, a difference is, is seldom told, so the column's other cells
have to tell: most of them must be the difference, the change in percent or the ratio of the same
two columns, or of each row and the same one. What no rounding explains is wrong then, unless
anything else in the table does: other columns, another row, a mark, or the name of a summary.
"""

from __future__ import annotations

import re
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
_TRIED, _MOST_WRONG_OF_TRIED = 6, 2
"""Cells by which most ways are seen to be none, so that few are worked out in full."""
_FEWEST_FIGURES = 2
"""Figures of a difference that is no chance."""
_FEWEST_OF_BASE = 5
"""Cells that must be right of one row's: it may be one of several."""
_DIFFERENCE, _POINTS, _CHANGE, _RATIO = "difference", "difference in percent", "change", "ratio"
_FORMS = (_DIFFERENCE, _POINTS, _CHANGE, _RATIO)
_HUNDRED = 100
_MARK = re.compile(r"[*†‡§¹²³^(\[]")
"""What says of a cell that there is more to it."""


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
    turned: int = 0
    """How many are right but for their sign."""


class _Table:
    """The figures of a table, by row and column."""

    def __init__(self, grid: Grid) -> None:
        self.heads = grid.heads
        self.rows = [[figure(cell) for cell in row] for row in grid.rows]
        self.cells = grid.rows
        self._spans: dict[int, Interval] = {}

    def fits(self, at: int) -> Iterator[_Fit]:
        """All ways to work a column out that are right of most of its first cells."""
        cells = ((row, figures[at]) for row, figures in enumerate(self.rows))
        own = {row: one for row, one in cells if one and not _is_summary(self.cells[row])}
        if sum(map(_is_telling, own.values())) < _FEWEST_AGREEING:
            return
        others = [one for one in range(len(self.heads)) if one != at and self._is_plain(one)]
        for form in _forms([one.unit for one in own.values()]):
            ways = [_Way(form, *pair) for pair in permutations(others, 2)]
            ways += [_Way(form, one, one, row) for one in others for row in self._bases(at)]
            yield from filter(None, (self._fit(way, own) for way in ways))

    def _bases(self, at: int) -> Iterator[int]:
        """The first rows that all others may be held against: they differ from none."""
        cells = (row[at] for row in self.rows)
        none = (row for row, one in enumerate(cells) if one is None or not one.value)
        return islice(none, _MOST_BASES)

    def _is_plain(self, at: int) -> bool:
        told = sum(row[at] is not None for row in self.rows)
        return told > _FEWEST_AGREEING and not is_change(self.heads[at])

    def _fit(self, way: _Way, own: dict[int, Figure]) -> _Fit | None:
        given: dict[int, Interval] = {}
        right, turned = set[int](), 0
        for row, told in own.items():
            if (found := self._given(way, row)) is None:
                continue
            given[row] = found
            if _meets(found, span := self._span(told)):
                right.add(row)
                turned += not found.overlaps(span)
            wrong = len(given) - len(right)
            if wrong > _MOST_WRONG_OF_TRIED and len(given) <= _TRIED:
                return None
        return _Fit(way, given, frozenset(right), frozenset(given.keys() - right), turned)

    def _given(self, way: _Way, row: int) -> Interval | None:
        """What a way gives for a row; None where a figure is missing, or is the base itself."""
        if row == way.base:
            return None
        one = self.rows[row][way.first]
        other = self.rows[row if way.base < 0 else way.base][way.second]
        if one is None or other is None or one.unit != other.unit:
            return None
        return _worked_out(way.form, self._span(one), self._span(other))

    def is_explained(self, at: int, row: int, form: str) -> bool:
        """Whether anything else in the table gives a cell: two figures of its row in any form, or
        in its own one of it and that of a row of no difference.
        """
        told = self.rows[row][at]
        if told is None:
            return True
        columns = [one for one, found in enumerate(self.rows[row]) if found and one != at]
        ways = [_Way(form, *pair) for form in _FORMS for pair in permutations(columns, 2)]
        ways += (_Way(form, one, one, base) for one in columns for base in self._bases(at))
        given = filter(None, (self._given(way, row) for way in ways))
        return any(_meets(found, self._span(told)) for found in given)

    def _span(self, one: Figure) -> Interval:
        if id(one) not in self._spans:
            half = max(one.half, _rounded_to(one))
            self._spans[id(one)] = Interval(one.value - half, one.value + half)
        return self._spans[id(one)]

    def span(self, at: int, row: int) -> Interval:
        """What a figure says."""
        told = self.rows[row][at]
        return self._span(told) if told else Interval(None, None)


def equations(grid: Grid) -> Iterator[Equation]:
    """Cells of such columns that are not what the others of their column show them to be."""
    if len(grid.heads) > _MOST_COLUMNS or not _FEWEST_AGREEING < len(grid.rows) <= _MOST_ROWS:
        return
    changes = [at for at, head in enumerate(grid.heads) if at and is_change(head)]
    table = _Table(grid) if changes else None
    for at in changes if table else ():
        yield from _wrong(table, at) if table else ()


def is_change(head: Passage) -> bool:
    """Whether a head tells of a difference, and of one of what the table shows."""
    text = head.text
    told = set(words.split(text))
    is_other = not told.isdisjoint(vocabulary.load("words")["adjusted"])
    return ("Δ" in text or not _cues().isdisjoint(told)) and not is_other


@cache
def _cues() -> frozenset[str]:
    known = vocabulary.load("words")
    return frozenset((*known["changes"], *known["deltas"]))


def _wrong(table: _Table, at: int) -> Iterator[Equation]:
    fits = [one for one in table.fits(at) if len(one.right) >= _fewest(one.way)]
    best = max(fits, key=_rank, default=None)
    if best is None or not best.wrong:
        return
    telling = {row for row in best.right if _is_telling(table.rows[row][at])}
    if len(telling) < _FEWEST_AGREEING or len(best.right) < _AGREEING_FOR_ONE * len(best.wrong):
        return
    units = {_unit(table, at, row) for row in best.right}
    for row in sorted(best.wrong):
        is_alike = _unit(table, at, row) in units and not _is_marked(table.cells[row])
        if (
            is_alike
            and _may_be_wrong(table, at, row, best)
            and not table.is_explained(at, row, best.way.form)
        ):
            yield _equation(table, at, row, best)


def _rank(one: _Fit) -> tuple[int, int, int]:
    return len(one.right), -len(one.wrong), -one.turned


def _unit(table: _Table, at: int, row: int) -> str:
    told = table.rows[row][at]
    return told.unit if told else ""


def _fewest(way: _Way) -> int:
    return _FEWEST_AGREEING if way.base < 0 else _FEWEST_OF_BASE


def _is_summary(row: Sequence[Passage]) -> bool:
    """Whether a row is one of means or totals: the difference of these may be worked out from the
    others' differences.
    """
    said = {word for cell in row if figure(cell) is None for word in words.split(cell.text)}
    return not said.isdisjoint(_summaries()) or any("Σ" in cell.text for cell in row)


@cache
def _summaries() -> frozenset[str]:
    known = vocabulary.load("words")
    lists = ("means", "medians", "totals", "wholes", "statistics", "least", "greatest", "averages")
    named = (one for name in (*lists, "summaries") for one in known[name])
    return frozenset(word for one in named for word in words.split(one))


def _is_marked(row: Sequence[Passage]) -> bool:
    """Whether a footnote or brackets say more of any cell of a row."""
    return any(
        _MARK.search(cell.text) or "[^" in cell.raw or "<sup" in cell.raw or r"\*" in cell.raw
        for cell in row
    )


def _is_telling(one: Figure | None) -> bool:
    return one is not None and len(one.digits.replace(".", "").strip("0")) >= _FEWEST_FIGURES


def _may_be_wrong(table: _Table, at: int, row: int, best: _Fit) -> bool:
    """Whether a cell is a slip of what is given, and not just cut off at its last place."""
    told = table.rows[row][at]
    if told is None:
        return False
    reach = 3 * told.half
    near = Interval(told.value - reach, told.value + reach)
    given = best.given[row]
    return not _meets(given, near) and may_be_slip(given, table.span(at, row))


def _meets(given: Interval, told: Interval) -> bool:
    """Whether two meet, or would with the other sign: a reduction is told without it."""
    return given.overlaps(told) or given.overlaps(told.turned)


def _forms(units: Sequence[str]) -> tuple[str, ...]:
    """The forms that figures of such units may have."""
    if any(unit in ("x", "×") for unit in units):
        return (_RATIO,)
    if any("%" in unit for unit in units):
        return _DIFFERENCE, _POINTS, _CHANGE
    return (_DIFFERENCE, _POINTS) if any(units) else (_DIFFERENCE, _POINTS, _RATIO, _CHANGE)


def _rounded_to(one: Figure) -> Fraction:
    """Half of the last place of a whole number that is no nought: 13,000 may have been 13,476."""
    noughts = len(one.digits) - len(one.digits.rstrip("0")) if one.digits.isdecimal() else 0
    return Fraction(10**noughts, 2) if noughts > 1 else Fraction(0)


def _worked_out(form: str, first: Interval, second: Interval) -> Interval | None:
    """The difference of two figures, as it is or of rates in percent, its share of the second in
    percent, or their ratio.
    """
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
    cell = table.cells[row][at]
    text = cell.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    is_scaled = any(mark in text for mark in ("%", "pp", "point"))
    scale = Fraction(1, _HUNDRED) if is_scaled else Fraction(1)
    left, right = best.given[row].scaled(scale), table.span(at, row).scaled(scale)
    return Equation(cell, start, end, left, right, text.strip(), _told(table, best.way))


def _told(table: _Table, way: _Way) -> str:
    """What the cell is: "the difference of 'b' and 'a' is"."""
    first, second = (table.heads[one].text.strip() for one in (way.first, way.second))
    if way.base < 0:
        return f"as in the rows beside it, the {way.form} of {first!r} and {second!r} is"
    row = table.cells[way.base][0].text.strip()
    return f"as in the rows beside it, the {way.form} of {first!r} to that of {row!r} is"
