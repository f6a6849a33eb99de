"""Whether a stated result may be a slip of what its calculation gives: then it was meant to be
that. One to which no slip leads is of something else, and the calculation was misread.
"""

from fractions import Fraction
from itertools import zip_longest

from mirage_lint.core.interval import Interval

_NEAR = Fraction(7, 10)
"""The least ratio of two values that are near one another."""
_FARTHEST = Fraction(1, 20)
"""The ratio below which one of two values was told in another unit, or is of something else."""
_FEWEST_FIGURES = 2
"""Figures from which on one of them may be mistyped; a single one is simply another number."""


def may_be_slip(left: Interval, result: Interval) -> bool:
    """Whether a result is near to what a calculation gives, or one figure away from it: another,
    one too many or too few, two that changed places, or the point. What is unbounded may be.
    """
    told = _middles(left, result)
    if told is None:
        return True
    true, stated, place = told
    ratio = _ratio(true, stated)
    if not _FARTHEST <= ratio < _NEAR:
        return ratio >= _NEAR
    return _is_figure_away(_figures(true, place), _figures(stated, place))


def is_inverted(left: Interval, result: Interval) -> bool:
    """ "3 / 4 = 1.33": whether a division was made the other way round."""
    told = _middles(left, result)
    return told is not None and told[0] != 0 and _ratio(1 / told[0], told[1]) >= _NEAR


def is_far(left: Interval, result: Interval) -> bool:
    """ "200×200 = 8M", "139/151 = 92.05": whether one is many times the other."""
    told = _middles(left, result)
    return told is not None and 0 < _ratio(*told[:2]) < _FARTHEST


def _middles(left: Interval, result: Interval) -> tuple[Fraction, Fraction, Fraction] | None:
    """What is true and what is stated, without their signs, and the place that was rounded to."""
    low, high = result
    if left.low is None or left.high is None or low is None or high is None:
        return None
    return abs(left.low + left.high) / 2, abs(low + high) / 2, high - low


def _ratio(one: Fraction, other: Fraction) -> Fraction:
    least, most = sorted((one, other))
    return least / most if most else Fraction(1)


def _figures(value: Fraction, place: Fraction) -> str:
    """The figures of a value to a place, without the noughts that tell its size."""
    whole = round(value / place) if place else value.numerator
    return str(whole).rstrip("0")


def _is_figure_away(one: str, other: str) -> bool:
    if one and one == other:
        return True
    if abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < _FEWEST_FIGURES:
        return False
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    apart = [at for at, (a, b) in enumerate(zip_longest(one, other)) if a != b]
    return len(apart) < 2 or (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )
