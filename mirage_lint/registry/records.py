"""Rows of a table: named by their keys, counted, summed."""

import re
from collections.abc import Iterable
from fractions import Fraction

from mirage_lint.artifacts.content import Content
from mirage_lint.core import words
from mirage_lint.errors import MirageError
from mirage_lint.registry import values
from mirage_lint.registry.expressions import Expression
from mirage_lint.registry.places import did_you_mean

Record = dict[str, str]


def columns(records: Iterable[Record]) -> list[str]:
    """All columns of the rows, in the order in which they first occur."""
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


def cell(text: str, records: tuple[Record, ...], where: str) -> str:
    """The cell at a `pointer`; keys are compared as numbers where both are.

    Raises MirageError if the pointer fits no row, or more than one.
    """
    known = columns(records)
    column = next((name for name in known if text.endswith(f"/{name}")), None)
    if column is None:
        raise MirageError(where, f"pointer '{text}' ends in no column", did_you_mean("", known))
    pairs = _pairs(text.removesuffix(f"/{column}"), known, where)
    rows = [record for record in records if all(_is(record, *pair) for pair in pairs)]
    if len(rows) != 1:
        mend = "correct its keys" if not rows else "add a key that tells them apart"
        raise MirageError(where, f"pointer '{text}' fits {len(rows)} rows, not one", mend)
    return rows[0].get(column, "")


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


def counted(content: Content, holds: Expression, of: Expression | None) -> tuple[int, int]:
    """How many rows hold, of how many: of all, or of those for which ``of`` holds."""
    rows = _named(tuple(content.records), holds.where)
    among = [row for row in rows if of is None or of.holds(row)]
    return sum(1 for row in among if holds.holds(row)), len(among)


def distinct(content: Content, column: str, where: str) -> int:
    """How many different non-empty values a column has."""
    require(column, columns(content.records), where)
    return len({record.get(column, "").strip() for record in content.records} - {""})


def summed(content: Content, column: str, where: str) -> Fraction:
    """The exact sum of a column; raises MirageError at a cell that holds no number."""
    require(column, columns(content.records), where)
    total = Fraction(0)
    for row, record in enumerate(content.records, start=1):
        number = values.exact(record.get(column, "").strip())
        if number is None:
            text = record.get(column, "")[:50]
            raise MirageError(where, f"column '{column}' holds '{text}' in row {row}, no number")
        total += number
    return total


def _named(records: tuple[Record, ...], where: str) -> list[Record]:
    """Rows whose columns can be named in an expression: ``Top-1 (%)`` as ``top_1``."""
    if not records:
        raise MirageError(where, "the artifact is no table, so there are no rows to count")
    known = columns(records)
    spelled = {"_".join(words.split(column)): column for column in known}
    spelled |= {column: column for column in known}
    return [
        {name: record.get(column, "") for name, column in spelled.items()} for record in records
    ]
