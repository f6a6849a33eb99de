"""One value where several sources tell it: the strongest tier wins, and the loser is named."""

from collections.abc import Iterable
from fractions import Fraction

from mirage_lint.core.facts import Fact, Overruled
from mirage_lint.core.interval import Interval, stored

_Key = tuple[str, str, str, tuple[tuple[str, str], ...], str]


def settle(facts: Iterable[Fact]) -> list[Fact]:
    """Facts of which no two tell the same thing of the same place.

    Values of the strongest tier stay, all of them where they differ; of those that agree, one.
    Values of weaker tiers that differ from all that stay go to ``overruled``.
    """
    groups: dict[_Key, list[Fact]] = {}
    for fact in facts:
        key = (fact.family, fact.metric, fact.population, fact.dimensions, fact.unit)
        groups.setdefault(key, []).append(fact)
    return [fact for group in groups.values() for fact in _settled(group)]


def _settled(group: list[Fact]) -> list[Fact]:
    if len(group) == 1:
        return group
    group = sorted(group, key=_weight)
    kept: list[Fact] = []
    losers: list[Fact] = []
    for fact in group:
        if any(agree(fact, other) for other in kept) or _is_told(fact, losers):
            continue
        (kept if fact.source.tier == group[0].source.tier else losers).append(fact)
    overruled = tuple(Overruled(fact.value, fact.source) for fact in losers)
    names = merged_names(fact.names for fact in group)
    return [fact._replace(names=names, overruled=overruled) for fact in kept]


def _is_told(fact: Fact, losers: list[Fact]) -> bool:
    """Whether its artifact already has the same value among the losers."""
    return any(
        fact.value == loser.value and fact.source.artifact == loser.source.artifact
        for loser in losers
    )


def _weight(fact: Fact) -> tuple[object, ...]:
    """Strongest first; then counts before rates, then any order that is always the same."""
    source = fact.source
    return (source.tier, not fact.numerator, source.artifact, source.pointer, fact.value)


def merged_names(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All names once, in the order in which they come."""
    return tuple(dict.fromkeys(name for group in groups for name in group))


def agree(left: Fact, right: Fact) -> bool:
    """Whether two values can be one: the same text, or numbers whose roundings meet."""
    if left.kind != right.kind or left.kind != "number":
        return left.kind == right.kind and left.value == right.value
    return _interval(left).overlaps(_interval(right))


def _interval(fact: Fact) -> Interval:
    exact: tuple[Fraction, Interval] = stored(fact.value, fact.unit)
    return exact[1]
