"""Wrong numerals in the form of right ones: their separators and decimals stay."""

from fractions import Fraction
from itertools import pairwise
from random import Random

from mirage_lint.claims.numerals import plain
from mirage_lint.fixing.numerals import Written, rendered


def last_digit(text: str, random: Random) -> str:
    """ "81.45" -> "81.42"."""
    at = max(at for at, one in enumerate(text) if one.isdigit())
    return _replaced(text, at, random.choice([one for one in "0123456789" if one != text[at]]))


def first_digit(text: str, random: Random) -> str:
    """ "81.45" -> "31.45", "0.05" -> "0.02"; empty for a numeral of one digit."""
    places = [at for at, one in enumerate(text) if one.isdigit()]
    at = next((at for at in places if text[at] != "0"), places[-1])
    if at == places[-1]:
        return ""
    return _replaced(text, at, random.choice([one for one in "123456789" if one != text[at]]))


def transposed(text: str, random: Random) -> str:
    """ "81.45" -> "84.15"; empty where no two neighbours differ."""
    places = [at for at, one in enumerate(text) if one.isdigit()]
    pairs = [
        (one, other)
        for one, other in pairwise(places)
        if text[one] != text[other] and not (one == places[0] and text[other] == "0")
    ]
    if not pairs:
        return ""
    one, other = random.choice(pairs)
    return _replaced(_replaced(text, one, text[other]), other, text[one])


def misrounded(text: str, exact: Fraction) -> str:
    """The numeral on the other side of ``exact``, which it rounds; empty where it is exact."""
    written = Fraction(plain(text))
    if written == exact:
        return ""
    step = Fraction(1, 10 ** len(plain(text).partition(".")[2]))
    other = written + (step if exact > written else -step)
    return rendered(Written(0, text), other) if other >= 0 else ""


def _replaced(text: str, at: int, new: str) -> str:
    return text[:at] + new + text[at + 1 :]
