"""Facts that a claim may be about, turned so that a few of many are found by a look-up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from fractions import Fraction
from itertools import chain

from mirage_lint.binding.agreement import Scales, scales_of, told_as
from mirage_lint.claims.claim import Claim
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import stored
from mirage_lint.core.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NONE = Fraction(0)
_MOST_KEPT = 256
"""Pools that are kept at once."""
_STEP = 10**6
"""Into how many parts one is cut where values are looked up by their rank alone."""


class Pool(tuple[Fact, ...]):
    """Facts in the order of the registry; what is asked of all of them is worked out once."""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The dimensions that any of them has."""
        return frozenset(key for fact in self for key, _ in fact.dimensions)

    @cached_property
    def populations(self) -> frozenset[str]:
        """The populations that they are of."""
        return frozenset(fact.population for fact in self if fact.population)

    @cached_property
    def values(self) -> frozenset[Fraction]:
        """Their distinct values."""
        return frozenset(stored(*one)[0] for one in {(fact.value, fact.unit) for fact in self})

    @cached_property
    def families(self) -> frozenset[str]:
        """The runs that they are of."""
        return frozenset(fact.family for fact in self)

    def of(self, families: frozenset[object]) -> Pool:
        """Those of some families; all of them where none is told."""
        if not families:
            return self
        if families not in self._runs:
            make_room(self._runs)
            self._runs[families] = Pool(fact for fact in self if fact.family in families)
        return self._runs[families]

    def of_files(self, files: frozenset[str]) -> Pool:
        """Those that are written in some artifacts; none where none is told."""
        if files not in self._files:
            make_room(self._files)
            self._files[files] = Pool(fact for fact in self if fact.source.artifact in files)
        return self._files[files]

    @cached_property
    def _files(self) -> dict[frozenset[str], Pool]:
        return {}

    @cached_property
    def _runs(self) -> dict[frozenset[object], Pool]:
        return {}

    @cached_property
    def alike(self) -> dict[tuple[object, ...], list[Fact]]:
        """Those that are told apart by the numbers in the names of their files alone, as the same
        of several runs, by what they have in common.
        """
        found: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
        for fact in self:
            found[form(fact)].append(fact)
        return found

    def within(self, keys: Set[str]) -> list[Fact]:
        """Those that have no dimensions but ``keys``."""
        places = (self._by_keys[told] for told in self._by_keys if told <= keys)
        return [self[at] for at in sorted(chain.from_iterable(places))]

    @cached_property
    def _by_keys(self) -> dict[frozenset[str], list[int]]:
        """Where the facts of each set of dimensions are."""
        found: dict[frozenset[str], list[int]] = defaultdict(list)
        for at, fact in enumerate(self):
            found[frozenset(dict(fact.dimensions))].append(at)
        return found

    def at(self, told: Mapping[str, Iterable[object]]) -> list[Fact]:
        """Those that have one of the values that are told of each dimension, or nothing for it."""
        fitting = [self._having(key, told[key]) for key in told if key in self.keys]
        if not fitting:
            return list(self)
        return [self[at] for at in sorted(set.intersection(*fitting))]

    def _having(self, key: str, values: Iterable[object]) -> set[int]:
        places = self._places[key]
        return set().union(places.get(None, ()), *(places.get(value, ()) for value in values))

    @cached_property
    def _places(self) -> dict[str, dict[object, list[int]]]:
        """Per dimension, where the facts of each of its values are, None for those without it."""
        found: dict[str, dict[object, list[int]]] = {key: defaultdict(list) for key in self.keys}
        for at, fact in enumerate(self):
            told = dict(fact.dimensions)
            for key in self.keys:
                found[key][(key, told[key]) if key in told else None].append(at)
        return found

    def near(self, claim: Claim, percent: bool) -> Iterable[Fact]:
        """Those that may agree with a claim by their value."""
        if claim.value is None:
            return ()
        scales = scales_of(claim, percent)
        if scales not in self._ranked:
            self._ranked[scales] = _ranks(self, scales)
        return (self[at] for at in self._ranked[scales].within(*claim.value))

    @cached_property
    def _ranked(self) -> dict[Scales, _Ranks]:
        return {}


def make_room(kept: dict[Any, Any], most: int = _MOST_KEPT) -> None:
    """Forget what is kept where it is much: a text may tell facts apart in any number of ways."""
    if len(kept) >= most:
        kept.clear()


def form(fact: Fact) -> tuple[object, ...]:
    """What a fact has in common with that of the file of another run: all but the run, and the
    numbers in the name of the file.
    """
    path = re.sub(r"\d+", "0", fact.source.artifact)
    return path, fact.source.pointer, fact.metric, fact.population, fact.dimensions, fact.unit


def pooled(facts: Iterable[Fact]) -> Pool:
    """The facts as a pool, which they may be already."""
    return facts if isinstance(facts, Pool) else Pool(facts)


class _Ranks(NamedTuple):
    """Where facts are by what they may be told as: whole ``lows`` and ``highs`` in order of the
    lows, the ``widest`` apart, and ``counted`` facts, which are told in ways of their own.
    """

    lows: list[int]
    places: list[int]
    widest: int
    counted: list[int]

    def within(self, low: Fraction | None, high: Fraction | None) -> list[int]:
        """The places of the facts that are not wholly below ``low`` or above ``high``."""
        first = 0 if low is None else bisect_left(self.lows, _rank(low) - self.widest)
        last = len(self.lows) if high is None else bisect_right(self.lows, _rank(high))
        return sorted({*self.places[first:last], *self.counted})


def _ranks(facts: Iterable[Fact], scales: Scales) -> _Ranks:
    found: list[tuple[int, int]] = []
    widest, counted = 0, []
    for at, fact in enumerate(facts):
        if fact.numerator or fact.denominator:
            counted.append(at)
        for _, (least, most) in told_as(fact, scales):
            low, high = _rank(least or _NONE), _rank(most or _NONE)
            found.append((low, at))
            widest = max(widest, high - low)
    found.sort()
    return _Ranks([low for low, _ in found], [at for _, at in found], widest, counted)


def _rank(value: Fraction) -> int:
    return value.numerator * _STEP // value.denominator
