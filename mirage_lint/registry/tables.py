"""Facts of a ``[[table]]``: keys become dimensions, numbers become values of metrics."""

from collections.abc import Iterator
from itertools import islice

from mirage_lint.core import modelname, words
from mirage_lint.core.facts import Fact, Source
from mirage_lint.errors import MirageError
from mirage_lint.registry import paths, records, values
from mirage_lint.registry.family import Workshop
from mirage_lint.registry.naming import Named, Pairs
from mirage_lint.registry.places import did_you_mean
from mirage_lint.registry.records import Record
from mirage_lint.registry.schema import TableEntry
from mirage_lint.registry.values import Value

MAX_CELLS = 1_000_000
"""Cells of the largest table that becomes facts."""


def facts(index: int, entry: TableEntry, workshop: Workshop) -> list[Fact]:
    """The facts of the family's table ``index``, from its artifact or from the old lock."""
    where = workshop.where("table", index)
    reading = workshop.shelf.reading(entry.artifact, workshop.name, where)
    path = paths.normal(entry.artifact)
    if reading is None:
        return workshop.held.table(workshop.name, path, entry.keys, where)
    rows = tuple(islice(reading.content.records, MAX_CELLS + 1))
    _check(entry, rows, where)
    source = Source(path, "", reading.tier)
    return [*_cells(entry, rows, source, workshop), *_models(entry, rows, source, workshop)]


def _check(entry: TableEntry, rows: tuple[Record, ...], where: str) -> None:
    if not rows:
        raise MirageError(where, f"'{entry.artifact}' is no table", "use [[fact]] with a pointer")
    known = records.columns(rows)
    for column in (*entry.keys, *entry.columns, *filter(None, [entry.value])):
        records.require(column, known, where)
    if len(rows) * len(known) > MAX_CELLS:
        problem = (
            f"'{entry.artifact}' has more than {MAX_CELLS:,} cells, the most that become facts"
        )
        raise MirageError(where, problem, "count or sum its rows by [[fact]]")
    metrics = {row.get(_metric_key(entry), "") for row in rows} if entry.value else set(known)
    for name in entry.names:
        if name not in metrics:
            raise MirageError(where, f"names: no metric '{name}'", did_you_mean(name, metrics))
    _refuse_repeats(entry, rows, where)


def _refuse_repeats(entry: TableEntry, rows: tuple[Record, ...], where: str) -> None:
    """Rows of the same keys must say the same: else no claim could be held against them."""
    seen: dict[Pairs, tuple[int, list[str]]] = {}
    columns = _columns(entry, rows)
    for number, row in enumerate(rows, start=1):
        keys, cells = _pairs(entry, row), [row.get(name, "") for name in columns]
        earlier, said = seen.setdefault(keys, (number, cells))
        if said != cells:
            shown = records.pointer(keys, "")[:100].rstrip("/")
            problem = (
                f"rows {earlier} and {number} of '{entry.artifact}' have the same keys {shown}"
            )
            raise MirageError(where, problem, "add a key that tells them apart")


def _metric_key(entry: TableEntry) -> str:
    return "metric" if "metric" in entry.keys else entry.keys[-1]


def _columns(entry: TableEntry, rows: tuple[Record, ...]) -> list[str]:
    """The columns that hold values."""
    if entry.value:
        return [entry.value]
    return list(entry.columns) or [name for name in records.columns(rows) if name not in entry.keys]


def _pairs(entry: TableEntry, row: Record) -> Pairs:
    return tuple((key, row.get(key, "")) for key in entry.keys)


def _cells(
    entry: TableEntry, rows: tuple[Record, ...], source: Source, workshop: Workshop
) -> Iterator[Fact]:
    """A fact for each cell that holds a number."""
    unit, columns = workshop.units.named(entry.unit) or "", _columns(entry, rows)
    for row in rows:
        pairs = _pairs(entry, row)
        population, dimensions = _slots(entry, row, workshop)
        for column in columns:
            value = values.parse(row.get(column, ""))
            if value is None:
                continue
            metric = row.get(_metric_key(entry), "") if entry.value else column
            named = workshop.namer.parse(metric, population, dimensions)
            names = (metric, *entry.names.get(metric, ()))
            place = source._replace(pointer=records.pointer(pairs, column))
            yield workshop.fact(named, names, value._replace(unit=unit), place)


def _slots(entry: TableEntry, row: Record, workshop: Workshop) -> tuple[str, Pairs]:
    """The population and the dimensions that a row's keys say."""
    population, pairs = entry.population, []
    for key in entry.keys:
        text = row.get(key, "").strip()
        if not text or (entry.value and key == _metric_key(entry)):
            continue
        if key == "population" and workshop.namer.slot("", text) in workshop.entry.population:
            population = population or workshop.namer.slot("", text)
        else:
            pairs.append((key, workshop.namer.slot(key, text)))
    return population, tuple(sorted(pairs))


def _models(
    entry: TableEntry, rows: tuple[Record, ...], source: Source, workshop: Workshop
) -> Iterator[Fact]:
    """A fact for each model that a key column called "model" names."""
    for key in entry.keys:
        if "model" not in words.split(key):
            continue
        first = {row.get(key, "").strip(): row for row in reversed(rows)}
        for text in sorted(first):
            name = modelname.parse(text)
            if len(name.family) > 1 and (name.size or name.version):
                place = source._replace(pointer=records.pointer(_pairs(entry, first[text]), key))
                named = Named("model", "", ())
                yield workshop.fact(named, ("model", key), Value(text, kind="model"), place)
