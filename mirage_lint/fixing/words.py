"""Edits that leave a number and mend the words around it: other rows, another unit, another row of
a table, or the name of the run that it is of.

They are guesses, of which those count that are tried and leave nothing to be found.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from mirage_lint import vocabulary
from mirage_lint.binding.binding import (
    BLANKET,
    DIMENSION,
    FAMILY,
    MODEL,
    POPULATION,
    UNIT,
    Binding,
)
from mirage_lint.claims.numerals import plain
from mirage_lint.core.edits import Edit
from mirage_lint.core.facts import Fact, Population, Registry
from mirage_lint.documents.source import Source
from mirage_lint.rules import wording

_MOST_PLACES = 3
_HUNDRED = 100

_At = tuple[int, int, int, int]
"""How far off a name stands, its start and end, and which of its kind it is."""

Guess = tuple[str, tuple[Edit, ...]]
"""What is done, in words, and its edits."""


def guesses(binding: Binding, source: Source, registry: Registry) -> Iterator[Guess]:
    """The edits that might bear a claim out as it stands, nearest to it first."""
    if guess := _BY_CHANGE.get(binding.change):
        yield from guess(binding, source, registry)


def _populations(binding: Binding, source: Source, registry: Registry) -> Iterator[Guess]:
    """The rows that the text names become those of which the number is right: their name, their
    size, or both where both are told.
    """
    known = {(one.family, one.name): one for one in registry.populations}
    for fact in binding.others:
        right = known.get((fact.family, fact.population))
        for name in binding.populations if right else ():
            wrong = known.get((fact.family, name))
            if right and wrong:
                yield from _rows_named(binding, source, wrong, right)


def _rows_named(
    binding: Binding, source: Source, wrong: Population, right: Population
) -> Iterator[Guess]:
    names, own = [wrong.name, *wrong.aliases], [right.name, *right.aliases]
    sizes = [] if None in (wrong.size, right.size) else [str(wrong.size)]
    by_name = list(_replaced(binding, source, names, own))
    by_size = list(_replaced(binding, source, sizes, [str(right.size)]))
    if by_name and by_size:
        (told, edits), (size, more) = by_name[0], by_size[0]
        if edits[0].end <= more[0].start or more[0].end <= edits[0].start:
            yield f"{told}, {size[0].lower()}{size[1:]}", (*edits, *more)
    else:
        yield from by_name or by_size


def _units(binding: Binding, source: Source, registry: Registry) -> Iterator[Guess]:
    """The noun becomes what there are so many of."""
    claim = binding.claim
    known = {**vocabulary.load("units"), **dict(registry.units)}
    wrong = [str(word) for word in known.get(claim.unit, [claim.unit])]
    for unit in dict.fromkeys(fact.unit for fact in binding.others if fact.unit):
        noun = wording.noun(unit, claim.digits == "1")
        yield from _replaced(binding, source, wrong, [noun] * len(wrong), inside=True)


def _runs(binding: Binding, source: Source, registry: Registry) -> Iterator[Guess]:
    """The run is named of which the claim is true, or named in place of another."""
    is_blanket = binding.change == BLANKET
    right = dict.fromkeys(one.family for one in (binding.facts if is_blanket else binding.others))
    wrong = [] if is_blanket else list(dict.fromkeys(one.family for one in binding.facts))
    claim = binding.claim
    end = claim.passage.source_span(claim.start, claim.end)[1]
    for family in right:
        names = _names_of_run(family, registry)
        for other in wrong:
            yield from _replaced(binding, source, _names_of_run(other, registry), names[:1])
        for name in names[:1]:
            yield f"Name the run: '{name}'", (Edit(end, end, f" ({name})"),)


def _names_of_run(family: str, registry: Registry) -> list[str]:
    """Names of a run, those of several words first, as they tell it best."""
    for one in registry.families:
        if one.name == family:
            return sorted([*one.aliases, family, one.title], key=lambda name: " " not in name)
    return []


def _rows(binding: Binding, source: Source, registry: Registry) -> Iterator[Guess]:
    """The setting that the text names becomes the one at which the number is right."""
    for fact in binding.others:
        for meant in binding.facts[:1]:
            for (key, old), (other, new) in zip(meant.dimensions, fact.dimensions, strict=False):
                if key == other and old != new:
                    wrong = _forms(meant, key, old, registry)
                    right = _forms(fact, key, new, registry)
                    yield from _replaced(binding, source, wrong, right)


def _forms(fact: Fact, key: str, value: str, registry: Registry) -> list[str]:
    """How a setting is written: as it is stored, as a percentage, by its names."""
    forms = [value]
    try:
        number = Fraction(plain(value))
        forms.append(f"{wording.decimal(number * _HUNDRED, 4)}%" if 0 <= number <= 1 else value)
    except (ValueError, ZeroDivisionError):
        forms.append(value)
    for one in registry.families:
        if one.name == fact.family:
            forms += [
                name for k, v, names in one.dimensions if (k, v) == (key, value) for name in names
            ]
    return forms


def _replaced(
    binding: Binding, source: Source, wrong: list[str], right: list[str], inside: bool = False
) -> Iterator[Guess]:
    """Each of the nearest places of a wrong name, with a right one of its kind instead."""
    claim, found = binding.claim, list[_At]()
    low, high = (claim.start, claim.end) if inside else (0, len(claim.passage.text))
    for number, name in enumerate(wrong):
        if not name:
            continue
        for match in re.finditer(
            rf"(?<![\w.]){re.escape(name)}(?![\w%])", claim.passage.text, re.I
        ):
            if low <= match.start() and match.end() <= high and not _is_number(match, claim.number):
                distance = abs(match.start() - claim.start)
                found.append((distance, match.start(), -match.end(), number))
    for _, first, last, number in _apart(sorted(found))[:_MOST_PLACES] if right else ():
        start, end = claim.passage.source_span(first, last)
        old = source.text[start:end]
        new = right[min(number, len(right) - 1)]
        if old == claim.passage.text[first:last] and old != new:
            yield f"Change '{old}' to '{new}'", (Edit(start, end, new),)


def _apart(places: list[_At]) -> list[_At]:
    """The places of which none lies in one before it: of two that start alike, the longer."""
    kept = list[_At]()
    for distance, first, back, number in places:
        if all(first >= end or -back <= start for _, start, end, _ in kept):
            kept.append((distance, first, -back, number))
    return kept


def _is_number(match: re.Match[str], number: tuple[int, int]) -> bool:
    """Whether a place is the number itself, which stays."""
    return match.start() < number[1] and number[0] < match.end()


_BY_CHANGE: dict[str, Callable[[Binding, Source, Registry], Iterator[Guess]]] = {
    POPULATION: _populations,
    UNIT: _units,
    DIMENSION: _rows,
    FAMILY: _runs,
    MODEL: _runs,
    BLANKET: _runs,
}
