"""Whether a claim and a fact speak of the same kind of number, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.claims.claim import FRACTION, NUMBER, PERCENT, Claim
from mirage_lint.core import words
from mirage_lint.core.conversions import factors, is_measure, others
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import HALF, Interval, half_unit, stored

_HUNDREDTH, _HUNDRED = Fraction(1, 100), Fraction(100)
_RATIOS = frozenset({"ratio", "percent"})
_SPREADS = ("±", "+/-")
_MULTIPLE = "time"
_KIBI = 1024
_FEWEST_NINES = 3
_TENTH = Fraction(1, 10)
SCALES = (
    *(Fraction(10) ** power for power in range(-9, 10) if power),
    *(Fraction(60) ** power for power in (-2, -1, 1, 2)),
    *(Fraction(1024) ** power for power in (-3, -2, -1, 1, 2, 3)),
)
"""What a unit may be of another."""
_LAST_BITS = Fraction(1, 2**48)
_MANY_FIGURES = 8
"""Figures of a number that nobody reads off, but that a program writes."""
_FIGURES = 6
"""Figures that "%g" writes of a number."""
_BINARY = frozenset({"token", "byte"})
"""Units whose thousands are often 1,024: a context of "128K tokens" holds 131,072. So may be those
of what has no unit.
"""

Scales = tuple[bool, bool, bool, str]
"""Whether a claim is a percentage, may tell a rate in percent, counts in thousands; its unit."""


def comparable(claim: Claim, fact: Fact, named: bool, percent: bool = False) -> bool:
    """Whether ``fact`` could be what ``claim`` is about, by kind and unit alone.

    ``named`` says that the text names the fact's metric right at the number, so that a bare
    number may be a count: "epochs: 3"; ``percent`` that the context gives percent as the unit of
    bare numbers ("Acc. (%)").
    """
    if fact.kind != "number":
        return False
    is_rate = fact.unit in _RATIOS or (not fact.unit and _is_rate(fact.value))
    if claim.kind == PERCENT:
        return fact.unit in _RATIOS or (is_rate and claim.text[-1] == "%")
    if claim.kind == FRACTION:
        return is_rate or bool(fact.denominator)
    if claim.kind != NUMBER:
        return False
    if claim.unit:
        is_same = fact.unit == claim.unit or bool(factors(fact.unit, claim.unit))
        is_value = claim.key != "" and claim.unit != _MULTIPLE  # "alpha = 2x the rank"
        return is_same or (is_value and named)
    if is_rate and not claim.digits.isdecimal():
        return named or _is_at_most_one(claim.digits)
    if is_rate and not fact.denominator and not percent:
        return False  # a count of what the fact has as a rate
    return named


def sort_of(claim: Claim) -> tuple[object, ...]:
    """All of a claim that `comparable` looks at: claims of one sort may be about the same facts."""
    digits = claim.digits
    is_small = claim.kind == NUMBER and not digits.isdecimal() and _is_at_most_one(digits)
    is_percent = claim.kind == PERCENT and claim.text[-1] == "%"
    return claim.kind, claim.unit, bool(claim.key), digits.isdecimal(), is_small, is_percent


@cache
def _is_at_most_one(digits: str) -> bool:
    return Fraction(digits) <= 1


def is_count(fact: Fact) -> bool:
    """Whether the fact is a number of things."""
    return bool(fact.unit) and fact.unit not in _RATIOS


def _is_rate(value: str) -> bool:
    """Whether a stored value without a unit may be a rate: whole numbers are counts."""
    return not value.isdecimal()


def agrees(claim: Claim, fact: Fact, percent: bool = False) -> bool:
    """Whether the claim's number holds the fact's value; ``percent`` as in `comparable`."""
    value = claim.value
    if value is None or (claim.key and not _is_exact(claim, fact)):
        return False
    if claim.kind == FRACTION and fact.denominator:
        same = (str(claim.numerator), str(claim.denominator)) == (fact.numerator, fact.denominator)
        return same or value.holds(Fraction(int(fact.numerator), int(fact.denominator)))
    if claim.kind == NUMBER and claim.digits.isdecimal() and fact.numerator:
        return claim.digits in (fact.numerator, fact.denominator, _whole(claim, fact, percent))
    is_fraction = claim.kind == FRACTION
    for exact, interval in told_as(fact, scales_of(claim, percent)):
        if _meets(value, is_fraction, exact, interval):
            return True
    if is_fraction and _is_of_percent(claim, fact):
        return True
    return is_cut_off(claim, fact) or _are_nines(claim, fact)


def is_cut_off(claim: Claim, fact: Fact) -> bool:
    """Whether a value of six figures may have lost the others where it was written, as "%g" does:
    129348 is told as 129348.30, and 35088.6 as 35088.56.
    """
    whole, _, part = fact.value.partition(".")
    is_plain = claim.kind == NUMBER and not fact.unit and f"{whole}{part}".isdecimal()
    if not is_plain or len(f"{whole}{part}".lstrip("0")) != _FIGURES:
        return False
    if len(claim.digits.partition(".")[2]) <= len(part):
        return False
    exact, half = Fraction(fact.value), HALF / 10 ** len(part)
    return claim.value is not None and claim.value.overlaps(Interval(exact - half, exact + half))


def _is_of_percent(claim: Claim, fact: Fact) -> bool:
    """Whether a fraction is what a percentage was rounded from: 4/6 of 67."""
    number = fact.value.rstrip("%")
    if fact.unit != "percent" or "/" in number or claim.value is None:
        return False
    exact, reach = Fraction(number), half_unit(number)
    return claim.value.scaled(_HUNDRED).overlaps(Interval(exact - reach, exact + reach))


def _are_nines(claim: Claim, fact: Fact) -> bool:
    """Whether a number tells by its nines how near a rate comes to all: 0.99998 as "0.9999"."""
    digits = claim.digits.replace(".", "").lstrip("0")
    if len(digits) < _FEWEST_NINES or digits.strip("9") or fact.unit not in (*_RATIOS, ""):
        return False
    told = Fraction(claim.digits)
    whole = 1 if told < 1 else 100
    scaled = (exact for exact, _ in told_as(fact, (False, True, False, "")))
    is_near = whole - told <= whole * _TENTH
    return is_near and any(told <= exact < whole for exact in scaled)


def _is_exact(claim: Claim, fact: Fact) -> bool:
    """Whether a setting is written as it is stored, and not rounded: 0.1 is no 0.05."""
    _, reach = stored(fact.value, fact.unit)
    if claim.kind != NUMBER or claim.hedge or not reach.is_point or fact.denominator:
        return True
    low, high = claim.value or (None, None)
    if low is None or high is None:
        return True
    told = [exact for exact, _ in told_as(fact, scales_of(claim, percent=False))]
    return (low + high) * HALF in (*told, *(exact * 100 for exact in told))


def _whole(claim: Claim, fact: Fact, percent: bool) -> str:
    """A rate written as a whole number: "1" or "0", or whole percent under a head that says so."""
    exact, _ = stored(fact.value, fact.unit)
    exact *= 100 if percent else 1
    return claim.digits if claim.value is not None and claim.value.holds(exact) else ""


def scales_of(claim: Claim, percent: bool) -> Scales:
    """On which scales a claim may tell a fact's value; ``percent`` as in `comparable`."""
    is_fine = claim.kind == NUMBER and (percent or "." in claim.digits)
    return claim.kind == PERCENT, is_fine, scale(claim) == "1000", claim.unit


def told_as(fact: Fact, scales: Scales) -> tuple[tuple[Fraction, Interval], ...]:
    """The fact's value on each of the scales, with the interval that its storing rounded away."""
    return _scaled(fact.value, fact.unit, scales)


@cache
def _scaled(value: str, unit: str, scales: Scales) -> tuple[tuple[Fraction, Interval], ...]:
    return on_scales(*stored(value, unit), unit, value.endswith("%"), scales)


def on_scales(
    exact: Fraction, interval: Interval, unit: str, is_percentage: bool, scales: Scales
) -> tuple[tuple[Fraction, Interval], ...]:
    """A value of a unit, or a percentage that is stored as such, on each of the scales."""
    is_percent, is_fine, is_thousands, counted = scales
    if known := factors(unit, counted):
        return tuple((exact * factor, interval.scaled(factor)) for factor in known)
    values = [(exact, interval)]
    bare = not unit and not is_percentage
    if is_percent and bare and abs(exact) > 1:  # 85.3 is 85.3%, and 2.5 may be 250%
        values.append((exact * _HUNDREDTH, interval.scaled(_HUNDREDTH)))
    if is_fine and (unit in _RATIOS or (bare and exact <= 1)):
        # Tables tell rates in percent as often as not, with or without saying so.
        values.append((exact * 100, interval.scaled(Fraction(100))))
    if is_thousands and (not unit or unit in _BINARY) and exact and exact % _KIBI == 0:
        values.append((exact * 1000 / _KIBI, interval.scaled(Fraction(1000, _KIBI))))
    return tuple(values)


def scale(claim: Claim) -> str:
    """What the marks behind a plain number multiply it by: "1000" for "128K"."""
    return "1" if claim.said is None or isinstance(claim.said, Interval) else claim.said[1]


def _meets(value: Interval, is_fraction: bool, exact: Fraction, interval: Interval) -> bool:
    """Whether a claim's value holds the fact's; where it is written to more places than the fact
    was stored, or exactly, or where a float's last bits decide, whether it may be what was rounded.
    """
    if value.holds(exact):
        return True
    if interval.is_point or not value.overlaps(interval):
        return False
    return is_fraction or _is_finer(value, interval) or _is_float(exact, interval)


def _is_float(exact: Fraction, interval: Interval) -> bool:
    """Whether a value is stored to the last bits of a float, as 0.9312499999999999 for 0.93125."""
    return interval.high is not None and interval.high - exact <= abs(exact) * _LAST_BITS


def _is_finer(value: Interval, interval: Interval) -> bool:
    """Whether a claim's value is written to more places than the fact was stored."""
    if value.low is None or value.high is None or interval.low is None or interval.high is None:
        return False
    return value.high - value.low < interval.high - interval.low


def misrounded(claim: Claim, fact: Fact, percent: bool = False) -> bool:
    """Whether the claim is the fact's value rounded the wrong way at its last place; ``percent``
    as in `comparable`.
    """
    if not claim.digits or claim.hedge or claim.value is None or claim.kind == FRACTION:
        return False
    if "." not in claim.digits:
        return False
    low, high = claim.value
    if low is None or high is None:
        return False
    middle, half = (low + high) * HALF, (high - low) * HALF
    values = (exact for exact, _ in told_as(fact, scales_of(claim, percent)))
    return any(half < abs(exact - middle) < 2 * half for exact in values)


def is_far(claim: Claim, facts: Iterable[Fact]) -> bool:
    """Whether a number is off by more than a tenth of all that it may tell."""
    low, high = claim.value or (None, None)
    if low is None or high is None:
        return False
    scales = scales_of(claim, percent=True)  # as its table may tell it
    known = (exact for fact in facts for exact, _ in told_as(fact, scales))
    return all(abs(low + high - 2 * exact) > abs(2 * exact) * _TENTH for exact in known)


def is_on_other_scale(claim: Claim, facts: Iterable[Fact]) -> bool:
    """Whether a number may tell a fact's value in another unit: 1.51, of hours."""
    value = claim.value
    if value is None or value.holds(Fraction(0)):
        return False
    exact = {stored(fact.value, fact.unit)[0] for fact in facts}
    return any(value.holds(one * factor) for one in exact for factor in SCALES)


def is_told_otherwise(claim: Claim, fact: Fact) -> bool:
    """Whether a number that does not agree may tell the fact's value in another way: "-0.38%" a
    difference that is stored in points, "2/6" a count, "-15%" a drop that is stored without a sign,
    "4.6 s" what is stored as 4598.7, and "1.5M" what is as 1.53, in a unit that is not told.
    """
    if claim.value is None or not claim.digits.strip("0."):
        return False  # nought is so on every scale
    if claim.kind == FRACTION:
        return not fact.denominator and fact.value == str(claim.numerator)
    exact, _ = stored(fact.value, fact.unit)
    if _is_last_figure(claim, exact) or _is_of_whole(claim, fact):
        return True
    if _is_without_scale(fact, exact):
        letter = scale(claim)
        scales = others(claim.unit) if letter == "1" else (Fraction(letter),)
        if any(claim.value.holds(exact * one) for one in scales):
            return True
    in_points = (
        claim.kind == PERCENT and not fact.unit and claim.value.scaled(_HUNDRED).holds(exact)
    )
    if in_points or _changes().isdisjoint(words.split(fact.metric)):
        return in_points
    told = told_as(fact, scales_of(claim, percent=False))
    return any(claim.value.turned.holds(value) for value, _ in told)


def _is_without_scale(fact: Fact, exact: Fraction) -> bool:
    """Whether it is not known on which scale a value is stored: it has no unit, or is a part of
    what is counted in whole ones, as 1.53 parameters are.
    """
    is_count = fact.unit not in _RATIOS and not is_measure(fact.unit)
    return not fact.unit or (is_count and exact.denominator > 1)


def _is_of_whole(claim: Claim, fact: Fact) -> bool:
    """Whether a percentage is told to more places than one that is stored as a whole number."""
    number = fact.value.rstrip("%").lstrip("+-")
    if fact.unit != "percent" or not number.isdecimal() or claim.value is None:
        return False
    exact, half = stored(fact.value, fact.unit)[0], HALF / 100
    return claim.value.overlaps(Interval(exact - half, exact + half))


def _is_last_figure(claim: Claim, exact: Fraction) -> bool:
    """Whether a number of many figures is off by one in its last: it is worked out in another order
    of steps, or from rounded parts.
    """
    figures = claim.digits.partition("e")[0].replace(".", "").lstrip("0")
    low, high = claim.value or (None, None)
    if len(figures) < _MANY_FIGURES or low is None or high is None:
        return False
    return abs(low + high - 2 * exact) <= 3 * (high - low)


@cache
def _changes() -> frozenset[str]:
    """What a difference is called whose sign its name may tell already."""
    return frozenset(vocabulary.load("words")["changes"])


def tells_spread(claim: Claim) -> bool:
    """ "0.81 ± 0.02": whether a number is told with its spread, as a mean is."""
    return any(sign in claim.text for sign in _SPREADS)


def is_telling(claim: Claim) -> bool:
    """Whether the value is rare enough that another fact's having it is no chance: three digits
    that are not all noughts, or a fraction.
    """
    if claim.kind == FRACTION:
        return True
    digits = claim.digits.replace(".", "").lstrip("0")
    is_all = claim.kind == PERCENT and not digits.removeprefix("1").rstrip("0")
    return len(digits) >= 3 and bool(digits.rstrip("0")) and not is_all


def is_rare(claim: Claim) -> bool:
    """Whether a number is none that anything may have: 200, or 1.000."""
    return is_telling(claim) and figures(claim) > 1


def figures(claim: Claim) -> int:
    """How many figures of a number are no mere noughts: a fraction's are those of both parts."""
    if claim.kind == FRACTION:
        return len(f"{claim.numerator}{claim.denominator}")
    return len(claim.digits.partition("e")[0].replace(".", "").strip("0")) or 1
