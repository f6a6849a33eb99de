"""Shares in the columns of a table: percentages that their n cannot give, and parts that are larger
than their whole. The other cells of the column have to show that it tells shares of just that n.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from mirage_lint import vocabulary
from mirage_lint.claims.claim import Equation
from mirage_lint.claims.shares import SLIP, impossible_share, larger_part, nearest
from mirage_lint.claims.tables import Figure, Grid, figure, name
from mirage_lint.core import words
from mirage_lint.core.interval import Interval
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.passages import Passage

_COUNT = re.compile(r"\b[nN]\s?=\s?(\d{1,6})(?![\d.,]\d)\s?([^\W\d]*)")
_PART = re.compile(r"(\d{1,9})\s?/\s?(\d{1,9})")
_FEWEST_AGREEING = 3
_AGREEING_FOR_ONE = 3
"""Cells that must be right for each that is called wrong."""
_CHANCE = Fraction(1, 8)
"""How often a percentage that is no share of n may look like one, at most."""


class _Share(NamedTuple):
    """A cell that tells a percentage, and the count that it would be a share of."""

    cell: Passage
    value: Interval
    whole: int

    @property
    def is_telling(self) -> bool:
        """Whether few percentages written like this one are shares of the count."""
        low, high = self.value
        if low is None or high is None or low <= 0 or high >= 1:
            return False
        return (high - low) * self.whole <= _CHANCE


def equations(grid: Grid) -> Iterator[Equation]:
    """Cells that cannot be what their column tells."""
    counts = [at for at, head in enumerate(grid.heads) if head.text.strip().lower() == "n"]
    intro = grid.rows[0][0].intro
    shared = _count(intro.text) if intro else 0
    rows = [row for row in grid.rows if not _is_summed(row[0])]
    for at, head in enumerate(grid.heads):
        column = [row[at] for row in rows]
        yield from _larger_parts(column)
        if _is_averaged(head) or (intro and _is_averaged(intro)):
            continue
        if count := _count(head.text) or shared:
            yield from _impossible(_shares(head, ((cell, count) for cell in column)))
        elif len(counts) == 1 and at != counts[0]:
            sizes = (_whole(row[counts[0]]) for row in rows)
            yield from _impossible(_shares(head, zip(column, sizes, strict=True)))


def _count(text: str) -> int:
    """The one n that a text tells, 0 where there is none: "(n = 12)", but not "(n = 5 seeds)"."""
    found = _COUNT.findall(text)
    known = vocabulary.load("words")
    if len(found) != 1 or found[0][1].lower() in (*known["repeats"], *known["having_means"]):
        return 0
    return int(found[0][0])


def _whole(cell: Passage) -> int:
    told = figure(cell)
    return int(told.digits) if told and not told.unit and told.digits.isdecimal() else 0


def _is_averaged(passage: Passage) -> bool:
    """Whether a head or an introduction speaks of what is no share of a count."""
    return not set(words.split(passage.text)).isdisjoint(vocabulary.load("words")["no_shares"])


def _is_summed(first: Passage) -> bool:
    """Whether a row is one of totals or means, which have an n of their own."""
    known = vocabulary.load("words")
    return name(first) in (*known["totals"], *known["wholes"], *known["means"])


def _shares(head: Passage, cells: Iterable[tuple[Passage, int]]) -> Iterator[_Share]:
    is_percent = "%" in head.text
    for cell, count in cells:
        told = figure(cell)
        if told and count and (told.unit == "%" or (is_percent and not told.unit)):
            yield _Share(cell, _percent(told), count)


def _percent(told: Figure) -> Interval:
    return Interval(told.value - told.half, told.value + told.half).scaled(Fraction(1, 100))


def _impossible(shares: Iterator[_Share]) -> Iterator[Equation]:
    telling = [one for one in shares if one.is_telling]
    wrong = [one for one in telling if not one.value.holds(nearest(one.value, one.whole))]
    agreeing = len(telling) - len(wrong)
    if agreeing < _FEWEST_AGREEING or len(wrong) * _AGREEING_FOR_ONE > agreeing:
        return
    for cell, value, whole in wrong:
        yield impossible_share(cell, (0, len(cell.text)), value, whole)


def _larger_parts(column: list[Passage]) -> Iterator[Equation]:
    """ "41/40" in a column of "38/40", "40/40" and "12/40"."""
    if any(cell.column is not None and "/" in cell.column.text for cell in column):
        return  # "Wins/Losses": two counts
    found = [(cell, match) for cell in column if (match := _PART.fullmatch(cell.text.strip()))]
    parts = [(cell, int(match[1]), int(match[2])) for cell, match in found]
    larger = Counter(whole for _, part, whole in parts if part > whole)
    others = Counter(whole for _, part, whole in parts if part <= whole)
    for cell, part, whole in parts:
        is_sure = others[whole] >= max(_FEWEST_AGREEING, larger[whole] * _AGREEING_FOR_ONE)
        if is_sure and whole < part <= SLIP * whole:
            yield larger_part(cell, (0, len(cell.text)), part, whole)
