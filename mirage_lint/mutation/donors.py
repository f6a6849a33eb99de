"""Other valid values that may stand where a claim's should: of its column, its row, another run,
other rows.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from random import Random

from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import stored
from mirage_lint.mutation.mutant import COLUMN, FAMILY, POPULATION, ROW
from mirage_lint.mutation.truth import Facts, Truth


class Told:
    """The facts that each table of a document tells."""

    def __init__(self, told: Iterable[tuple[int, Truth]]) -> None:
        self._of_table: dict[int, list[Truth]] = {}
        for table, truth in told:
            self._of_table.setdefault(table, []).append(truth)

    def beside(self, table: int) -> list[Truth]:
        """What one table tells; nothing for 0, which is none."""
        return self._of_table.get(table, []) if table else []


def donors(
    truth: Truth, beside: list[Truth], facts: Facts, random: Random
) -> Iterator[tuple[str, Fraction]]:
    """Kinds, each with a value on the claim's scale; a table's own cells come before the rest of
    the registry.
    """
    own = truth.fact
    alike = facts.of_metric[words.key(own.metric)]
    near = [other.fact for other in beside]
    for name, among, fits in (
        (COLUMN, near or alike, _is_of_column),
        (FAMILY, alike, _is_of_family),
        (POPULATION, alike, _is_of_population),
    ):
        found = [one for one in among if fits(one, own) and one.value != own.value]
        if found:
            other = random.choice(found)
            yield name, stored(other.value, other.unit)[0] * truth.scale
    if row := [one for one in beside if one.kind == truth.kind and _is_of_row(one.fact, own)]:
        yield ROW, random.choice(row).exact


def _is_of_column(other: Fact, own: Fact) -> bool:
    return (
        words.key(other.metric) == words.key(own.metric)
        and (other.family, other.population) == (own.family, own.population)
        and other.dimensions != own.dimensions
    )


def _is_of_family(other: Fact, own: Fact) -> bool:
    return (
        other.family != own.family
        and other.dimensions == own.dimensions
        and other.population == own.population
    )


def _is_of_population(other: Fact, own: Fact) -> bool:
    return (
        other.family == own.family
        and other.dimensions == own.dimensions
        and other.population != own.population
    )


def _is_of_row(other: Fact, own: Fact) -> bool:
    return (
        words.key(other.metric) != words.key(own.metric)
        and other.family == own.family
        and other.dimensions == own.dimensions
    )
