"""How far two facts lie apart: "tern is 22.2 points above finch in accuracy"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from mirage_lint import vocabulary
from mirage_lint.binding.binding import (
    CONTRADICTED,
    DIFFERENCE,
    UNBOUND,
    VALUE,
    VERIFIED,
    Binding,
    Derived,
)
from mirage_lint.binding.index import DIMENSION, Index, Phrase
from mirage_lint.binding.mentions import Mention, is_run, metrics_of
from mirage_lint.binding.records import Pair
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import POINTS, Claim
from mirage_lint.claims.slips import may_be_slip
from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import Interval, stored

_RATES = ("", "ratio", "percent")
_PERCENT = Fraction(1, 100)


def bind(claim: Claim, view: View, index: Index) -> Binding:
    """The binding of a number of points: judged where its sentence names one metric and the two
    facts of it that are compared, and states no other such number.
    """
    sentence = view.sentence(claim)
    near = view.within(sentence)
    metrics = metrics_of(view.within(view.clause(claim))) or metrics_of(near)
    numbers = [one for one in view.numbers(sentence) if one.kind == POINTS]
    if not metrics or len(numbers) != 1 or claim.value is None or view.is_denied(claim.start):
        return Binding(claim, UNBOUND)
    pairs = [pair for one in sorted(metrics) if (pair := _pair(one, near, index))]
    found = {pair: _apart(*pair) for pair in pairs}
    for pair, told in found.items():
        if claim.value.overlaps(told.interval):
            return Binding(claim, VERIFIED, pair, because=_because(pair), derived=told)
    if len(found) != 1 or len(pairs) < len(metrics) or not _is_compared(view, sentence):
        return Binding(claim, UNBOUND)
    pair, told = next(iter(found.items()))
    if claim.hedge or not may_be_slip(told.interval, claim.value):
        return Binding(claim, UNBOUND, pair)
    return Binding(claim, CONTRADICTED, pair, VALUE, because=_because(pair), derived=told)


def _because(pair: Sequence[Fact]) -> tuple[str, ...]:
    return (f"metric {pair[0].metric} by its sentence", "both sides by its sentence")


def _pair(metric: Phrase, near: Sequence[Mention], index: Index) -> tuple[Fact, Fact] | None:
    """The two facts of a metric that a sentence names; None where it names more or fewer, or
    leaves open which rows they are.
    """
    told: dict[str, set[str | None]] = {}
    for key, value in _pairs(near):
        told.setdefault(key, set()).add(value)
    runs = {str(value) for one in near if is_run(one) for value in one.values}
    facts = [one for one in index.facts[metric] if one.unit in _RATES]
    if runs:
        facts = [one for one in facts if one.family in runs]
    fitting = [one for one in facts if _fits(one, told)]
    if len(fitting) != 2 or len({one.family for one in facts}) > max(len(runs), 1):
        return None
    one, other = fitting
    apart = _differing(one, other)
    is_of_runs = len(runs) == 2 and one.family != other.family and not apart
    is_of_rows = one.family == other.family and len(apart) == 1 and len(told[apart[0]]) == 2
    is_alike = (one.unit, one.population) == (other.unit, other.population)
    return (one, other) if is_alike and (is_of_runs or is_of_rows) else None


def _pairs(near: Iterable[Mention]) -> Iterable[Pair]:
    for one in near:
        for value in one.values if one.kind == DIMENSION else ():
            if isinstance(value, tuple):
                yield value


def _fits(fact: Fact, told: dict[str, set[str | None]]) -> bool:
    """Whether a fact has a value that is told of each of its dimensions."""
    own = dict(fact.dimensions)
    return own.keys() <= told.keys() and all(own[key] in told[key] for key in own)


def _apart(one: Fact, other: Fact) -> Derived:
    """The difference of two rates, without its sign."""
    (first, span), (second, wide) = (_rate(fact) for fact in (one, other))
    low, high = _ends(span, first), _ends(wide, second)
    ends = sorted((abs(low[0] - high[1]), abs(low[1] - high[0])))
    return Derived(DIFFERENCE, abs(first - second), Interval(*ends), _differing(one, other))


def _differing(one: Fact, other: Fact) -> tuple[str, ...]:
    """The dimensions in which two facts differ."""
    return tuple(key for key, value in one.dimensions if (key, value) not in other.dimensions)


def _ends(span: Interval, exact: Fraction) -> tuple[Fraction, Fraction]:
    return exact if span.low is None else span.low, exact if span.high is None else span.high


def _rate(fact: Fact) -> tuple[Fraction, Interval]:
    """A rate on the scale of ratios; one that is stored as 85.3 is in percent."""
    exact, span = stored(fact.value, fact.unit)
    is_percent = not fact.unit and not fact.value.endswith("%") and abs(exact) > 1
    return (exact * _PERCENT, span.scaled(_PERCENT)) if is_percent else (exact, span)


def _is_compared(view: View, sentence: tuple[int, int]) -> bool:
    """Whether the words of a sentence compare."""
    known = vocabulary.load("words")
    said = words.split(view.passage.text[slice(*sentence)])
    return not set(said).isdisjoint((*known["comparing"], *known["changes"]))
