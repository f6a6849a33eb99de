"""Claims by status, of a document, of a family, of all."""

from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import NamedTuple

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, UNBOUND, VERIFIED, Binding

_TENTH = Decimal("0.1")


class Counts(NamedTuple):
    """How many claims there are, by status."""

    verified: int = 0
    contradicted: int = 0
    ambiguous: int = 0
    unbound: int = 0

    @property
    def claims(self) -> int:
        """All of them."""
        return sum(self)

    @property
    def verified_share(self) -> Fraction:
        """The part that is verified, from 0 to 1; all, where nothing is claimed."""
        return Fraction(self.verified, self.claims) if self.claims else Fraction(1)

    @property
    def percent(self) -> Decimal:
        """The same in percent, to a tenth and never rounded up: 100 is said of all only."""
        share = self.verified_share * 100
        exact = Decimal(share.numerator) / Decimal(share.denominator)
        return exact.quantize(_TENTH, ROUND_FLOOR)


def counts(bindings: Iterable[Binding]) -> Counts:
    """The claims of some bindings, counted."""
    status = Counter(one.status for one in bindings)
    return Counts(*(status[one] for one in (VERIFIED, CONTRADICTED, AMBIGUOUS, UNBOUND)))


def by_family(bindings: Iterable[Binding]) -> dict[str, Counts]:
    """The claims that are about each family, in order of name; a claim may be about several."""
    found: dict[str, list[Binding]] = {}
    for one in bindings:
        for family in {fact.family for fact in one.facts}:
            found.setdefault(family, []).append(one)
    return {family: counts(found[family]) for family in sorted(found)}
