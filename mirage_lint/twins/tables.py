"""Tables that are one table, twice told: where one cell of a row is another, and all around it is
the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from mirage_lint.twins.numbers import Pair, apart, around, digits
from mirage_lint.twins.paths import are_siblings
from mirage_lint.twins.told import Cell, Row, Table

_FEWEST_ALIKE = 2
"""Other numbers of a row that must be the same, where its first cell does not say so."""
_FEWEST_SAME = 3
"""Rows that two tables of different pages must have in common, and of one page in two languages."""
_FEWEST_TRANSLATED = 2
_MOST_APART = 3
"""Numbers that may differ in a table; where more do, its copies are of two states of the work."""
_FEWEST_ALONE = 4
"""Cells with numbers of a row that is the same but for one cell, of which no other row need tell
that its table is one in two languages.
"""
_MOST_CELLS = 30
"""Cells of such a row."""
_FEWEST_OF_SERIES = 4
"""Tables of one folder with the same columns, and each with other numbers, that are of as many
things.
"""
_MOST_COPIES = 12
"""Tables that have a row in common, of which more is no sign of a copy."""

_PAGE = re.compile(r"\.(?:md|mdx|rst|html?)(?:[#?].*)?\Z", re.IGNORECASE)

_Same = list[tuple[Row, Row]]


def pairs(tables: Sequence[Table]) -> Iterator[Pair]:
    """The numbers that two of the tables tell differently."""
    found: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    series = _series(tables)
    for (left, right), same in _copies(tables).items():
        one, other = tables[left], tables[right]
        if _place(one) == _place(other) and _place(one) in series and one.page != other.page:
            continue
        told = _in_tables(one, other, same)
        if _is_translated(one, other):
            yield from told
        elif not are_siblings(one.page, other.page):
            found[one.document, other.document] += told
    # Of more, the documents as a whole are of two states: one of today, and one of last year.
    yield from (pair for told in found.values() if len(told) <= _MOST_APART for pair in told)


def _place(table: Table) -> tuple[str, tuple[str, ...]]:
    """The folder of a table's page, and what its columns are called."""
    return table.page.rpartition("/")[0], table.heads


def _series(tables: Sequence[Table]) -> set[object]:
    """The folders and columns of tables that tell of several things, as those of one page for each
    of many models do: they have the same form, and other numbers.
    """
    told: dict[object, set[object]] = defaultdict(set)
    for table in tables:
        rows = tuple(tuple(map(_said, row.cells)) for row in table.rows)
        told[_place(table)].add(rows)
    return {place for place, found in told.items() if len(found) >= _FEWEST_OF_SERIES}


def _is_translated(left: Table, right: Table) -> bool:
    return left.page == right.page and left.document != right.document


def small_pairs(left: Sequence[Table], right: Sequence[Table]) -> Iterator[Pair]:
    """The numbers that differ in tables of one page in two languages, where they are so small that
    only the row itself tells that it is one.
    """
    ones, others = _by_gap(left), _by_gap(right)
    found: dict[tuple[int, int], dict[tuple[int, int], Pair]] = defaultdict(dict)
    for key, rows in ones.items():
        near = others.get(key, ())
        if len(rows) == len(near) == 1:
            (table, row), (other_table, other) = rows[0], near[0]
            for pair in _in_row(row, other, is_translated=True):
                found[table, other_table][row.number, other.number] = pair
    for (at, near_at), told in found.items():
        if len(told) == 1 and len(left[at].rows) == len(right[near_at].rows):
            yield from told.values()


def _by_gap(tables: Sequence[Table]) -> dict[object, list[tuple[int, Row]]]:
    """The rows, each with the number of its table, by all cells with numbers but one."""
    found: dict[object, list[tuple[int, Row]]] = defaultdict(list)
    for at, table in enumerate(tables):
        for row in table.rows:
            if _numbered(row) >= _FEWEST_ALONE and len(row.cells) <= _MOST_CELLS:
                said = [_said(cell) for cell in row.cells]
                for gap in (place for place, one in enumerate(said) if one):
                    found[(*said[:gap], None, *said[gap + 1 :])].append((at, row))
    return found


def _copies(tables: Sequence[Table]) -> dict[tuple[int, int], _Same]:
    """Pairs of tables, by their numbers, with the rows that are the same in both, and of which
    each has one only.
    """
    places: dict[object, dict[int, list[Row]]] = defaultdict(dict)
    for at, table in enumerate(tables):
        for row in table.rows:
            if key := _key(row):
                places[key].setdefault(at, []).append(row)
    found: dict[tuple[int, int], _Same] = defaultdict(list)
    for by_table in places.values():
        single = [(at, rows[0]) for at, rows in by_table.items() if len(rows) == 1]
        if 1 < len(single) <= _MOST_COPIES:
            for (left, one), (right, other) in combinations(single, 2):
                found[left, right].append((one, other))
    return found


def _key(row: Row) -> tuple[object, ...]:
    """What tells a row: its numbers, with its name where they are few; nothing without any."""
    said = tuple(map(_said, row.cells))
    if _numbered(row) >= _FEWEST_ALIKE:
        return said
    return (around(*row.cells[0]), *said) if any(said[1:]) else ()


def _numbered(row: Row) -> int:
    """How many cells of a row have numbers."""
    return sum(bool(cell.numbers) for cell in row.cells)


def _in_tables(left: Table, right: Table, same: _Same) -> Iterator[Pair]:
    is_translated = _is_translated(left, right)
    fewest = _FEWEST_TRANSLATED
    if not is_translated:
        fewest, same = _FEWEST_SAME, [pair for pair in same if _numbered(pair[0]) >= _FEWEST_ALIKE]
    if len(same) < fewest or not (is_translated or left.heads == right.heads):
        return
    places = {one.number: other.number for one, other in same}
    taken = set(places.values())
    rest = {row.number: row for row in right.rows if row.number not in taken}
    found: list[Pair] = []
    for row in left.rows:
        other = None if row.number in places else _opposite(row.number, places, rest)
        if other and (is_translated or _words(row) == _words(other)):
            found += _in_row(row, other, is_translated)
    if len(found) <= min(_MOST_APART, len(same) // 2):
        yield from found


def _opposite(number: int, places: dict[int, int], rest: dict[int, Row]) -> Row | None:
    """The row that stands beside the same neighbours."""
    near = ((number - 1, 1), (number + 1, -1))
    found = {places[at] + step for at, step in near if at in places}
    return rest.get(found.pop()) if len(found) == 1 else None


def _in_row(one: Row, other: Row, is_translated: bool) -> Iterable[Pair]:
    """The first number of the one cell in which two rows differ, all else being the same."""
    if len(one.cells) != len(other.cells):
        return ()
    cells = [*zip(one.cells, other.cells, strict=True)]
    differing = [pair for pair in cells if _said(pair[0]) != _said(pair[1])]
    alike = sum(bool(cell.numbers) and _said(cell) == _said(near) for cell, near in cells)
    is_named = around(*one.cells[0]) == around(*other.cells[0])
    if alike < (not is_translated if is_named else _FEWEST_ALIKE):
        return ()
    if len(differing) != 1 or differing[0] == cells[0]:
        return ()
    if around(*differing[0][0]) != around(*differing[0][1]) or _files(one) != _files(other):
        return ()  # cells of prose say it otherwise, and other files are of other runs
    return apart(differing[0][0].numbers, differing[0][1].numbers)[:1]


def _words(row: Row) -> list[str]:
    """What the cells without numbers say."""
    return [around(*cell) for cell in row.cells if not cell.numbers]


def _files(row: Row) -> list[str]:
    """The names of the files that a row links to, its pages left out."""
    marks = (mark for cell in row.cells for mark in cell.passage.marks if mark.kind == "link")
    names = (mark.target.rpartition("/")[2] for mark in marks)
    return [name for name in names if "." in name and not _PAGE.search(name)]


def _said(cell: Cell) -> tuple[str, ...]:
    return tuple(map(digits, cell.numbers))
