"""What the cells of one table say of one another: totals, means, shares of a count, differences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache

from mirage_lint import vocabulary
from mirage_lint.claims.claim import Equation
from mirage_lint.core.interval import half_unit
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.passages import Passage

_MOST_CELLS = 20_000
"""Cells of a table that is looked at as a whole."""
_MARKS = " *_`:.↑↓"
_FIGURE = (
    r"(?P<before>[$€£¥]?)(?P<sign>[+\-−]?)"
    r"(?P<digits>(?:\d{1,3}(?:,\d{3}){1,9}|\d{1,30})(?:\.\d{1,30})?)"
    r"\s?(?P<after>%|[A-Za-zµ]{0,8})"
)
# As text, since few tables need it: it is compiled where it is used.
_FRACTION = r"\W{0,4}\d[\d,]*\s?/\s?\d"
_COUNT_TOLD = re.compile(r"\b[nN]\s?=\s?\d")


class Figure(NamedTuple):
    """A cell that is a number and nothing else; ``unit`` is what stands around its digits."""

    unit: str
    digits: str
    value: Fraction

    @property
    def half(self) -> Fraction:
        """Half of its last place."""
        return half_unit(self.digits)


class Grid(NamedTuple):
    """A table of which every row has one cell below each head."""

    heads: list[Passage]
    rows: list[list[Passage]]


def equations(table: list[Passage]) -> Iterator[Equation]:
    """Cells of a table that others of it show to be wrong."""
    if len(table) > _MOST_CELLS:
        return
    tallies = any(_may_tally(one) for one in table)
    changes = any(_may_change(one) for one in table)
    shares = any(_may_share(one) for one in table) or _COUNT_TOLD.search(_intro(table))
    if not (tallies or shares or changes) or not (grid := _grid(table)):
        return
    if tallies:
        from mirage_lint.claims import sums

        yield from sums.equations(grid)
    if shares:
        from mirage_lint.claims import columns

        yield from columns.equations(grid)
    if changes:
        from mirage_lint.claims import deltas

        yield from deltas.equations(grid)


def _intro(table: list[Passage]) -> str:
    """What leads into a table."""
    return table[0].intro.raw if table and table[0].intro else ""


def _may_tally(passage: Passage) -> bool:
    """A cheap test whether a cell may be the name of a total or a mean."""
    if passage.kind not in ("head", "row"):
        return False
    return passage.raw.lstrip("*_ ").lower().startswith(_cues())


def _may_change(passage: Passage) -> bool:
    """A cheap test whether a head may tell of a difference."""
    return passage.kind == "head" and _has_change(passage.raw)


@lru_cache(maxsize=1024)
def _has_change(head: str) -> bool:
    text = head.lower()
    return any(cue in text for cue in _changes())


@cache
def _changes() -> tuple[str, ...]:
    words = vocabulary.load("words")
    return ("δ", *words["changes"], *words["deltas"])


def _may_share(passage: Passage) -> bool:
    """A cheap test whether a cell may tell a part of a count, or how many there are."""
    raw = passage.raw
    if passage.kind == "head":
        return "=" in raw or raw.strip(_MARKS).lower() == "n"
    return "/" in raw and re.match(_FRACTION, raw) is not None


@cache
def _cues() -> tuple[str, ...]:
    words = vocabulary.load("words")
    return (*words["totals"], *words["means"], *words["wholes"])


def _grid(table: list[Passage]) -> Grid | None:
    """The table, if it is a plain one: no merged cell, no row that is short or long."""
    rows: list[list[Passage]] = []
    for passage in table:
        if passage.kind == "row" and not passage.left:
            rows.append([])
        if passage.kind in ("row", "cell"):
            if not rows:
                return None
            rows[-1].append(passage)
    heads = [one.column for one in rows[0]] if rows else []
    if not heads or None in heads or len({id(one) for one in heads}) < len(heads):
        return None
    keys = [id(one) for one in heads]
    is_plain = all([id(one.column) for one in row] == keys for row in rows)
    return Grid([one for one in heads if one], rows) if is_plain else None


def name(passage: Passage) -> str:
    """What a cell is called: in lower case, without the unit in brackets behind it."""
    text = passage.text.strip()
    for opens, closes in ("()", "[]"):
        if text.endswith(closes):
            text = text.rpartition(opens)[0]
    return text.strip(_MARKS).lower()


def figure(passage: Passage) -> Figure | None:
    """The number that a cell is; None where it says anything else besides."""
    match = _figure().fullmatch(passage.text.strip())
    if match is None:
        return None
    digits = match["digits"].replace(",", "")
    value = Fraction(digits)
    is_negative = match["sign"] in ("-", "−")
    return Figure(match["before"] + match["after"], digits, -value if is_negative else value)


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(_FIGURE)
