"""Units that measure the same: a minute is 60 seconds."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from mirage_lint import vocabulary


@cache
def factors(unit: str, other: str) -> tuple[Fraction, ...]:
    """How many of ``other`` one ``unit`` is, in each way that people count: a megabyte is 1,000 or
    1,024 kilobytes. Nothing where the two do not measure the same, or are one unit.
    """
    sizes, others = _sizes().get(unit), _sizes().get(other)
    if sizes is None or others is None or sizes[0] != others[0] or unit == other:
        return ()
    ways = max(len(sizes[1]), len(others[1]))
    pairs = zip(_in(ways, sizes[1]), _in(ways, others[1]), strict=True)
    return tuple(dict.fromkeys(own / its for own, its in pairs))


@cache
def others(unit: str) -> tuple[Fraction, ...]:
    """How many of ``unit`` each other unit is that measures the same."""
    return tuple({factor: None for other in _sizes() for factor in factors(other, unit)})


def is_measure(unit: str) -> bool:
    """Whether ``unit`` measures, as seconds do, and counts no things."""
    return unit in _sizes()


def _in(ways: int, sizes: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return sizes if len(sizes) == ways else sizes * ways


@cache
def _sizes() -> dict[str, tuple[str, tuple[Fraction, ...]]]:
    """Each unit's base unit, and how many of that it is."""
    found: dict[str, tuple[str, tuple[Fraction, ...]]] = {}
    for base, units in vocabulary.load("conversions").items():
        found[base] = base, (Fraction(1),)
        for unit, sizes in units.items():
            found[unit] = base, tuple(map(Fraction, sizes))
    return found
