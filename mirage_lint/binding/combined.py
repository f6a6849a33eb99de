"""Lines of a table that tell what several facts give together: means over seeds, totals of runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, islice

from mirage_lint.binding import derived
from mirage_lint.binding.agreement import agrees
from mirage_lint.binding.binding import MEAN, MEDIAN, POOLED, SUM, Derived
from mirage_lint.binding.cells import Cells
from mirage_lint.binding.columns import Fit
from mirage_lint.binding.grid import Cell
from mirage_lint.binding.index import Phrase
from mirage_lint.claims.claim import Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact

_MARK = re.compile(r"[*†‡§¹²³^(\[]")
_MOST_IN_PARTS, _MOST_VALUES = 16, 32
"""Facts of which all but one or two are tried, and values of which all others are."""
_UNTOLD = (MEAN, POOLED)
"""Ways that a table need not tell: its numbers do."""
_OF_TABLES = (MEAN, MEDIAN, SUM)
"""Ways that what leads into a table tells of all of it."""


class Combined:
    """What the cells of one line give, each in the one way that its words tell, or that it may
    tell without.
    """

    def __init__(self, of: Cells, percents: list[bool], cells: list[int]) -> None:
        self._of, self._percents, self._cells = of, percents, cells

    def fits(self, scored: Mapping[Phrase, Fraction]) -> Iterator[Fit]:
        """How the cells fit each metric, in each way."""
        told = self._told()
        for metric in scored:
            for way in told or _UNTOLD:
                fit = self._fit(metric, way)
                yield fit._replace(score=scored[metric], is_way_told=bool(told))

    def _told(self) -> list[str]:
        """The ways that the head tells, or else what leads into the table."""
        head = self._of.cells[self._cells[0]].column.text
        around = (derived.told(words.split(layer.text)) for layer in self._of.context)
        lead = next(filter(None, around), [])
        # "Best model" over a table is of one row of it.
        return derived.told(words.split(head)) or [way for way in lead if way in _OF_TABLES]

    def _fit(self, metric: Phrase, way: str) -> Fit:
        told, agreeing, given = {}, {}, dict[int, Derived]()
        for at in self._cells:
            facts = [one for one in self._of.facts(at, metric) if not derived.tells_way(one)]
            found = derived.give(facts, way)
            if found and found.keys:
                given[at] = found
            if at in given or len(facts) == 1:
                told[at] = facts
                if bearing := self._right(at, facts, given.get(at)):
                    agreeing[at] = bearing
        right = frozenset(agreeing)
        wrong = frozenset(told) - right
        fit = Fit(metric, Fraction(0), right, wrong, is_scaled=False, told=told, agreeing=agreeing)
        return fit._replace(way=way, derived=given)

    def _right(self, at: int, facts: list[Fact], found: Derived | None) -> list[Fact]:
        """The facts that bear a cell out, together or alone."""
        claim, percent = self._of.claim(at, is_scaled=False), self._percents[at]
        if found:
            return facts if derived.agrees(claim, found, facts[0], percent) else []
        return [one for one in facts if agrees(claim, one, percent)]


def is_marked(cell: Cell) -> bool:
    """Whether a mark, or words in brackets, at a cell or in its row say more of it."""
    passage = cell.claim.passage
    if passage.text.strip() != cell.claim.text:
        return True
    return any(_MARK.search(one.text) or "[^" in one.raw for one in (passage, *passage.row))


def fits_part(claim: Claim, facts: Sequence[Fact], way: str, percent: bool) -> bool:
    """Whether a number is what most of the facts give: those without one or two, or without all
    that have one value of a dimension; or what one of them is.
    """
    for part in _parts(facts):
        found = derived.give(part, way)
        if found and derived.agrees(claim, found, part[0], percent):
            return True
    return any(agrees(claim, one, percent) for one in facts)


def _parts(facts: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    if len(facts) <= _MOST_IN_PARTS:
        for left in (1, 2):
            yield from combinations(facts, len(facts) - left)
    pairs = islice(dict.fromkeys(chain(*(one.dimensions for one in facts))), _MOST_VALUES)
    for pair in pairs:
        yield [one for one in facts if pair not in one.dimensions]
