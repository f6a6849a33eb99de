"""Facts of a family's ``[[fact]]`` entries, and of the artifacts whose format is known."""

from mirage_lint import vocabulary
from mirage_lint.artifacts.content import Reading
from mirage_lint.core.facts import Datum, Fact, Source
from mirage_lint.registry import addressed, paths, values
from mirage_lint.registry.addressed import MAX_TEXT
from mirage_lint.registry.excusable import excusable
from mirage_lint.registry.family import Workshop, is_canonical
from mirage_lint.registry.naming import Named, Pairs
from mirage_lint.registry.schema import FactEntry
from mirage_lint.registry.units import Units
from mirage_lint.registry.values import Value


def fact(index: int, entry: FactEntry, workshop: Workshop) -> Fact:
    """The fact of entry ``index``, from its artifact or from the old lock."""
    where, path = workshop.where("fact", index), paths.normal(entry.artifact)
    named = _named(entry.metric, entry.population, tuple(entry.dimensions.items()), workshop)
    entry = _with_population(entry, named.population, workshop)
    pointer = addressed.pointer(entry)
    reading = workshop.shelf.reading(path, workshop.name, where)
    if reading is None:
        old = workshop.held.single(workshop.name, path, pointer, named, where)
        value = Value(old.value, old.numerator, old.denominator, old.unit, old.kind)
        tier = old.source.tier
    else:
        size = workshop.sizes.get(named.population)
        value = addressed.value(entry, reading.content, size, where)
        value = value._replace(unit=value.unit or _unit(entry, named.metric, workshop.units))
        tier = reading.tier
    source = Source(path, pointer, entry.tier or tier)
    return workshop.fact(named, _names(entry.metric, entry.aliases), value, source)


def known(entry: str, workshop: Workshop) -> list[Fact]:
    """The facts that the artifacts of one line of ``artifacts`` tell unasked."""
    where = workshop.where("artifacts")
    found: list[Fact] = []
    for path in workshop.shelf.expanded(entry, workshop.entry.exclude, where):
        with excusable(path, entry, where):
            reading = workshop.shelf.listed(path, workshop.name, where)
        if reading is None:
            found += workshop.held.known(workshop.name, path)
        else:
            found += _told(path, reading, workshop)
    return found


def _told(path: str, reading: Reading, workshop: Workshop) -> list[Fact]:
    found = []
    for datum in reading.content.told:
        value = _value(datum)
        if value:
            named = _named(datum.metric, "", datum.dimensions, workshop)
            source = Source(path, datum.pointer, reading.tier)
            found.append(workshop.fact(named, _names(datum.metric, datum.names), value, source))
    return found


def _value(datum: Datum) -> Value | None:
    if datum.kind == "model" and 0 < len(datum.value.strip()) <= MAX_TEXT:
        return Value(datum.value.strip(), kind="model")
    value = values.parse(datum.value) if datum.kind == "number" else None
    return value._replace(unit=datum.unit) if value else None


def _named(metric: str, population: str, dimensions: Pairs, workshop: Workshop) -> Named:
    pairs = tuple(sorted(dimensions))
    if is_canonical(metric):
        return Named(metric, population, pairs)
    return workshop.namer.parse(metric, population, pairs)


def _with_population(entry: FactEntry, population: str, workshop: Workshop) -> FactEntry:
    """The entry with its population; what is told of its rows runs over the rows that make it."""
    changes = {"population": population}
    told = workshop.entry.population.get(population)
    same = told is not None and paths.normal(told.artifact) == paths.normal(entry.artifact)
    if told and told.count and same and entry.is_over_rows:
        key = "of" if entry.count else "where"
        changes[key] = getattr(entry, key) or told.count
    return entry.model_copy(update=changes)


def _unit(entry: FactEntry, metric: str, units: Units) -> str:
    if entry.unit or not is_canonical(metric):
        return units.named(entry.unit) or ""
    return str(vocabulary.load("fields")[metric]["unit"])


def _names(metric: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    field = vocabulary.load("fields")[metric]["names"] if is_canonical(metric) else ()
    return (metric, *aliases, *field)
