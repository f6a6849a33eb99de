"""Numerals as they stand in a source, and others in their form."""

import re
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from mirage_lint.claims.claim import FRACTION, Claim
from mirage_lint.claims.numerals import DIGITS, plain
from mirage_lint.core.interval import HALF
from mirage_lint.documents.source import Source

_NUMERAL = re.compile(DIGITS)
_MOST_PLACES = 12


class Written(NamedTuple):
    """A numeral as it stands in a source: of a fraction, what stands over the bar."""

    start: int
    text: str

    @property
    def places(self) -> int:
        """How many decimals it has."""
        return len(plain(self.text).partition(".")[2])

    @property
    def separator(self) -> str:
        """What stands between its thousands, empty where nothing does."""
        return next((one for one in self.text if not one.isdigit() and one != "."), "")


def written(claim: Claim, source: Source) -> Written | None:
    """The numeral of a claim; None where it stands in words, or in no form that is known."""
    digits = str(claim.numerator) if claim.kind == FRACTION else claim.digits
    return find(digits, source, *claim.passage.source_span(*claim.number))


def find(digits: str, source: Source, start: int, end: int) -> Written | None:
    """The first numeral in a span of the source that is ``digits``, whatever separates these."""
    for match in _NUMERAL.finditer(source.text, start, end):
        if plain(match.group()) == digits:
            return Written(match.start(), match.group())
    return None


def rendered(form: Written, value: Fraction) -> str:
    """``value`` with the decimals and the separators of ``form``."""
    unit = 10**form.places
    whole = int(abs(value) * unit + HALF)
    digits, decimals = divmod(whole, unit)
    text = f"{digits:,}".replace(",", form.separator)
    return f"{text}.{decimals:0{form.places}}" if form.places else text


def like(form: Written, value: Fraction, hedge: str, is_exact: bool) -> str:
    """``value``, which is not negative, as ``form`` would be written: in powers of ten, rounded as
    far, or, with ``is_exact``, to as many decimals as it takes; empty where that cannot be.
    """
    mantissa, mark, _ = re.split(r"([eE])", f"{form.text}e", maxsplit=1)[:3]
    if mark and mantissa != form.text:
        return _with_power(mantissa, form.text[len(mantissa)], value)
    if hedge and form.places == 0:
        value = _as_coarse(plain(form.text), value, hedge)
    text = rendered(form, value)
    if is_exact and Fraction(plain(text)) != value:
        places = next((n for n in range(_MOST_PLACES) if (value * 10**n).denominator == 1), 0)
        text = rendered(Written(0, f"{form.text.partition('.')[0]}.{'0' * places}"), value)
        return text if places else ""
    return text if value == 0 or Fraction(plain(text)) else ""


def _as_coarse(digits: str, value: Fraction, hedge: str) -> Fraction:
    """``value`` rounded to as many noughts as ``digits`` ends with: "about 2,000"."""
    unit = 10 ** (len(digits) - len(digits.rstrip("0")))
    if hedge == "least":
        return Fraction(floor(value / unit) * unit)
    if hedge == "most":
        return Fraction(ceil(value / unit) * unit)
    return Fraction(int(value / unit + HALF) * unit)


def _with_power(mantissa: str, mark: str, value: Fraction) -> str:
    """``value`` as "2e-4" is written; empty where it has more digits than fit."""
    power, rest = 0, value
    while rest and rest < 1:
        power, rest = power - 1, rest * 10
    while rest >= 10:
        power, rest = power + 1, rest / 10
    text = rendered(Written(0, mantissa), rest)
    return f"{text}{mark}{power}" if rest and Fraction(plain(text)) == rest else ""
