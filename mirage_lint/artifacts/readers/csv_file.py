"""CSV and TSV with a head line: rows of text cells."""

import csv
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

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
    """Its rows, by the names in its first line; blank lines do not count, nor do those of comments
    before it ("# made by ...").

    The first name may be empty: so pandas writes the column of row labels.
    """
    return Content(records=tuple(_records(partial(BytesIO, data), where)))


def stream(opener: Opener, where: str) -> Content:
    """As `read`, one row after another."""
    with opener() as file:
        head = _head(_rows(file, where), where)
    return Content(records=Rows(partial(_records, opener, where), tuple(head)))


def _records(opener: Opener, where: str) -> Iterator[Record]:
    with opener() as file:
        rows = _rows(file, where)
        head = _head(rows, where)
        width = len(head)
        try:
            for row in rows:
                if len(row) == width:
                    yield dict(zip(head, row, strict=True))
                elif row:
                    problem = f"has {len(row)} cells where the head has {width}"
                    raise MirageError(f"{where}:{rows.line_num}", problem, "write the row again")
        except csv.Error as error:
            raise _broken(error, rows.line_num, where) from None


def _rows(file: BinaryIO, where: str) -> Any:
    delimiter = "\t" if where.lower().endswith(".tsv") else ","
    return csv.reader(text.lines(file, where), delimiter=delimiter, strict=True)


def _broken(error: csv.Error, line: int, where: str) -> MirageError:
    return MirageError(f"{where}:{line}", f"is not CSV ({error})", "mend it")


def _is_comment(row: list[str]) -> bool:
    """A line without any delimiter: "# params,acc" is a head."""
    return len(row) == 1 and row[0].startswith("#")


def _head(rows: Any, where: str) -> list[str]:
    """The names of the columns, each of its own."""
    try:
        head: list[str] = next((row for row in rows if not _is_comment(row)), [])
    except csv.Error as error:
        raise _broken(error, rows.line_num, where) from None
    seen: set[str] = set()
    for index, name in enumerate(head):
        if not name.strip() and index:
            problem = f"has no name for column {index + 1}"
            raise MirageError(f"{where}:1", problem, "name every column")
        if name in seen:
            problem = f"names two columns {name[:80]!r}"
            raise MirageError(f"{where}:1", problem, "name each differently")
        seen.add(name)
    return head
