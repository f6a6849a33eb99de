"""Rows of a table: named by their keys, chosen by a predicate, counted, summed.

Each works row by row, as a table may be larger than memory.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from mirage_lint.artifacts.content import Content, Rows
from mirage_lint.core import words
from mirage_lint.errors import MirageError
from mirage_lint.registry import values
from mirage_lint.registry.expressions import Expression
from mirage_lint.registry.places import did_you_mean
from mirage_lint.registry.totals import Total

Record = dict[str, str]


class Totalled(NamedTuple):
    """The exact sum of a column, and the number of its rows."""

    sum: Fraction
    rows: int


def columns(records: Iterable[Record]) -> list[str]:
    """All columns of the rows, in the order in which they first occur."""
    if isinstance(records, Rows) and records.columns is not None:
        return list(records.columns)
    return list(dict.fromkeys(column for record in records for column in record))


def require(column: str, known: list[str], where: str) -> None:
    """Raise MirageError if a table has no such column."""
    if column not in known:
        raise MirageError(
            where, f"no column '{column}' in the artifact", did_you_mean(column, known)
        )


def pointer(keys: Iterable[tuple[str, str]], column: str) -> str:
    """``model=a,retention=0.1/accuracy``: one cell."""
    return ",".join(f"{key}={value}" for key, value in keys) + f"/{column}"


def cell(text: str, records: Iterable[Record], where: str) -> str:
    """The cell at a `pointer`; keys are compared as numbers where both are.

    Raises MirageError if the pointer fits no row, or more than one.
    """
    known = columns(records)
    column = next((name for name in known if text.endswith(f"/{name}")), None)
    if column is None:
        raise MirageError(where, f"pointer '{text}' ends in no column", did_you_mean("", known))
    pairs = _pairs(text.removesuffix(f"/{column}"), known, where)
    found, count = "", 0
    for record in records:
        if all(_is(record, *pair) for pair in pairs):
            found, count = record.get(column, ""), count + 1
    if count != 1:
        mend = "add a key that tells them apart" if count else "correct its keys"
        raise MirageError(where, f"pointer '{text}' fits {count} rows, not one", mend)
    return found


def _pairs(text: str, known: list[str], where: str) -> list[tuple[str, str]]:
    """Split ``a=1,b=x,y`` at the commas that a column and ``=`` follow."""
    names = "|".join(re.escape(name) for name in known)
    pairs = []
    for part in re.split(rf",(?=(?:{names})=)", text):
        key, equals, value = part.partition("=")
        if not equals:
            raise MirageError(
                where, f"pointer part '{part}' is not key=value", "write column=value"
            )
        require(key, known, where)
        pairs.append((key, value))
    return pairs


def _is(record: Record, key: str, value: str) -> bool:
    mine = record.get(key, "")
    if mine == value:
        return True
    left, right = values.exact(mine), values.exact(value)
    return left is not None and left == right


class Cells:
    """The non-empty table of an artifact, whose cells expressions and columns name."""

    def __init__(self, content: Content, where: str) -> None:
        self._records = content.records
        self._where = where
        self.columns = columns(content.records)
        if not self.columns:
            raise MirageError(where, "the artifact is no table, so there are no rows to count")
        spelled = {"_".join(words.split(column)): column for column in self.columns}
        self._spelled = spelled | {column: column for column in self.columns}

    def counted(self, *tests: Expression | None) -> tuple[int, ...]:
        """How many rows there are, for which the first test holds, the first two, and so on.

        None is a test for which all rows hold.
        """
        counts = [0] * (len(tests) + 1)
        holds = [self._test(test) for test in tests]
        for record in self._records:
            counts[0] += 1
            for place, test in enumerate(holds, start=1):
                if not test(record):
                    break
                counts[place] += 1
        return tuple(counts)

    def distinct(self, column: str, test: Expression | None) -> int:
        """How many different non-empty values a column has in the rows for which ``test`` holds."""
        return len({text for _, text in self._cells(column, test)} - {""})

    def total(self, column: str, test: Expression | None) -> Totalled:
        """The exact sum of a column over the rows for which ``test`` holds, and their number.

        Raises MirageError at a cell that holds no number.
        """
        total, count = Total(self._where), 0
        for row, text in self._cells(column, test):
            if not total.add(text):
                raise self._no_number(column, text, row)
            count += 1
        return Totalled(total.value(), count)

    def extremes(self, column: str, test: Expression | None) -> tuple[str, str]:
        """The smallest and the largest cell of a column, as they are written."""
        found: list[tuple[Fraction, str]] = []
        for row, text in self._cells(column, test):
            number = values.exact(text)
            if number is None:
                raise self._no_number(column, text, row)
            if not found:
                found = [(number, text)] * 2
            elif number < found[0][0]:
                found[0] = (number, text)
            elif number > found[1][0]:
                found[1] = (number, text)
        if not found:
            raise MirageError(self._where, "there are no rows to look at", "correct 'where'")
        return found[0][1], found[1][1]

    def _test(self, test: Expression | None) -> Callable[[Record], bool]:
        if test is None:
            return lambda record: True
        names = [(name, self._spelled[name]) for name in test.names(self._spelled)]
        return lambda record: test.holds({name: record.get(own, "") for name, own in names})

    def _cells(self, column: str, test: Expression | None) -> Iterator[tuple[int, str]]:
        require(column, self.columns, self._where)
        holds = self._test(test)
        for row, record in enumerate(self._records, start=1):
            if holds(record):
                yield row, record.get(column, "").strip()

    def _no_number(self, column: str, text: str, row: int) -> MirageError:
        problem = f"column '{column}' holds '{text[:50]}' in row {row}, no number"
        return MirageError(self._where, problem, "leave such rows out by 'where', or count them")
