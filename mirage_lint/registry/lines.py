"""Lines of the lock: values as JSON arrays, and back with every type checked.

Arrays, as a registry of 100,000 facts must load in a moment. A fact's line is ``["fact", family,
metric, population, dimensions, value, unit, numerator, denominator, artifact, pointer, tier,
names]``, followed by kind and overruled values where it is no plain number.
"""

from __future__ import annotations

from collections.abc import Callable

from mirage_lint.core.facts import (
    TIER_NAMES,
    Artifact,
    Fact,
    Family,
    Overruled,
    Population,
    Source,
)
from mirage_lint.registry.numerals import is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Line = list[Any]
_PLAIN = 13
"""Items of the line of a plain number."""


def unit_line(unit: tuple[str, tuple[str, ...]]) -> Line:
    """``["unit", name, words]``."""
    return ["unit", *unit]


def family_line(family: Family) -> Line:
    """``["family", name, title, aliases, documents, [[dimension, value, aliases], …], others]``;
    the last only where there may be others.
    """
    return ["family", *(family if family.others else family[:-1])]


def population_line(population: Population) -> Line:
    """``["population", family, name, size or null, within, aliases]``."""
    return ["population", *population]


def artifact_line(artifact: Artifact) -> Line:
    """``["artifact", path, families, digest, size, tier]``."""
    return ["artifact", *artifact]


def fact_line(fact: Fact) -> Line:
    """A fact as told above."""
    what = [fact.family, fact.metric, fact.population, dict(fact.dimensions)]
    counts = [fact.value, fact.unit, fact.numerator, fact.denominator]
    line = ["fact", *what, *counts, *fact.source, fact.names]
    if fact.kind == "number" and not fact.overruled:
        return line
    return [*line, fact.kind, [[loser.value, *loser.source] for loser in fact.overruled]]


def _all_text(*values: Any) -> None:
    "".join(values)  # the quickest way to a TypeError for what is no text


def _texts(value: Any) -> tuple[str, ...]:
    if type(value) is not list:
        raise TypeError
    "".join(value)
    return tuple(value)


def _unit(line: Line) -> tuple[str, tuple[str, ...]]:
    _, name, words = line
    _all_text(name)
    return name, _texts(words)


def _family(line: Line) -> Family:
    _, name, title, aliases, documents, dimensions, *others = line
    _all_text(name, title)
    if others not in ([], [True]):
        raise TypeError
    told = [(key, value, _texts(others)) for key, value, others in dimensions]
    _all_text(*(text for key, value, _ in told for text in (key, value)))
    return Family(name, title, _texts(aliases), _texts(documents), tuple(told), bool(others))


def _population(line: Line) -> Population:
    _, family, name, size, within, aliases = line
    _all_text(family, name, within)
    if size is not None and type(size) is not int:
        raise TypeError
    return Population(family, name, size, within, _texts(aliases))


def _artifact(line: Line) -> Artifact:
    _, path, families, digest, size, tier = line
    _all_text(path, digest)
    if type(size) is not int or tier not in TIER_NAMES:
        raise TypeError
    return Artifact(path, _texts(families), digest, size, tier)


def _fact(line: Line) -> Fact:
    kind, losers = ("number", ()) if len(line) == _PLAIN else line[_PLAIN:]
    _, family, metric, population, pairs, value, unit, over, under, path, at, tier, names = (
        line if len(line) == _PLAIN else line[:_PLAIN]
    )
    "".join((family, metric, population, value, unit, over, under, path, at, *pairs.values()))
    if tier not in TIER_NAMES or not (is_number(value) if kind == "number" else kind == "model"):
        raise ValueError
    if (over or under) and not is_number(f"{over}/{under}"):
        raise ValueError
    source = Source(path, at, tier)
    overruled = tuple([_overruled(*loser) for loser in losers]) if losers else ()
    what = (family, metric, _texts(names), population, tuple(pairs.items()), kind)
    return Fact(*what, unit, value, over, under, source, overruled)


def _overruled(value: Any, path: Any, pointer: Any, tier: Any) -> Overruled:
    _all_text(value, path, pointer)
    if tier not in TIER_NAMES:
        raise ValueError
    return Overruled(value, Source(path, pointer, tier))


MAKERS: dict[str, Callable[[Line], Any]] = {
    "unit": _unit,
    "family": _family,
    "population": _population,
    "artifact": _artifact,
    "fact": _fact,
}
"""Per kind, what makes the value of a line; TypeError, ValueError or AttributeError where the
line is not of that kind."""
