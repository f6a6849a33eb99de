"""Numbers that several facts give together: a mean over seeds, the best of some runs, a total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain, combinations

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import is_telling, on_scales, scales_of
from mirage_lint.binding.binding import (
    CONTRADICTED,
    GREATEST,
    LEAST,
    MEAN,
    MEDIAN,
    POOLED,
    ROUNDING,
    SUM,
    UNBOUND,
    VALUE,
    Binding,
    Derived,
)
from mirage_lint.binding.index import Index
from mirage_lint.binding.pool import form
from mirage_lint.claims.claim import FRACTION, QUANTITIES, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import Interval, stored
from mirage_lint.documents.passages import Passage

_UNTOLD = (MEAN, MEDIAN, POOLED)
"""Ways that a text need not tell: tables of means often say so nowhere."""
MOST_PARTS = 100
"""Facts that give one number: more are data."""
_MOST_HELD = 3
"""Facts of a binding whose kin are looked at."""
_MOST_KEYS = 4
_LONGEST = 2_000
"""Characters of a passage that are searched for what tells the way."""


def give(facts: Sequence[Fact], way: str) -> Derived | None:
    """What facts of one metric give; None where they are no several values of one kind."""
    first = facts[0] if 1 < len(facts) <= MOST_PARTS else None
    if first is None or any(not _is_like(one, first) for one in facts):
        return None
    keys = tuple(key for key, value in first.dimensions if _varies(key, value, facts))
    if way == POOLED:
        return _pooled(facts, keys)
    parts = [stored(one.value, one.unit) for one in facts]
    exact = _reduced([value for value, _ in parts], way)
    lows = [value if span.low is None else span.low for value, span in parts]
    highs = [value if span.high is None else span.high for value, span in parts]
    return Derived(way, exact, Interval(_reduced(lows, way), _reduced(highs, way)), keys)


def _is_like(one: Fact, first: Fact) -> bool:
    return (
        (one.metric, one.unit, one.population) == (first.metric, first.unit, first.population)
        and one.value.endswith("%") == first.value.endswith("%")
        and [key for key, _ in one.dimensions] == [key for key, _ in first.dimensions]
    )


def _varies(key: str, value: str, facts: Iterable[Fact]) -> bool:
    return any((key, value) not in one.dimensions for one in facts)


def _pooled(facts: Sequence[Fact], keys: tuple[str, ...]) -> Derived | None:
    """The rate over the rows of all of them, where each tells its count and its total."""
    if not all(one.numerator and one.denominator for one in facts):
        return None
    counts = sum(int(one.numerator) for one in facts), sum(int(one.denominator) for one in facts)
    exact = Fraction(*counts) if counts[1] else Fraction(0)
    return Derived(POOLED, exact, Interval(exact, exact), keys)


def _reduced(values: Sequence[Fraction], way: str) -> Fraction:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if way == LEAST:
        return ordered[0]
    if way == GREATEST:
        return ordered[-1]
    if way == MEDIAN:
        return (ordered[middle] + ordered[-1 - middle]) / 2
    total = sum(ordered, start=Fraction(0))
    return total if way == SUM else total / len(ordered)


def agrees(claim: Claim, derived: Derived, of: Fact, percent: bool) -> bool:
    """Whether a claim tells what facts like ``of`` give; ``percent`` as in `agreement.agrees`."""
    value = claim.value
    if value is None or claim.key or (claim.kind == FRACTION and derived.way != POOLED):
        return False
    is_percentage = of.value.endswith("%")
    scales = scales_of(claim, percent)
    told = on_scales(derived.exact, derived.interval, of.unit, is_percentage, scales)
    return any(value.holds(exact) or value.overlaps(interval) for exact, interval in told)


def explained(one: Binding, index: Index) -> Binding | None:
    """A claim that is held against a single fact and is what that fact gives with its kin: the mean
    over all seeds where the fact is of one. None where it is nothing of the kind.
    """
    claim = one.claim
    if one.status != CONTRADICTED or claim.kind not in QUANTITIES or one.derived:
        return None
    # What is right of another row is that row's, unless the text tells of something else.
    is_open = one.change in (VALUE, ROUNDING) and is_telling(claim)
    told_ways = ways_of(claim.passage)
    ways = dict.fromkeys((*told_ways, *(_UNTOLD if is_open else ())))
    for fact in one.facts[:_MOST_HELD]:
        for kin in _kin(fact, index):
            for found in filter(None, (give(kin, way) for way in ways)):
                is_told = found.way in told_ways or _are_repeated(kin, found.keys)
                if is_told and agrees(claim, found, fact, percent=True):
                    return Binding(claim, UNBOUND, tuple(kin), fits=True, derived=found)
    return None


def _are_repeated(kin: Iterable[Fact], keys: Iterable[str]) -> bool:
    """Whether facts are told apart by numbers alone, as seeds and folds are: their mean is told
    without saying so.
    """
    return all(dict(one.dimensions)[key].isdecimal() for one in kin for key in keys)


def _kin(fact: Fact, index: Index) -> Iterator[list[Fact]]:
    """Facts that differ from one in some of its dimensions, or in the number of its run alone."""
    of_metric = index.facts[words.key(fact.metric)]
    own = of_metric.of(frozenset({fact.family}))
    keys = [key for key, _ in fact.dimensions][:_MOST_KEYS]
    free = chain.from_iterable(combinations(keys, count) for count in range(1, len(keys) + 1))
    for some in free:
        kept = {key: [(key, value)] for key, value in fact.dimensions if key not in some}
        rows = own.at(kept)
        if len(rows) <= MOST_PARTS:
            yield [one for one in rows if _is_like(one, fact) and not tells_way(one)]
    runs = of_metric.alike.get(form(fact), [])
    if len(runs) <= MOST_PARTS:
        yield runs


def tells_way(fact: Fact) -> bool:
    """Whether a fact is itself what others give: that of the row ``mean``, or of all."""
    told = (word for _, value in fact.dimensions for word in words.split(value))
    return not all_ways().isdisjoint(told)


def ways_of(passage: Passage) -> list[str]:
    """The ways that a passage, the heads of a cell, or what leads there tell of."""
    heads = (*passage.row[:1], passage.column, passage.section, passage.intro)
    near = [passage, *filter(None, heads), *passage.headings[-1:]]
    return told({word for one in near for word in words.split(one.text[:_LONGEST])})


def told(said: Iterable[str]) -> list[str]:
    """The ways that words tell."""
    return [way for way, cues in _cues() if not cues.isdisjoint(said)]


def words_of(way: str) -> frozenset[str]:
    """The words that tell a way."""
    return dict(_cues())[way]


@cache
def _cues() -> tuple[tuple[str, frozenset[str]], ...]:
    """The words of each way."""
    known = vocabulary.load("words")
    lists = {
        MEAN: [*known["means"], "averaged"],
        MEDIAN: known["medians"],
        SUM: known["totals"],
        LEAST: known["least"],
        GREATEST: known["greatest"],
    }
    return tuple((way, frozenset(one for one in lists[way] if " " not in one)) for way in lists)


@cache
def all_ways() -> frozenset[str]:
    """The words that tell of any way, or of all rows."""
    known = vocabulary.load("words")
    return frozenset(chain(*(cues for _, cues in _cues()), known["wholes"], known["statistics"]))
