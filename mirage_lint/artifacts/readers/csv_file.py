"""CSV and TSV with a head line: rows of text cells."""

import csv
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from mirage_lint.artifacts import text
from mirage_lint.artifacts.content import Content, Opener, Record, Rows
from mirage_lint.core.facts import METADATA
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "CSV or TSV"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith((".csv", ".tsv"))


def read(data: bytes, where: str) -> Content:
    """Its rows, by the names in its first line; blank lines do not count.

    The first name may be empty: so pandas writes the column of row labels.
    """
    return Content(records=tuple(_records(partial(BytesIO, data), where)))


def stream(opener: Opener, where: str) -> Content:
    """As `read`, one row after another."""
    _, head = next(_rows(opener, where))
    return Content(records=Rows(partial(_records, opener, where), tuple(head)))


def _records(opener: Opener, where: str) -> Iterator[Record]:
    rows = _rows(opener, where)
    _, head = next(rows)
    for line, row in rows:
        if row:
            yield _record(head, row, line, where)


def _rows(opener: Opener, where: str) -> Iterator[tuple[int, list[str]]]:
    """The head, then all rows, with their lines."""
    with opener() as file:
        rows = csv.reader(text.lines(file, where), delimiter=_delimiter(where), strict=True)
        try:
            yield 1, _checked(next(rows, []), f"{where}:1")
            for row in rows:
                yield rows.line_num, row
        except csv.Error as error:
            place = f"{where}:{rows.line_num}"
            raise MirageError(place, f"is not CSV ({error})", "mend it") from None


def _delimiter(where: str) -> str:
    return "\t" if where.lower().endswith(".tsv") else ","


def _checked(head: list[str], where: str) -> list[str]:
    seen: set[str] = set()
    for index, name in enumerate(head):
        if not name.strip() and index:
            raise MirageError(where, f"has no name for column {index + 1}", "name every column")
        if name in seen:
            raise MirageError(where, f"names two columns {name[:80]!r}", "name each differently")
        seen.add(name)
    return head


def _record(head: list[str], row: list[str], line: int, where: str) -> Record:
    if len(row) != len(head):
        problem = f"has {len(row)} cells where the head has {len(head)}"
        raise MirageError(f"{where}:{line}", problem, "write the row again")
    return dict(zip(head, row, strict=True))
