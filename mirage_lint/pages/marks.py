"""Which claim stands at which characters of a document, where claims lie within one another."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, UNBOUND, VERIFIED

_WEIGHTS = {CONTRADICTED: 0, AMBIGUOUS: 0, VERIFIED: 1, UNBOUND: 2}


class Spot(NamedTuple):
    """A claim's half-open span in the text that is rendered, and its status."""

    start: int
    end: int
    status: str


class Mark(NamedTuple):
    """A stretch of the text that shows the claim ``number``, which counts from 0."""

    start: int
    end: int
    number: int


class Marks:
    """The stretches of a document that show claims, in order, none over another.

    Where spots overlap, what is wrong shows rather than what is right, and of two the shorter one.
    """

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.spots = spots
        self._marks = list(_painted(spots))
        self._starts = [mark.start for mark in self._marks]

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int, int | None]]:
        """The characters from ``start`` to ``end`` in stretches, each with the claim it shows."""
        at = start
        first = max(bisect_right(self._starts, start) - 1, 0)
        for mark in self._marks[first:]:
            if mark.start >= end:
                break
            low, high = max(mark.start, start), min(mark.end, end)
            if low < high:
                yield from [(at, low, None)] * (at < low)
                yield low, high, mark.number
                at = high
        if at < end:
            yield at, end, None

    def within(self, start: int, end: int) -> list[int]:
        """The claims that show between ``start`` and ``end``."""
        return [number for _, _, number in self.cut(start, end) if number is not None]


def _painted(spots: Sequence[Spot]) -> Iterator[Mark]:
    cuts = sorted({place for spot in spots for place in spot[:2]})
    waiting = sorted(range(len(spots)), key=lambda number: -spots[number].start)
    open_now: list[int] = []
    last: Mark | None = None
    for low, high in pairwise(cuts):
        while waiting and spots[waiting[-1]].start <= low:
            open_now.append(waiting.pop())
        open_now = [number for number in open_now if spots[number].end > low]
        best = min(open_now, key=lambda number: (*_order(spots[number]), number), default=None)
        if last and (best != last.number or low != last.end):
            yield last
            last = None
        if best is not None:
            last = Mark(last.start if last else low, high, best)
    if last:
        yield last


def _order(spot: Spot) -> tuple[int, int]:
    return _WEIGHTS[spot.status], spot.end - spot.start
