"""Rows and columns of a table that are called a total or a mean, against what they are made of.

What a line is made of is not told, so its other figures have to tell: the lines beside it, up to
some place, must give most of them. A mean may be weighted, or be over lines that are not shown, and
a total may count some things once that its parts count twice: then its figures agree nowhere, and
nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import gcd

from mirage_lint import vocabulary
from mirage_lint.claims.claim import Equation
from mirage_lint.claims.tables import Figure, Grid, figure, name
from mirage_lint.core import words
from mirage_lint.core.interval import Interval, point
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.passages import Passage

_FEWEST_PARTS = 2
_FEWEST_AGREEING_MEANS = 3
_FEWEST_ALONE = 3
"""Parts of a total whose line has no other figure."""
_AGREEING_FOR_ONE = 3
"""Figures of a line that must agree for each that is called wrong."""
_FEWEST_AGREEING_SUMS = 2
_FEWEST_AGREEING_COUNTS = 3
_MANY = 10
"""Figures of a column that must agree for each that is far off."""
_NEARNESS = 20
"""A total that is further off than this part of it counts other things than its parts do."""
_ROUND = 3
"""Noughts at the end of every figure that say they are rounded."""
_SPREAD = 4
"""How far apart parts lie, in places of their mean, for its being right to be no chance."""

_Key = tuple[int, int]
"""What a line may be made of: those before (-1) or behind it (1), and how many."""


class _Parts(NamedTuple):
    """The sum of some figures: what it may be, how many they are, the least and the most, and what
    all of them are multiples of, where they are whole.
    """

    low: Fraction
    high: Fraction
    number: int
    least: Fraction
    most: Fraction
    are_whole: bool
    divisor: int = 0

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2

    def plus(self, other: Figure) -> _Parts:
        """With one more."""
        value, half = other.value, other.half
        return _Parts(
            self.low + value - half,
            self.high + value + half,
            self.number + 1,
            min(self.least, value),
            max(self.most, value),
            self.are_whole and _is_whole(other),
            gcd(self.divisor, int(value)),
        )

    def slack(self, total: Figure) -> Fraction:
        """How far whole figures may be off their total: not at all, unless they are all round."""
        if not (self.are_whole and _is_whole(total)):
            return Fraction(0)
        divisor = gcd(self.divisor, int(total.value))
        zeros = len(str(divisor)) - len(str(divisor).rstrip("0"))
        return Fraction((self.number + 1) * 10**zeros, 2) if zeros >= _ROUND else Fraction(0)


class _Cross(NamedTuple):
    """A figure of the line that is called a total or a mean, and what crosses it there."""

    head: Passage
    stated: Passage
    figure: Figure
    parts: dict[_Key, _Parts]

    def is_mean(self, key: _Key) -> bool:
        """Whether the figure may be the mean of these parts, rounded or cut off."""
        parts = self.parts[key]
        slack = 2 * self.figure.half
        low, high = parts.low / parts.number, parts.high / parts.number
        return low - slack <= self.figure.value <= high + slack

    def is_telling_mean(self, key: _Key) -> bool:
        """Whether it is their mean, and this is no chance."""
        parts = self.parts[key]
        return parts.most - parts.least >= _SPREAD * 2 * self.figure.half and self.is_mean(key)

    def is_sum(self, key: _Key) -> bool:
        """Whether it may be the sum of these parts, each of them rounded."""
        parts = self.parts[key]
        slack = max(self.figure.half, parts.slack(self.figure))
        return parts.low - slack <= self.figure.value <= parts.high + slack

    def is_exact_sum(self, key: _Key) -> bool:
        """Whether it is the sum of these parts; those that are not whole may be rounded."""
        parts = self.parts[key]
        if parts.are_whole and _is_whole(self.figure):
            return abs(parts.middle - self.figure.value) <= parts.slack(self.figure)
        return self.is_sum(key)

    def is_near(self, key: _Key) -> bool:
        """Whether it looks like the sum of these parts, but for a slip."""
        parts, value = self.parts[key], self.figure.value
        is_more = parts.least >= 0 and value > parts.most
        gap = abs(parts.middle - value)
        return is_more and (gap == 1 or gap * _NEARNESS <= parts.middle)


class _Table(NamedTuple):
    """A grid, or the same turned over: its lines with their heads and names, and what crosses
    them.
    """

    heads: list[Passage]
    lines: list[list[Passage]]
    names: list[str]
    crosses: list[Passage]
    are_rows: bool


def equations(grid: Grid) -> Iterator[Equation]:
    """Totals and means that are not what their parts give."""
    firsts = [row[0] for row in grid.rows]
    columns = [list(column) for column in zip(*grid.rows, strict=True)]
    for table in (
        _Table(firsts, grid.rows, [name(one) for one in firsts], grid.heads, True),
        _Table(grid.heads, columns, [name(one) for one in grid.heads], firsts, False),
    ):
        yield from _of_lines(table)


def _of_lines(table: _Table) -> Iterator[Equation]:
    known = vocabulary.load("words")
    means, totals, wholes = (frozenset(known[key]) for key in ("means", "totals", "wholes"))
    ends = frozenset(
        at for at, one in enumerate(table.names) if one in means or one in totals or one in wholes
    )
    if not ends:
        return
    has_statistics = any(map(_is_statistic, table.names))
    for at in sorted(ends):
        crosses = list(_crosses(table, at, ends))
        if table.names[at] in means:
            if not has_statistics:
                yield from _wrong_means(table, at, crosses)
        else:
            yield from _wrong_totals(table, at, crosses, table.names[at] in totals)


def _is_statistic(called: str) -> bool:
    """Whether a line is called the median, the 95th percentile, or the like: then one beside it is
    the mean of what is not shown.
    """
    known = vocabulary.load("words")["statistics"]
    parts = words.split(called)
    return any(part in known for part in parts) or (called[:1] == "p" and called[1:].isdecimal())


def _crosses(table: _Table, at: int, ends: frozenset[int]) -> Iterator[_Cross]:
    for place, head in enumerate(table.crosses):
        stated = table.lines[at][place]
        told = figure(stated)
        if told is None:
            continue
        parts: dict[_Key, _Parts] = {}
        for step in (-1, 1):
            parts |= _outward(table, place, at, step, told.unit, ends)
        yield _Cross(head, stated, told, parts)


def _outward(
    table: _Table, place: int, at: int, step: int, unit: str, ends: frozenset[int]
) -> dict[_Key, _Parts]:
    """The sums of the figures beside a line's, one more each time, up to what is no figure of the
    same unit, or another total.
    """
    found: dict[_Key, _Parts] = {}
    parts: _Parts | None = None
    line = at + step
    while 0 <= line < len(table.lines) and line not in ends:
        one = figure(table.lines[line][place])
        if one is None or one.unit != unit:
            break
        parts = (parts or _Parts(Fraction(0), Fraction(0), 0, one.value, one.value, True)).plus(one)
        if parts.number >= _FEWEST_PARTS:
            found[step, parts.number] = parts
        line += step
    return found


def _made_of(crosses: list[_Cross], agrees: Callable[[_Cross, _Key], bool]) -> tuple[_Key, int]:
    """What most figures of a line show it to be made of, and how many do."""
    found = Counter(key for one in crosses for key in one.parts if agrees(one, key))
    return max(found.items(), key=lambda one: (one[1], one[0][1]), default=((0, 0), 0))


# -- means ---------------------------------------------------------------------------------------


def _wrong_means(table: _Table, at: int, crosses: list[_Cross]) -> Iterator[Equation]:
    key, agreeing = _made_of(crosses, _Cross.is_telling_mean)
    wrong = [
        one
        for one in crosses
        if key in one.parts and not any(one.is_mean(of) or one.is_exact_sum(of) for of in one.parts)
    ]
    if agreeing < _FEWEST_AGREEING_MEANS or len(wrong) * _AGREEING_FOR_ONE > agreeing:
        return
    for one in wrong:
        parts = one.parts[key]
        mean = Interval(parts.low / parts.number, parts.high / parts.number)
        yield _equation(one, mean, f"the mean of {_told(table, at, key)} is")


# -- totals --------------------------------------------------------------------------------------


def _wrong_totals(
    table: _Table, at: int, crosses: list[_Cross], is_named: bool
) -> Iterator[Equation]:
    key, agreeing = _made_of(crosses, _Cross.is_exact_sum)
    if not agreeing:
        if is_named and len(crosses) == 1 and table.are_rows:
            yield from _wrong_alone(table, at, crosses[0])
        return
    wrong = [
        one
        for one in crosses
        if key in one.parts and _is_no_sum(one, agreeing) and not _is_statistic(name(one.head))
    ]
    if agreeing < (1 if is_named and table.are_rows else _FEWEST_AGREEING_SUMS):
        return
    if len(wrong) * _AGREEING_FOR_ONE > max(agreeing, _AGREEING_FOR_ONE):
        return
    is_sure = agreeing >= len(wrong) * _MANY and not table.are_rows
    for one in wrong:
        if is_sure or one.is_near(key):
            yield _sum(table, at, one, key)


def _is_no_sum(cross: _Cross, agreeing: int) -> bool:
    """Whether a figure is the sum of no lines beside it. That whole numbers are not rounded, the
    others of the line must show.
    """
    is_exact = agreeing >= _FEWEST_AGREEING_COUNTS and not _may_be_rounded(cross.head.text)
    fits = cross.is_exact_sum if is_exact else cross.is_sum
    return not any(map(fits, cross.parts))


def _may_be_rounded(head: str) -> bool:
    """Whether a head tells an amount: "Time (s)"."""
    known = vocabulary.load("words")
    return head.rstrip().endswith((")", "]")) or not set(words.split(head)).isdisjoint(
        (*known["rounded_amounts"], *known["measures"])
    )


def _wrong_alone(table: _Table, at: int, cross: _Cross) -> Iterator[Equation]:
    """A total that no other figure of its line bears out: it must be the last row, be made of all
    the others, and no rounding may explain it.
    """
    key = -1, at
    if at < len(table.lines) - 1 or at < _FEWEST_ALONE or key not in cross.parts:
        return
    if cross.is_near(key) and not any(map(cross.is_sum, cross.parts)):
        yield _sum(table, at, cross, key)


def _sum(table: _Table, at: int, cross: _Cross, key: _Key) -> Equation:
    parts = cross.parts[key]
    is_exact = parts.are_whole and _is_whole(cross.figure)
    total = point(parts.middle) if is_exact else Interval(parts.low, parts.high)
    return _equation(cross, total, f"the sum of {_told(table, at, key)} is")


# -- what is told of them ------------------------------------------------------------------------


def _equation(cross: _Cross, left: Interval, reading: str) -> Equation:
    passage, told = cross.stated, cross.figure
    scale = Fraction(1, 100) if "%" in told.unit else Fraction(1)
    right = Interval(told.value - told.half, told.value + told.half)
    if left.is_point:
        right = point(told.value)
    text = passage.text
    start = len(text) - len(text.lstrip())
    return Equation(
        passage,
        start,
        len(text.rstrip()),
        left.scaled(scale),
        right.scaled(scale),
        text.strip(),
        reading,
    )


def _told(table: _Table, at: int, key: _Key) -> str:
    """Which lines a total or a mean is made of: "the 3 columns before it, 'a' to 'c',"."""
    step, count = key
    lines = sorted((at + step, at + step * count))
    first, last = (table.heads[line].text.strip() for line in lines)
    noun = "rows" if table.are_rows else "columns"
    where = (
        ("above" if step < 0 else "below")
        if table.are_rows
        else ("before" if step < 0 else "behind")
    )
    return f"the {count} {noun} {where} it ({first!r} to {last!r})"


def _is_whole(one: Figure) -> bool:
    """Whether a figure is a whole number that no unit makes a rounded one."""
    return not one.unit and one.digits.isdecimal()
