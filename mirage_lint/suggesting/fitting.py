"""Which offers fit a claim by value and by name, and how well."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.claims.claim import NUMBER, PERCENT, Claim
from mirage_lint.core import words
from mirage_lint.registry.units import Units
from mirage_lint.suggesting.asked import Asked
from mirage_lint.suggesting.offers import FACT, Offer, order

_HUNDRED = Fraction(100)
_LARGE = tuple(Fraction(10**power) for power in (3, 6, 9))
_MANY_DIGITS, _SOME_DIGITS = 4, 3
_HALF = Fraction(1, 2)
_MOST = 3
"""Offers that are kept for one claim."""


class Fit(NamedTuple):
    """An offer for a claim; the better, the higher ``score``. ``said`` are words of the offer's
    names that the text says.
    """

    score: Fraction
    offer: Offer
    said: tuple[str, ...]


class Fitter:
    """Offers in order of value, so that those that a number holds are found at once."""

    def __init__(self, offers: Iterable[Offer], units: Units) -> None:
        self._offers = sorted(offers, key=lambda offer: offer.value)
        self._values = [offer.value for offer in self._offers]
        self._units = units
        self._stems = [self._stems_of(offer) for offer in self._offers]
        differences = vocabulary.load("words")["differences"]
        self._differences = {stem for word in differences for stem in words.canonical(word)}

    def fits(self, asked: Asked) -> list[Fit]:
        """The best offers, whose value the claim holds and whose names fit; best first."""
        found: dict[tuple[object, ...], Fit] = {}
        for offer in self._held(asked):
            fit = self._fit(asked, offer)
            if fit and fit.score > getattr(found.get(fit.offer.entry), "score", -1):
                found[fit.offer.entry] = fit
        ranked = sorted(found.values(), key=_order)
        return ranked[:_MOST]

    def _stems_of(self, offer: Offer) -> frozenset[str]:
        """What of the offer's names a text must have some of."""
        names = (*(offer.parts or (offer.metric,)), self._units.counted(offer.metric))
        return frozenset(stem for name in names for stem in words.key(name))

    def _held(self, asked: Asked) -> Iterator[Offer]:
        """The offers whose value the claim says, less those that the text has no word of."""
        said, told = asked.claim.value, asked.near | asked.far
        for scale in _scales(asked):
            if said is None or said.low is None or said.high is None:
                return
            low = bisect_left(self._values, said.low * scale)
            high = bisect_right(self._values, said.high * scale)
            for at in range(low, high):
                offer = self._offers[at]
                if not told.isdisjoint(self._stems[at]) and _is_of_kind(asked.claim, offer):
                    yield offer

    def _fit(self, asked: Asked, offer: Offer) -> Fit | None:
        told = asked.near | asked.far
        names = [frozenset(words.key(name)) for name in offer.parts or (offer.metric,)]
        if asked.claim.unit and self._units.counted(offer.metric) == asked.claim.unit:
            names = [frozenset({*words.canonical(asked.claim.unit)})]
        near = min(_share(name, asked.near) for name in names)
        all_ = min(_share(name, told) for name in names)
        about = [stems for text in offer.about if (stems := frozenset(words.key(text)))]
        of = max((_share(stems, told) for stems in about), default=Fraction(1))
        if not self._is_enough(asked, offer, near, all_, of):
            return None
        said = _said((*(offer.parts or (offer.metric,)), *offer.about), told)
        score = 3 * near + 2 * all_ + 2 * of + min(asked.digits, 5) * _HALF
        return Fit(score - (2 if offer.parts else 0), _counted_in(offer, asked.claim.unit), said)

    def _is_enough(
        self, asked: Asked, offer: Offer, near: Fraction, all_: Fraction, of: Fraction
    ) -> bool:
        """Value alone is never enough: the fewer its digits, the more of the names is needed."""
        if offer.is_difference and self._differences.isdisjoint(asked.near):
            return False
        if offer.parts:
            return asked.digits >= 2 and near >= _HALF and all_ == 1
        if asked.digits >= _MANY_DIGITS:
            return all_ >= _HALF
        if asked.digits >= _SOME_DIGITS:
            return near == 1 or (near >= _HALF and of >= _HALF)
        return near == 1 and (of == 1 or offer.entry.kind != "table")


def _counted_in(offer: Offer, unit: str) -> Offer:
    """A single value as a fact in the unit that the text gives it."""
    entry = offer.entry
    if not unit or entry.kind != FACT or offer.parts:
        return offer
    return offer._replace(entry=entry._replace(settings=(*entry.settings, ("unit", unit))))


def _is_of_kind(claim: Claim, offer: Offer) -> bool:
    """A count is whole, and a percentage is none."""
    is_whole = offer.value.denominator == 1
    if claim.kind == PERCENT:
        return not is_whole
    return is_whole or claim.kind != NUMBER or not claim.digits.isdecimal()


def _order(fit: Fit) -> tuple[object, ...]:
    return (-fit.score, *order(fit.offer.entry), fit.offer.how)


def _scales(asked: Asked) -> list[Fraction]:
    """What a written number is to be multiplied by to be as stored.

    The claim's percentages are on the scale of ratios.
    """
    claim, one = asked.claim, Fraction(1)
    if claim.kind == PERCENT:
        return [one, _HUNDRED]
    if claim.kind == NUMBER and not claim.unit and "." in claim.digits:
        large = _LARGE if asked.digits >= _SOME_DIGITS else ()
        return [one, 1 / _HUNDRED, _HUNDRED, *large]
    return [one]


def _share(stems: frozenset[str], told: frozenset[str]) -> Fraction:
    return Fraction(len(stems & told), len(stems)) if stems else Fraction(0)


def _said(names: Iterable[str], told: frozenset[str]) -> tuple[str, ...]:
    """The words of names that a text says, in their order."""
    found = (word for name in names for word in words.split(name))
    telling = (word for word in found if len(word) > 1 and not word.isdigit())
    return tuple(dict.fromkeys(one for one in telling if set(words.canonical(one)) & told))
