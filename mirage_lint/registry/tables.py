"""Facts of a ``[[table]]``: keys become dimensions, numbers become values of metrics."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from mirage_lint.artifacts.content import Reading
from mirage_lint.core import modelname, words
from mirage_lint.core.facts import Fact, Source
from mirage_lint.errors import MirageError
from mirage_lint.registry import nested, paths, percents, records, sql, values
from mirage_lint.registry.excusable import excusable
from mirage_lint.registry.family import Workshop
from mirage_lint.registry.naming import Named, Pairs
from mirage_lint.registry.places import did_you_mean
from mirage_lint.registry.records import Record
from mirage_lint.registry.schema import TableEntry
from mirage_lint.registry.values import Value

RUN = "run"
"""The key that files of a pattern have by their paths, where they have no such column."""

MAX_CELLS = 1_000_000
"""Cells of the largest table that becomes facts."""


class Row(NamedTuple):
    """A row with the place in the artifact where all of its rows stand, and its number there,
    from 1.
    """

    cells: Record
    source: Source
    number: int

    def at(self, pairs: Pairs, column: str) -> Source:
        """Where a cell of the row stands, which ``pairs`` tell from the others."""
        way = self.source.pointer
        cell = records.pointer(pairs, column)
        return self.source._replace(pointer=f"{way}/{cell}" if way and pairs else f"{way}{cell}")

    def __str__(self) -> str:
        return f"row {self.number} of '{self.source.artifact}'"


def facts(index: int, entry: TableEntry, workshop: Workshop) -> list[Fact]:
    """The facts of the family's table ``index``, from its artifacts or from the old lock."""
    where = workshop.where("table", index)
    held: list[Fact] = []
    rows: list[Row] = []
    beside: list[Record] = []
    for path in workshop.shelf.expanded(entry.artifact, entry.exclude, where):
        with excusable(path, entry.artifact, where):
            reading = workshop.shelf.reading(path, workshop.name, where)
            if reading is None:
                held += _held(path, entry, workshop, where)
            else:
                rows += _rows(path, reading, entry, where)
                beside += nested.beside(reading.content.root, entry.rows)
    if not rows and held:
        return held
    _check(entry, rows, where)
    return [*held, *_cells(entry, rows, beside, workshop), *_models(entry, rows, workshop)]


def _held(path: str, entry: TableEntry, workshop: Workshop, where: str) -> list[Fact]:
    """What the old lock holds of a table whose artifact is absent."""
    shared = {(key, workshop.namer.slot(key, text)) for key, text in entry.dimensions.items()}
    found = workshop.held.table(workshop.name, path, entry.keys, where)
    return [fact for fact in found if shared.issubset(fact.dimensions)]


def _rows(path: str, reading: Reading, entry: TableEntry, where: str) -> Iterator[Row]:
    content = reading.content
    key = next(iter(entry.keys), "")
    found = nested.rows(content.root, entry.rows, where, key) if entry.rows else content.records
    if entry.sql:
        found = tuple(found) if entry.rows else found
        found = sql.rows(found, records.columns(found), entry.sql, where)
    listed = list(islice(found, MAX_CELLS + 1))
    if RUN in entry.keys and not any(RUN in cells for cells in listed):
        run = paths.opened(entry.artifact, path)
        listed = [{RUN: run, **cells} for cells in listed]
    listed = _labelled(listed, entry.keys)
    source = Source(path, nested.way(entry.rows), reading.tier)
    for number, cells in enumerate(listed, start=1):
        yield Row(cells, source, number)


def _labelled(rows: list[Record], keys: tuple[str, ...]) -> list[Record]:
    """Rows whose column without a name is called by the key that no column is called by."""
    known = records.columns(rows)
    label = next((key for key in keys if key not in known), "")
    if not label or "" not in known:
        return rows
    return [{name or label: cell for name, cell in cells.items()} for cells in rows]


def _check(entry: TableEntry, rows: list[Row], where: str) -> None:
    if not rows:
        raise MirageError(where, f"'{entry.artifact}' is no table", "use [[fact]] with a pointer")
    known = records.columns(row.cells for row in rows)
    for column in (*entry.keys, *entry.columns, *filter(None, [entry.value])):
        records.require(column, known, where)
    if len(rows) * len(known) > MAX_CELLS:
        problem = (
            f"'{entry.artifact}' has more than {MAX_CELLS:,} cells, the most that become facts"
        )
        raise MirageError(where, problem, "count or sum its rows by [[fact]]")
    named = {row.cells.get(_metric_key(entry), "") for row in rows} if entry.value else set(known)
    for name in entry.names:
        if name not in named:
            raise MirageError(where, f"names: no metric '{name}'", did_you_mean(name, named))
    _refuse_repeats(entry, rows, where)


def _refuse_repeats(entry: TableEntry, rows: list[Row], where: str) -> None:
    """Rows of the same keys must say the same: else no claim could be held against them."""
    seen: dict[Pairs, tuple[Row, list[str]]] = {}
    columns = _columns(entry, rows)
    for row in rows:
        keys, cells = _pairs(entry, row), [row.cells.get(name, "") for name in columns]
        earlier, said = seen.setdefault(keys, (row, cells))
        if said != cells:
            shown = records.pointer(keys, "")[:100].rstrip("/")
            problem = f"{earlier} and {row} have the same keys {shown}".rstrip()
            raise MirageError(where, problem, "add a key that tells them apart")


def _metric_key(entry: TableEntry) -> str:
    return "metric" if "metric" in entry.keys else entry.keys[-1]


def _columns(entry: TableEntry, rows: list[Row]) -> list[str]:
    """The columns that hold values."""
    if entry.value:
        return [entry.value]
    return list(entry.columns) or [
        name for name in records.columns(row.cells for row in rows) if name not in entry.keys
    ]


def _pairs(entry: TableEntry, row: Row) -> Pairs:
    return tuple((key, row.cells.get(key, "")) for key in entry.keys)


def _cells(
    entry: TableEntry, rows: list[Row], beside: list[Record], workshop: Workshop
) -> Iterator[Fact]:
    """A fact for each cell that holds a number; objects ``beside`` the rows tell their scale."""
    columns = _columns(entry, rows)
    alike = [*(row.cells for row in rows), *beside]
    percent = frozenset(name for name in columns if percents.is_percent(name, alike))
    for row in rows:
        pairs = _pairs(entry, row)
        population, dimensions = _slots(entry, row.cells, workshop)
        for column in columns:
            value = values.parse(row.cells.get(column, ""))
            if value is None:
                continue
            metric = row.cells.get(_metric_key(entry), "") if entry.value else column
            named = workshop.namer.parse(metric, population, dimensions)
            bare = workshop.units.measured(metric)[1]
            names = (metric, *filter(None, [bare]), *entry.names.get(metric, ()))
            source = row.at(pairs, column)
            unit = _unit(entry, metric, workshop) or (column in percent and "percent") or ""
            yield workshop.fact(named, names, value._replace(unit=unit), source)


def _unit(entry: TableEntry, metric: str, workshop: Workshop) -> str:
    """What the table is said to be in, or what the metric's name says that it is in."""
    units = workshop.units
    return units.named(entry.unit) or units.counted(metric) or units.measured(metric)[0]


def _slots(entry: TableEntry, row: Record, workshop: Workshop) -> tuple[str, Pairs]:
    """The population and the dimensions that a row's keys say."""
    population = entry.population
    pairs = [(key, workshop.namer.slot(key, text)) for key, text in entry.dimensions.items()]
    for key in entry.keys:
        text = row.get(key, "").strip()
        if not text or (entry.value and key == _metric_key(entry)):
            continue
        if key == "population" and workshop.namer.slot("", text) in workshop.entry.population:
            population = population or workshop.namer.slot("", text)
        else:
            pairs.append((key, workshop.namer.slot(key, text)))
    return population, tuple(sorted(pairs))


def _models(entry: TableEntry, rows: list[Row], workshop: Workshop) -> Iterator[Fact]:
    """A fact for each model that a key column called "model" names."""
    for key in entry.keys:
        if "model" not in words.split(key):
            continue
        first = {row.cells.get(key, "").strip(): row for row in reversed(rows)}
        for text in sorted(first):
            name = modelname.parse(text)
            if len(name.family) > 1 and (name.size or name.version):
                place = first[text].at(_pairs(entry, first[text]), key)
                named = Named("model", "", ())
                yield workshop.fact(named, ("model", key), Value(text, kind="model"), place)
