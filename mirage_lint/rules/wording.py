"""How findings speak of facts and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from mirage_lint.binding.binding import Derived
from mirage_lint.claims.claim import NUMBER, PERCENT, POINTS, Claim
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import stored

_MOST_NAMED = 3
_LONGEST_PART = 8
"""Decimals of a stored value that is told as it is stored."""
_MOST_MORE = 6
_MOST_PLACES = 12
"""Decimals of what several values give."""


def decimal(value: Fraction, places: int) -> str:
    """``value`` to at most ``places`` decimals, half to even, trailing noughts dropped."""
    scaled = round(value * 10**places)
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(places + 1, "0")
    if not places:
        return sign + digits
    return (sign + digits[:-places] + "." + digits[-places:]).rstrip("0").rstrip(".")


def counted(number: int, noun: str, many: str = "") -> str:
    """ "1 fact", "2 facts"; ``many`` is the noun of several where that takes more than an s."""
    return f"{number} {noun if number == 1 else many or f'{noun}s'}"


def value(fact: Fact, claim: Claim | None = None) -> str:
    """A fact's value as a claim of its kind would tell it: "1/371 (0.27%)", "600 steps"."""
    if fact.kind != "number":
        return fact.value
    exact, _ = stored(fact.value, fact.unit)
    is_percent = claim is not None and claim.kind in (PERCENT, POINTS)
    is_rate = fact.unit in ("ratio", "percent") or is_percent
    if is_rate:
        if claim is not None and claim.kind == NUMBER and "." in claim.digits:
            shown = _telling(exact, max(2, _places(claim) + 1))
        else:
            percent = exact * (1 if not fact.unit and exact > 1 else 100)
            shown = f"{_telling(percent, max(2, _places(claim) + 1))}%"
        return f"{fact.numerator}/{fact.denominator} ({shown})" if fact.denominator else shown
    if fact.unit and exact.denominator == 1:
        return f"{exact.numerator:,} {noun(fact.unit, exact == 1)}"
    if "/" in fact.value:
        return f"{decimal(exact, 4)} ({fact.value})"
    if len(fact.value.partition(".")[2]) <= _LONGEST_PART:
        return fact.value
    return _telling(exact, max(4, _places(claim) + 2))


def _places(claim: Claim | None) -> int:
    """How many decimals a claim has."""
    return len(claim.digits.partition(".")[2]) if claim else 0


def _telling(exact: Fraction, places: int) -> str:
    """A value to so many places, or to more where it is small, or where it would else end with a
    five that it was rounded to: 62.3465 would be 62.35, and that would be 62.4.
    """
    for more in range(places, places + _MOST_MORE):
        shown = decimal(exact, more)
        is_told = Fraction(shown) == exact or not shown.endswith("5")
        if is_told and len(shown.replace(".", "").lstrip("-0")) > 1:
            return shown
    return decimal(exact, places + _MOST_MORE)


def noun(unit: str, is_one: bool) -> str:
    """A unit in words: "step", "steps", "entries"."""
    if is_one or unit.endswith("s"):
        return unit
    is_y = unit.endswith("y") and unit[-2:-1] not in "aeiou"
    return f"{unit[:-1]}ies" if is_y else f"{unit}s"


def given(derived: Derived, facts: Sequence[Fact], claim: Claim | None = None) -> str:
    """What several facts give together, as a claim would tell it."""
    whole = decimal(derived.exact, _MOST_PLACES)
    return value(facts[0]._replace(value=whole, numerator="", denominator=""), claim)


def points(exact: Fraction, claim: Claim) -> str:
    """A difference of rates: "22.2 points"."""
    return f"{_telling(exact * 100, max(2, _places(claim) + 1))} points"


def over(derived: Derived, facts: Sequence[Fact]) -> str:
    """What a derived number is of: "of 3 values, by seed", "of 5 files"."""
    if not derived.keys:
        return f"of {counted(len(facts), 'file')}"
    return f"of {counted(len(facts), 'value')}, by {joined(derived.keys, 'and')}"


def values(facts: Iterable[Fact], claim: Claim | None = None) -> str:
    """The distinct values of ``facts``: "a", "a or b", "a, b or 4 others"."""
    distinct = list(dict.fromkeys(value(fact, claim) for fact in facts))
    more = len(distinct) - _MOST_NAMED
    if more > 0:
        distinct[_MOST_NAMED:] = [f"{more} other{'s' if more > 1 else ''}"]
    return joined(distinct)


def joined(parts: Iterable[str], word: str = "or") -> str:
    """ "a", "a or b", "a, b or c"."""
    *head, last = parts
    return f"{', '.join(head)} {word} {last}" if head else last


def families(facts: Iterable[Fact]) -> str:
    """The families of ``facts``, each once."""
    return joined(dict.fromkeys(fact.family for fact in facts), "and")


def slots(fact: Fact, other: Fact | None = None) -> str:
    """Population and dimensions of a fact: "degraded, system base"; beside another fact, only
    those in which they differ.
    """
    population, known = (other.population, other.dimensions) if other else ("", ())
    parts = [fact.population] if fact.population != population else []
    parts += [f"{key} {one}" for key, one in fact.dimensions if (key, one) not in known]
    return ", ".join(parts) or (slots(fact) if other else "")
