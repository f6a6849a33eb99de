"""Exact sums of stored numbers, quick enough for millions of them."""

import re
from fractions import Fraction

from mirage_lint.errors import MirageError
from mirage_lint.registry import values
from mirage_lint.registry.numerals import MAX_DIGITS

MAX_BITS = 4096
"""Bits of the denominator of a sum on the way: that of fractions grows with each that is added."""

_DECIMAL = re.compile(r"([+-]?[0-9]*+)\.?([0-9]*+)(?:[eE]([+-]?[0-9]++))?")


class Total:
    """A sum to which the texts of numbers are added one by one.

    Decimals are whole numbers of some power of ten, and are summed power by power.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._powers: dict[int, int] = {}
        self._fractions = Fraction(0)

    def add(self, text: str) -> bool:
        """Add the number that ``text`` writes; whether it writes one."""
        if text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS:
            self._powers[0] = self._powers.get(0, 0) + int(text)
            return True
        exact = values.exact(text) if "/" in text else None
        if exact is not None:
            self._add_fraction(exact)
            return True
        decimal = _DECIMAL.fullmatch(text) if values.is_plain(text) else None
        if not decimal:
            return False
        whole, places, exponent = decimal.groups()
        power = int(exponent or 0) - len(places)
        self._powers[power] = self._powers.get(power, 0) + int(whole + places)
        return True

    def value(self) -> Fraction:
        """The sum."""
        decimals = (Fraction(10) ** power * number for power, number in self._powers.items())
        return sum(decimals, start=self._fractions)

    def _add_fraction(self, exact: Fraction) -> None:
        self._fractions += exact
        if self._fractions.denominator.bit_length() > MAX_BITS:
            problem = f"the sum passes through a number of more than {MAX_BITS} bits"
            raise MirageError(self._where, problem, "write the column as decimals")
