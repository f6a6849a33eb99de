"""Files that hold the same kind of rows, joined to one table by a pattern of their paths."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mirage_lint.artifacts.content import Record
from mirage_lint.drafting import keys
from mirage_lint.drafting.found import Table
from mirage_lint.drafting.keys import Shape
from mirage_lint.drafting.rows import is_number
from mirage_lint.errors import MirageError
from mirage_lint.registry import paths
from mirage_lint.registry.reach import Reach
from mirage_lint.registry.tables import RUN

MAX_POOLED = 20_000
"""Rows of the longest table of several files, none of which is too long by itself."""

_FEWEST, _FEWEST_RUNS = 2, 3
_Kind = tuple[str, str, str]
"""Pattern, format and JMESPath."""
_Id = tuple[str, str]
"""Path and JMESPath of a table."""


class Draft(NamedTuple):
    """A table as it is drafted: ``artifact`` is a path or a pattern of ``files`` files, less those
    of ``exclude``; ``cells`` are what it tells: keys of a row, measure, value.
    """

    artifact: str
    expression: str
    shape: Shape
    format: str
    rows: int
    files: int
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    cells: frozenset[tuple[tuple[str, ...], str, str]] = frozenset()
    shared: tuple[tuple[str, str], ...] = ()


def pooled(tables: tuple[Table, ...], broken: frozenset[str], reach: Reach) -> list[Draft]:
    """One draft for each table, or for each pattern whose tables can be told as one.

    ``broken`` are files that cannot be read, which a pattern may match and has to leave out.
    """
    groups: dict[_Kind, list[Table]] = {}
    for table in (one for one in tables if not (one.shape and one.shape.value)):
        for pattern in _patterns(table.path):
            groups.setdefault((pattern, table.format, table.expression), []).append(table)
    taken: set[_Id] = set()
    found: list[Draft] = []
    for (pattern, *_), group in sorted(groups.items(), key=_largest):
        is_free = len(group) >= _FEWEST and not any(_id(table) in taken for table in group)
        draft = _joined(pattern, group, broken, reach) if is_free else None
        if draft:
            found.append(draft)
            taken |= {_id(table) for table in group}
    alone = (table for table in tables if table.shape and _id(table) not in taken)
    return [*found, *map(single, alone)]


def _id(table: Table) -> _Id:
    return table.path, table.expression


def _largest(group: tuple[_Kind, list[Table]]) -> tuple[object, ...]:
    return -len(group[1]), group[0]


def _patterns(path: str) -> Iterator[str]:
    """The path with one of its folders, or the telling part of its name, left open."""
    *folders, name = path.split("/")
    for at in range(len(folders)):
        yield "/".join([*folders[:at], "*", *folders[at + 1 :], name])
    stem, dot, ending = name.rpartition(".")
    for part in dict.fromkeys((re.sub(r"^.*?(?=[_-][^_-]*$|$)", "*", stem), "*")):
        yield "/".join([*folders, part + dot + ending])


def _joined(pattern: str, group: list[Table], broken: frozenset[str], reach: Reach) -> Draft | None:
    """The tables as one, where keys tell all their rows apart and the pattern fits them alone."""
    first = group[0]
    records = [record for table in group for record in table.records]
    if len(records) > MAX_POOLED or not _is_alike(group) or not _is_same(pattern, group):
        return None
    by_name = all(map(_is_by_name, group))
    shape = keys.shape(records, first.key, by_name, first.is_known) or _by_path(pattern, group)
    more = _more(pattern, group, reach)
    if shape is None or more is None or not more <= broken:
        return None
    return Draft(
        pattern,
        first.expression,
        shape,
        first.format,
        len(records),
        len(group),
        exclude=tuple(sorted(more)),
        shared=first.shared,
        cells=_cells(shape, _with_run(pattern, group)),
    )


def _is_by_name(table: Table) -> bool:
    """Whether a table has one row, or names alone tell its rows apart: then no count does."""
    own = table.shape.keys if table.shape else ()
    cells = (row.get(key, "") for row in table.records for key in own)
    return len(table.records) == 1 or (bool(own) and not any(map(is_number, cells)))


def _by_path(pattern: str, group: list[Table]) -> Shape | None:
    """The shape of tables that only their paths tell apart: those of three runs or more."""
    records = [record for table in group for record in table.records]
    if len(group) < _FEWEST_RUNS or any(RUN in record for record in records):
        return None
    own = group[0].shape.keys if group[0].shape else ()
    return keys.run_shape(_with_run(pattern, group), (*own, RUN))


def _with_run(pattern: str, group: list[Table]) -> list[Record]:
    """The rows of all tables, with what a pattern stands for where they do not say it."""
    named = [(paths.opened(pattern, table.path), table) for table in group]
    return [{RUN: name, **record} for name, table in named for record in table.records]


def _cells(shape: Shape, records: Iterable[Record]) -> frozenset[tuple[tuple[str, ...], str, str]]:
    rows = ((tuple(row.get(key, "") for key in shape.keys), row) for row in records)
    return frozenset(
        (keys, name, row[name]) for keys, row in rows for name in shape.metrics if row.get(name)
    )


def _is_alike(group: list[Table]) -> bool:
    """Whether each table shares a measure with the others, or all are of a format for results; rows
    of one that are named objects are none of another's.
    """
    if any(table.key != group[0].key for table in group):
        return False
    if all(table.is_known for table in group):
        return True
    measured = [table.shape.metrics for table in group if table.shape]
    often = Counter(metric for metrics in measured for metric in metrics)
    shared = all(any(often[metric] > 1 for metric in metrics) for metrics in measured)
    return shared and 2 * len(measured) > len(group)


def _is_same(pattern: str, group: list[Table]) -> bool:
    """Whether files of one folder have much the same columns: a summary is no part of its rows."""
    if "*" not in pattern.rpartition("/")[2]:
        return True
    columns = [{name for row in one.records for name in row} for one in group]
    often = Counter(name for one in columns for name in one)
    usual = {name for name, count in often.items() if 2 * count > len(group)}
    alike = all(2 * len(one & usual) > len(one) for one in columns)
    return alike and all(one.shape for one in group)


def _more(pattern: str, group: list[Table], reach: Reach) -> set[str] | None:
    """The files that a pattern matches beyond those of a group; None where it is no pattern."""
    try:
        return set(paths.expand(pattern, reach, (), "")) - {table.path for table in group}
    except MirageError:
        return None


def single(table: Table) -> Draft:
    """A table of one artifact as it is drafted."""
    shape = table.shape or Shape((), (), False)
    count, cells = len(table.records), _cells(shape, table.records)
    draft = Draft(table.path, table.expression, shape, table.format, count, 1, cells=cells)
    return draft._replace(shared=table.shared)
