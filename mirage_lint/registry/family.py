"""What the facts of one family are made with."""

from collections.abc import Mapping
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.core.facts import Fact, Population, Source
from mirage_lint.registry.held import Held
from mirage_lint.registry.naming import Named, Namer
from mirage_lint.registry.places import Places
from mirage_lint.registry.precedence import merged_names
from mirage_lint.registry.schema import FamilyEntry
from mirage_lint.registry.shelf import Shelf
from mirage_lint.registry.units import Units
from mirage_lint.registry.values import Value


class Workshop(NamedTuple):
    """One family at work: its entry, its names, and where its artifacts come from."""

    name: str
    entry: FamilyEntry
    namer: Namer
    shelf: Shelf
    held: Held
    places: Places
    units: Units
    sizes: Mapping[str, int | None] = {}

    def where(self, *path: str | int) -> str:
        """``claims.toml:12``, of a key of this family."""
        return self.places.at("family", self.name, *path)

    def fact(self, named: Named, names: tuple[str, ...], value: Value, source: Source) -> Fact:
        """A fact of this family."""
        return Fact(
            family=self.name,
            metric=named.metric,
            names=tuple(name for name in merged_names([names]) if name != named.metric),
            population=named.population,
            dimensions=named.dimensions,
            kind=value.kind,
            unit=value.unit,
            value=value.text,
            numerator=value.numerator,
            denominator=value.denominator,
            source=source,
        )


def namer(entry: FamilyEntry) -> Namer:
    """A reader of the family's metric names."""
    populations = {name: population.aliases for name, population in entry.population.items()}
    dimensions = {
        (key, value): aliases
        for key, named in entry.dimension.items()
        for value, aliases in named.items()
    }
    return Namer(populations, dimensions)


def is_canonical(metric: str) -> bool:
    """Whether the vocabulary's fields hold this metric."""
    return metric in vocabulary.load("fields")


def populations(name: str, entry: FamilyEntry, sizes: Mapping[str, int | None]) -> list[Population]:
    """The family's populations as the registry keeps them."""
    return [
        Population(name, population, sizes[population], told.within, told.aliases)
        for population, told in entry.population.items()
    ]
