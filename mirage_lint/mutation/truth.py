"""What the facts behind a claim leave true, so that a change that is still true is none."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.claims.claim import FRACTION, Claim
from mirage_lint.claims.numerals import plain
from mirage_lint.core import words
from mirage_lint.core.facts import Fact, Registry
from mirage_lint.core.interval import Interval, point, says, stored
from mirage_lint.mutation.mutant import CODES, COLUMN, FAMILY, LAST, NOUN, POPULATION, ROUNDING

_LARGEST_POWER = 12
"""A table may tell billions, or percent: a fact is taken times every power of ten up to this."""
_USUAL = tuple(Fraction(10) ** power for power in (0, -2, 2, -3, 3, -6, 6, -9, 9))
"""As told, in percent, in thousands, millions, billions, or the other way round."""
_ARITHMETIC = "MIR301"


class Truth(NamedTuple):
    """A fact as a claim tells it: its value, and what its storing may have rounded away, both times
    ``scale``; ``kind`` is the claim's.
    """

    kind: str
    fact: Fact
    scale: Fraction
    exact: Fraction
    stored: Interval

    def allows(self, value: Interval) -> bool:
        """Whether a number that says ``value`` may be true of the fact."""
        return value.holds(self.exact) or value.overlaps(self.stored)


def truths(claim: Claim, facts: Iterable[Fact]) -> tuple[Truth, ...]:
    """How a claim that the facts bear out tells each of them."""
    return tuple(truth for fact in facts for truth in _truths(claim, claim.value, fact))


def _truths(claim: Claim, value: Interval | None, fact: Fact) -> Iterator[Truth]:
    if value is None or fact.kind != "number":
        return
    for exact, kept in _told(fact):
        for scale in _SCALES:
            truth = Truth(claim.kind, fact, scale, exact * scale, kept.scaled(scale))
            if truth.allows(value):
                yield truth
                break


_SCALES = tuple(
    Fraction(10) ** power for power in sorted(range(-_LARGEST_POWER, _LARGEST_POWER + 1), key=abs)
)


def _told(fact: Fact) -> Iterator[tuple[Fraction, Interval]]:
    """What a claim may tell of a fact: its value, and the two parts of a rate."""
    yield stored(fact.value, fact.unit)
    for part in (fact.numerator, fact.denominator):
        if part:
            yield Fraction(part), point(Fraction(part))


def value_of(claim: Claim, numeral: str) -> Interval | None:
    """What a claim says with another numeral in it; None where that cannot be told."""
    if claim.kind == FRACTION:
        digits = plain(numeral)
        is_whole = digits.isdecimal() and claim.denominator
        return point(Fraction(int(digits), claim.denominator)) if is_whole else None
    if claim.said is None or isinstance(claim.said, Interval):
        return None
    return says(plain(numeral), *claim.said[1:])


class Facts:
    """A registry's numbers, by value."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.of_metric: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for fact in registry.facts:
            if fact.kind == "number":
                self.of_metric[words.key(fact.metric)].append(fact)

    @cached_property
    def _by_value(self) -> list[tuple[Fraction, Fact]]:
        facts = (fact for facts in self.of_metric.values() for fact in facts)
        return sorted(((stored(one.value, one.unit)[0], one) for one in facts), key=_first)

    @cached_property
    def _values(self) -> list[Fraction]:
        return [value for value, _ in self._by_value]

    def holding(self, value: Interval, scale: Fraction) -> list[Fact]:
        """The facts whose value times ``scale`` a number says."""
        low, high = value
        start = 0 if low is None else bisect_left(self._values, low / scale)
        end = len(self._values) if high is None else bisect_right(self._values, high / scale)
        return [fact for _, fact in self._by_value[start:end]]

    def anywhere(self, value: Interval) -> bool:
        """Whether any number of the registry is what a number says, on a usual scale: what a tool
        finds that looks values up and nothing else.
        """
        low, high = value
        for scale in _USUAL:
            at = 0 if low is None else bisect_left(self._parts, low / scale)
            if at < len(self._parts) and (high is None or self._parts[at] * scale <= high):
                return True
        return False

    @cached_property
    def _parts(self) -> list[Fraction]:
        """All values, and the parts of rates."""
        facts = (fact for facts in self.of_metric.values() for fact in facts)
        return sorted({exact for fact in facts for exact, _ in _told(fact)})

    def codes(self, kind: str, claim: Claim, value: Interval, told: tuple[Truth, ...]) -> set[str]:
        """The rules that tell rightly of a changed number."""
        found = {CODES[kind]}
        if claim.group:
            found.add(_ARITHMETIC)
        if kind == LAST and any(_is_misrounded(value, truth) for truth in told):
            found.add(CODES[ROUNDING])
        for truth in told:
            found |= {_code(other, truth.fact) for other in self.holding(value, truth.scale)} - {""}
        return found


def _first(pair: tuple[Fraction, Fact]) -> Fraction:
    return pair[0]


def _is_misrounded(value: Interval, truth: Truth) -> bool:
    """Whether the fact lies between the number and its neighbour."""
    low, high = value
    if low is None or high is None:
        return False
    middle = (low + high) / 2
    return abs(truth.exact - middle) < high - low and truth.exact != middle


def _code(other: Fact, fact: Fact) -> str:
    """The rule that tells of ``other``'s value where ``fact``'s should stand; empty for none."""
    if words.key(other.metric) != words.key(fact.metric):
        lengths = vocabulary.load("words")["lengths"]
        is_length = other.unit in lengths and other.unit != fact.unit
        return CODES[NOUN] if is_length and other.family == fact.family else ""
    if other.family != fact.family:
        return CODES[FAMILY]
    if other.population != fact.population:
        return CODES[POPULATION]
    return CODES[COLUMN] if other.dimensions != fact.dimensions else ""
