"""Exact intervals: what a written or a stored number says. No floats anywhere."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache

from mirage_lint.core.record import NamedTuple

HALF, _TENTH = Fraction(1, 2), Fraction(1, 10)
_LONGEST_EXACT_DECIMALS = 2
"""A stored decimal of at most so many places is exact; a longer one was rounded when stored."""
_DIGITS_OF_A_DOUBLE = 15
_PRECISION_OF_A_DOUBLE = Fraction(1, 2**50)
"""What calculating with floats may leave wrong: their last bits."""


class Interval(NamedTuple):
    """All values from ``low`` to ``high``, both ends included; None is unbounded."""

    low: Fraction | None
    high: Fraction | None

    @property
    def is_point(self) -> bool:
        """Whether it holds one value only."""
        low, high = self
        return low is not None and high is not None and (low is high or not is_below(low, high))

    def holds(self, value: Fraction) -> bool:
        """Whether ``value`` lies in it, ends included."""
        low, high = self
        return not (low is not None and is_below(value, low)) and not (
            high is not None and is_below(high, value)
        )

    def overlaps(self, other: Interval) -> bool:
        """Whether they share more than an end, or a point lies in the other."""
        if self.is_point:
            return other.holds(self.low or Fraction(0))
        if other.is_point:
            return self.holds(other.low or Fraction(0))
        return _starts_below(self.low, other.high) and _starts_below(other.low, self.high)

    @property
    def turned(self) -> Interval:
        """Every value with the other sign."""
        low, high = self
        return Interval(None if high is None else -high, None if low is None else -low)

    def scaled(self, factor: Fraction) -> Interval:
        """Every value times a positive ``factor``."""
        low, high = self
        if factor == 1:
            return self
        return Interval(
            None if low is None else low * factor, None if high is None else high * factor
        )


def is_below(one: Fraction, other: Fraction) -> bool:
    """Whether ``one`` is less than ``other``: what `Fraction` says, in a fraction of its time."""
    return one.numerator * other.denominator < other.numerator * one.denominator


def _starts_below(low: Fraction | None, high: Fraction | None) -> bool:
    return low is None or high is None or is_below(low, high)


def point(value: Fraction) -> Interval:
    """The interval that holds ``value`` alone."""
    return Interval(value, value)


def half_unit(number: str) -> Fraction:
    """Half of the last place of a decimal: "99.2" -> 1/20, "1e-4" -> 1/20000, "12" -> 1/2."""
    mantissa, _, exponent = number.lower().partition("e")
    power = int(exponent or 0) - len(mantissa.partition(".")[2])
    return Fraction(10**power, 2) if power > 0 else Fraction(1, 2 * 10**-power)


@cache
def rounded(number: str) -> Interval:
    """Everything that rounds to the decimal ``number`` at its last written place."""
    value, half = Fraction(number), half_unit(number)
    return Interval(value - half, value + half)


@cache
def stored(value: str, unit: str) -> tuple[Fraction, Interval]:
    """A fact's value as a point, and the interval that its storing may have rounded away.

    ``value`` is a decimal, a fraction ``a/b`` or a percentage ``99.2%``; the result is on the
    scale of ratios for percentages and for the unit ``percent``.
    """
    number = value.rstrip("%")
    scale = Fraction(1, 100) if value.endswith("%") or unit == "percent" else Fraction(1)
    exact = Fraction(number) * scale
    places = len(number.partition(".")[2])
    if "/" in number or not places:
        return exact, point(exact)
    if places <= _LONGEST_EXACT_DECIMALS and not value.endswith("%"):
        return exact, point(exact)
    reach = half_unit(number) * scale
    if len(number.replace(".", "").lstrip("0")) >= _DIGITS_OF_A_DOUBLE:
        reach = max(reach, abs(exact) * _PRECISION_OF_A_DOUBLE)
    return exact, Interval(exact - reach, exact + reach)


Said = Interval | tuple[str, str, str, bool]
"""What a written number says, or what `says` works it out from: for most it is never asked."""


def interval(said: Said) -> Interval:
    """What a number says, worked out."""
    return said if isinstance(said, Interval) else says(*said)


@lru_cache(maxsize=4096)
def says(digits: str, scale: str, hedge: str, is_negative: bool) -> Interval:
    """What a plain numeral says, times ``scale``: all that rounds to it, or that its hedge allows.

    ``hedge`` is "", "about", "least" or "most".
    """
    value = _hedged(rounded(digits), digits, hedge)
    if is_negative:
        value = value.turned
    return value if scale == "1" else value.scaled(Fraction(scale))


def _hedged(exact: Interval, digits: str, hedge: str) -> Interval:
    """What a hedged number says; "about" reaches half of its last digit that is not 0, at most a
    tenth of it, at least its rounding.
    """
    if hedge == "least":
        return Interval(exact.low, None)
    if hedge == "most":
        return Interval(None, exact.high)
    if hedge != "about":
        return exact
    value, half = Fraction(digits), half_unit(digits)
    zeros = len(digits) - len(digits.rstrip("0")) if digits.isdecimal() else 0
    reach = max(min(half * 10**zeros, value * _TENTH), half)
    return Interval(value - reach, value + reach)
