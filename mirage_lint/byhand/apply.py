"""Bindings to bindings, those that comments bind in the place of what was read."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from mirage_lint.binding.binding import Binding
from mirage_lint.binding.index import Index
from mirage_lint.byhand import exact
from mirage_lint.byhand.said import Anchor, Problem
from mirage_lint.claims.claim import FRACTION
from mirage_lint.documents.passages import Document, Passage
from mirage_lint.documents.source import Source

_CELL = re.compile(r"\||\n|</?t[dhr]\b", re.IGNORECASE)
"""What ends a cell of a table."""
_PAIR = 2


class Applied(NamedTuple):
    """The bindings, and the comments that bind nothing."""

    bindings: list[Binding]
    problems: list[Problem]


def apply(
    bindings: Sequence[Binding],
    anchors: Sequence[Anchor],
    source: Source,
    document: Document,
    index: Index,
) -> Applied:
    """Bind each comment's claim to its fact, whatever it was read as."""
    places = _Places(bindings, source, document)
    bound: dict[int, Binding] = {}
    problems = list[Problem]()
    for anchor in anchors:
        at = places.of(anchor, bound)
        if at is None:
            told = _nothing(anchor, places.is_above_table(anchor))
            problems.append(Problem(told, (anchor.start, anchor.end)))
        else:
            for one in places.told_with(at):
                bound[one] = exact.bind(bindings[one].claim, anchor.fact, index)
    return Applied([bound.get(at, one) for at, one in enumerate(bindings)], problems)


def _nothing(anchor: Anchor, is_above_table: bool) -> str:
    if is_above_table:
        return "binds nothing: it stands above a table; put it into the cell that it is about"
    kind = "model" if anchor.fact.kind == "model" else "number"
    where = "in the block below it" if anchor.is_alone else "beside it, on its line or in its cell,"
    return f"binds nothing: no {kind} stands {where} that could be {anchor.fact.id}"


class _Places:
    """Where the claims of a document stand, and which of them a comment is about."""

    def __init__(self, bindings: Sequence[Binding], source: Source, document: Document) -> None:
        self._bindings, self._text = bindings, source.text
        self._spans = sorted(
            (*one.claim.passage.source_span(one.claim.start, one.claim.end), at)
            for at, one in enumerate(bindings)
            if one.equation is None
        )
        shown = (one for one in document.passages if one.text.strip())
        self._passages = sorted((_start(one), at, one) for at, one in enumerate(shown))

    def of(self, anchor: Anchor, bound: Container[int]) -> int | None:
        """The number of the binding that a comment is about."""
        if anchor.is_alone:
            found: Iterator[int] = self._below(anchor)
        elif self._text[anchor.end : anchor.line[1]].strip():
            found = chain(self._behind(anchor), self._before(anchor))
        else:
            found = chain(self._before(anchor), self._behind(anchor))
        fitting = (at for at in found if exact.fits(self._bindings[at].claim, anchor.fact))
        return next((at for at in fitting if at not in bound), None)

    def is_above_table(self, anchor: Anchor) -> bool:
        """Whether a comment stands alone, and a table comes next."""
        block = self._next(anchor) if anchor.is_alone else None
        return block is not None and bool(block.table)

    def _next(self, anchor: Anchor) -> Passage | None:
        """What comes next behind a comment."""
        first = bisect_left(self._passages, (anchor.end,))
        return self._passages[first][2] if first < len(self._passages) else None

    def told_with(self, at: int) -> list[int]:
        """The claim itself; of a fraction and its percentage, both."""
        claim = self._bindings[at].claim
        group = self._groups[id(claim.passage), claim.group] if claim.group else []
        kinds = [self._bindings[one].claim.kind for one in group]
        return group if len(kinds) == _PAIR and kinds.count(FRACTION) == 1 else [at]

    @cached_property
    def _groups(self) -> dict[tuple[int, int], list[int]]:
        """The bindings of each equation."""
        found: dict[tuple[int, int], list[int]] = {}
        for at, one in enumerate(self._bindings):
            found.setdefault((id(one.claim.passage), one.claim.group), []).append(at)
        return found

    def _below(self, anchor: Anchor) -> Iterator[int]:
        """Claims of the block below a comment; of a table, its cells have comments of their own."""
        block = self._next(anchor)
        if block is None:
            return
        for passage, at, _ in self._from(anchor.end):
            if passage is not block and not (block.block and passage.block == block.block):
                return
            if not passage.table:
                yield at

    def _behind(self, anchor: Anchor) -> Iterator[int]:
        """Claims behind a comment, in the passage or the cell that it stands in."""
        for passage, at, start in self._from(anchor.end):
            if _start(passage) > anchor.line[1] or self._is_apart(passage, anchor.end, start):
                return
            yield at

    def _from(self, offset: int) -> Iterator[tuple[Passage, int, int]]:
        """The claims from an offset on: passage, number, and where it starts."""
        for number in range(bisect_left(self._spans, (offset,)), len(self._spans)):
            start, _, at = self._spans[number]
            yield self._bindings[at].claim.passage, at, start

    def _before(self, anchor: Anchor) -> Iterator[int]:
        """Claims before a comment, on its line or in its cell, the nearest first."""
        for number in range(bisect_left(self._spans, (anchor.start,)) - 1, -1, -1):
            start, end, at = self._spans[number]
            passage = self._bindings[at].claim.passage
            if start < anchor.line[0] or self._is_apart(passage, end, anchor.start):
                return
            yield at

    def _is_apart(self, passage: Passage, start: int, end: int) -> bool:
        """Whether a cell ends between two places."""
        return bool(passage.table) and _CELL.search(self._text, start, end) is not None


def _start(passage: Passage) -> int:
    return passage.source_span(0, 1)[0]
