"""Stored values: which text of an artifact is a number, and in what exact form it is kept."""

import re
from fractions import Fraction
from typing import NamedTuple

from mirage_lint.registry.numerals import COUNT, DECIMAL, SIZE, is_number

_COUNTS = re.compile(rf"(?P<numerator>{COUNT}) ?/ ?(?P<denominator>{SIZE})", re.ASCII)
_CELL = re.compile(rf"(?P<value>{DECIMAL}) ?(?P<percent>%?)(?: ?\({_COUNTS.pattern}\))?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?=\D|$)", re.ASCII)


class Value(NamedTuple):
    """A value as facts keep it; see `mirage_lint.core.facts.Fact` for the fields."""

    text: str
    numerator: str = ""
    denominator: str = ""
    unit: str = ""
    kind: str = "number"


def parse(text: str) -> Value | None:
    """The number that a cell holds: ``0.27``, ``1,234``, ``99.2%``, ``2/3``, ``66.7% (2/3)``.

    None if it holds none: words, an empty cell, a truth value, NaN, infinity, or more digits
    than `numerals.MAX_DIGITS`.
    """
    text = text.strip()
    counts = _COUNTS.fullmatch(text)
    if counts:
        return Value("/".join(counts.groups()), *counts.groups())
    grouped = _GROUPED.match(text)
    if grouped:
        text = grouped[0].replace(",", "") + text[grouped.end() :]
    cell = _CELL.fullmatch(text)
    if not cell:
        return None
    value = cell["value"].removeprefix("+") + cell["percent"]
    return Value(value, cell["numerator"] or "", cell["denominator"] or "")


def exact(text: str) -> Fraction | None:
    """A plain decimal or fraction exactly, or None if ``text`` is no such number."""
    return Fraction(text) if is_plain(text) else None


def is_plain(text: str) -> bool:
    """Whether ``text`` is a number and no percentage."""
    return is_number(text) and not text.endswith("%")


def written(value: Fraction) -> str:
    """Exact text of a result: ``4200``, ``0.35``, or ``2/3`` where two places do not hold it."""
    hundredths = value * 100
    if value.denominator == 1 or hundredths.denominator != 1:
        return str(value)
    sign, whole = "-" if value < 0 else "", abs(hundredths.numerator)
    return f"{sign}{whole // 100}.{whole % 100:02d}".rstrip("0")
