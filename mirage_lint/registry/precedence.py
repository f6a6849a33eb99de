"""One value where several sources tell it: the strongest tier wins, and the loser is named."""

from collections.abc import Iterable

from mirage_lint.core.facts import Fact, Overruled
from mirage_lint.core.interval import Interval, stored
from mirage_lint.errors import MirageError

MAX_RIVALS = 1000
"""Different values of one metric in one place, of the strongest tier."""

_Key = tuple[str, str, str, tuple[tuple[str, str], ...], str, str]


def settle(facts: Iterable[Fact]) -> list[Fact]:
    """Facts of which no two tell the same thing of the same place.

    Values of the strongest tier stay, all of them where they differ; of those that agree, one.
    Values of weaker tiers that differ from all that stay go to ``overruled``.
    """
    groups: dict[_Key, list[Fact]] = {}
    for fact in facts:
        key = (fact.family, fact.metric, fact.population, fact.dimensions, fact.unit, fact.kind)
        groups.setdefault(key, []).append(fact)
    return [fact for group in groups.values() for fact in _settled(group)]


def _settled(group: list[Fact]) -> list[Fact]:
    if len(group) == 1:
        return group
    group = sorted(group, key=_weight)
    strongest = group[0].source.tier
    kept = _different([fact for fact in group if fact.source.tier == strongest])
    losers = [fact for fact in _once(group) if fact.source.tier != strongest]
    losers = [fact for fact in losers if not any(agree(fact, winner) for winner in kept)]
    names = merged_names(fact.names for fact in group)
    overruled = tuple(Overruled(fact.value, fact.source) for fact in losers)
    return [fact._replace(names=names, overruled=overruled) for fact in kept]


def _once(facts: list[Fact]) -> list[Fact]:
    """Of facts that one artifact tells in the same text, the first."""
    first = {(fact.value, fact.source.artifact): fact for fact in reversed(facts)}
    return list(first.values())[::-1]


def _different(facts: list[Fact]) -> list[Fact]:
    """Of facts that agree, the first."""
    facts = list({fact.value: fact for fact in reversed(facts)}.values())[::-1]
    if facts[0].kind != "number":
        return facts
    if len(facts) > MAX_RIVALS:
        problem = f"{facts[0].id} has more than {MAX_RIVALS:,} different values"
        raise MirageError(str(facts[0].source), problem, "tell them apart by dimensions")
    kept: list[Fact] = []
    for fact in facts:
        if not any(agree(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _weight(fact: Fact) -> tuple[object, ...]:
    """Strongest first; then counts before rates, then any order that is always the same."""
    source = fact.source
    return (source.tier, not fact.numerator, source.artifact, source.pointer, fact.value)


def merged_names(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All names once, in the order in which they come."""
    return tuple(dict.fromkeys(name for group in groups for name in group))


def agree(left: Fact, right: Fact) -> bool:
    """Whether two values of a kind can be one: the same text, or numbers whose roundings meet."""
    if left.kind != "number":
        return left.value == right.value
    return _interval(left).overlaps(_interval(right))


def _interval(fact: Fact) -> Interval:
    return stored(fact.value, fact.unit)[1]
