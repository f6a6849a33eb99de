"""How many rows a population has: written down, or counted in an artifact."""

from mirage_lint.core.facts import METADATA, Fact, Source
from mirage_lint.errors import MirageError
from mirage_lint.registry import paths
from mirage_lint.registry.expressions import Expression
from mirage_lint.registry.family import Workshop
from mirage_lint.registry.naming import Named
from mirage_lint.registry.records import Cells
from mirage_lint.registry.schema import PopulationEntry
from mirage_lint.registry.units import Units
from mirage_lint.registry.values import Value


def size_facts(workshop: Workshop, claims_name: str) -> list[Fact]:
    """One fact for each population of known size: how many examples it has.

    Raises MirageError where a written size is not what the artifact counts.
    """
    found = []
    for name, entry in workshop.entry.population.items():
        if entry.count:
            found.append(_counted(name, entry, workshop))
        elif entry.size is not None:
            place = f"family.{workshop.name}.population.{name}.size"
            source = Source(claims_name, place, METADATA)
            found.append(_fact(name, entry, entry.size, source, workshop))
    return found


def refuse_larger_parts(workshop: Workshop) -> None:
    """Raise MirageError if a population is larger than what it lies within."""
    for name, entry in workshop.entry.population.items():
        size, whole = workshop.sizes[name], workshop.sizes.get(entry.within)
        if size is not None and whole is not None and size > whole:
            problem = f"population '{name}' ({size}) lies within '{entry.within}' ({whole})"
            where = workshop.where("population", name)
            raise MirageError(where, problem, "correct a size, or what it lies within")


def _counted(name: str, entry: PopulationEntry, workshop: Workshop) -> Fact:
    where, path = workshop.where("population", name), paths.normal(entry.artifact)
    pointer = f"count({entry.count})"
    reading = workshop.shelf.reading(path, workshop.name, where)
    if reading is None:
        named = Named(_spellings(entry, workshop.units)[1], name, ())
        old = workshop.held.single(workshop.name, path, pointer, named, where)
        source, size = old.source, int(old.value) if old.value.isdecimal() else 0
    else:
        source = Source(path, pointer, reading.tier)
        size = Cells(reading.content, where).counted(Expression(entry.count, where))[-1]
    if not size:
        raise MirageError(where, f"population '{name}' has no rows in {path}", "correct the count")
    if entry.size not in (None, size):
        problem = f"population '{name}' has size {entry.size}, and {path} counts {size}"
        raise MirageError(where, problem, "correct the size or the count")
    return _fact(name, entry, size, source, workshop)


def _fact(name: str, entry: PopulationEntry, size: int, source: Source, workshop: Workshop) -> Fact:
    spellings = _spellings(entry, workshop.units)
    names = (*spellings[1:], *(f"{word} {spellings[1]}" for word in (name, *entry.aliases)))
    value = Value(str(size), unit=workshop.units.named(entry.unit) or "")
    return workshop.fact(Named(spellings[1], name, ()), names, value, source)


def _spellings(entry: PopulationEntry, units: Units) -> list[str]:
    """Singular and plural of what the population's rows are: example, examples."""
    unit = units.named(entry.unit) or ""
    spellings = units.spellings(unit)[:2]
    return [*spellings, "rows"] if unit == "example" else spellings
