"""Stretches of text, looked up by place in the time of a bisection."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

Span = tuple[int, int]
_BEHIND_ALL = sys.maxsize


class Spans:
    """Half-open spans in order; those that overlap are taken as they start."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def at(self, place: int) -> Span | None:
        """The span that ``place`` lies in."""
        at = bisect_right(self._spans, (place, _BEHIND_ALL)) - 1
        return self._spans[at] if at >= 0 and place < self._spans[at][1] else None

    def covers(self, start: int, end: int) -> bool:
        """Whether one of them holds ``start`` to ``end`` whole."""
        found = self.at(start)
        return found is not None and end <= found[1]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with ``start`` to ``end``."""
        at = bisect_left(self._spans, (end, 0)) - 1
        return at >= 0 and start < self._spans[at][1]


NOWHERE = Spans(())
"""No span at all."""
