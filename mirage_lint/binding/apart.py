"""How far two facts lie apart: "tern is 22.2 points above finch in accuracy"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from mirage_lint import vocabulary
from mirage_lint.binding import plainly
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
from mirage_lint.core.spans import Span

_RATES = ("", "ratio", "percent")
_PERCENT, _HUNDRED = Fraction(1, 100), 100


def bind(claim: Claim, view: View, index: Index) -> Binding:
    """The binding of a number of points: right where its sentence names one metric and the two
    facts of it that are compared, and wrong only where the sentence says nothing besides.
    """
    sentence = view.sentence(claim)
    near = view.within(sentence)
    numbers = [one for one in view.numbers(sentence) if one.kind == POINTS]
    if len(numbers) != 1 or claim.value is None or view.is_denied(claim.start):
        return Binding(claim, UNBOUND)
    metrics = metrics_of(near)
    found = [(pair, _apart(*pair)) for one in sorted(metrics) if (pair := _pair(one, near, index))]
    if len(found) != 1:
        return Binding(claim, UNBOUND)
    pair, told = found[0]
    size, is_plain = _size(claim.value), _is_plain(claim, view, sentence, pair)
    given = Binding(claim, UNBOUND, pair, because=_because(pair), derived=told)
    if size.overlaps(told.interval):
        return given._replace(status=VERIFIED) if is_plain else given._replace(fits=True)
    is_slip = not claim.hedge and may_be_slip(told.interval, size)
    if not is_plain or len(metrics) > 1 or not is_slip:
        return Binding(claim, UNBOUND, pair)
    return given._replace(status=CONTRADICTED, change=VALUE)


def _size(value: Interval) -> Interval:
    """A number without its sign, that of a drop may be told or not."""
    return value.turned if value.high is not None and value.high < 0 else value


def _is_plain(claim: Claim, view: View, sentence: Span, pair: Sequence[Fact]) -> bool:
    """Whether a sentence compares, and says nothing besides what it compares."""
    text = view.passage.text[slice(*sentence)]
    keys = (word for fact in pair for key, _ in fact.dimensions for word in words.split(key))
    compares = not set(words.split(text)).isdisjoint(vocabulary.load("words")["comparing"])
    return compares and plainly.is_told(claim, view, sentence, keys)


def _because(pair: Sequence[Fact]) -> tuple[str, ...]:
    return (f"metric {pair[0].metric} by its sentence", "both sides by its sentence")


def _pair(metric: Phrase, near: Sequence[Mention], index: Index) -> tuple[Fact, Fact] | None:
    """The two facts of a metric that a sentence names; None where it names more or fewer, or
    leaves open which rows they are.
    """
    told: dict[str, set[Pair]] = {}
    for pair in _pairs(near):
        told.setdefault(pair[0], set()).add(pair)
    runs = frozenset(value for one in near if is_run(one) for value in one.values)
    if len(runs) != 2 and not any(len(pairs) == 2 for pairs in told.values()):
        return None
    facts = index.facts[metric].of(runs)
    fitting = [one for one in facts.at(told) if {key for key, _ in one.dimensions} <= told.keys()]
    if len(fitting) != 2 or len(facts.families) > max(len(runs), 1):
        return None
    one, other = fitting
    apart = _differing(one, other)
    is_of_runs = len(runs) == 2 and one.family != other.family and not apart
    is_of_rows = one.family == other.family and len(apart) == 1 and len(told[apart[0]]) == 2
    is_alike = (one.unit, one.population) == (other.unit, other.population)
    is_rate = one.unit in _RATES and max(map(abs, facts.values)) <= _HUNDRED
    return (one, other) if is_alike and is_rate and (is_of_runs or is_of_rows) else None


def _pairs(near: Iterable[Mention]) -> Iterable[Pair]:
    for one in near:
        for value in one.values if one.kind == DIMENSION else ():
            if isinstance(value, tuple):
                yield value


def _apart(one: Fact, other: Fact) -> Derived:
    """The difference of two rates, without its sign."""
    is_percent = any(abs(stored(fact.value, fact.unit)[0]) > 1 for fact in (one, other))
    (first, span), (second, wide) = (_rate(fact, is_percent) for fact in (one, other))
    low, high = _ends(span, first), _ends(wide, second)
    least, most = low[0] - high[1], low[1] - high[0]
    ends = sorted((abs(least), abs(most)))
    if least < 0 < most:  # they may be equal
        ends[0] = Fraction(0)
    return Derived(DIFFERENCE, abs(first - second), Interval(*ends), _differing(one, other))


def _differing(one: Fact, other: Fact) -> tuple[str, ...]:
    """The dimensions in which two facts differ."""
    return tuple(key for key, value in one.dimensions if (key, value) not in other.dimensions)


def _ends(span: Interval, exact: Fraction) -> tuple[Fraction, Fraction]:
    return exact if span.low is None else span.low, exact if span.high is None else span.high


def _rate(fact: Fact, is_percent: bool) -> tuple[Fraction, Interval]:
    """A rate on the scale of ratios; those that are stored as 85.3 are in percent."""
    exact, span = stored(fact.value, fact.unit)
    return (exact * _PERCENT, span.scaled(_PERCENT)) if is_percent else (exact, span)
