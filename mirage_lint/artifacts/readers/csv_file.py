"""CSV and TSV with a head line: rows of text cells."""

import csv
from io import StringIO

from mirage_lint.artifacts import text
from mirage_lint.artifacts.content import Content
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
    delimiter = "\t" if where.lower().endswith(".tsv") else ","
    stream = StringIO(text.decode(data, where), newline="")
    rows = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        head = _checked(next(rows, []), f"{where}:1")
        records = tuple(_record(head, row, rows.line_num, where) for row in rows if row)
        return Content(records=records)
    except csv.Error as error:
        raise MirageError(f"{where}:{rows.line_num}", f"is not CSV ({error})", "mend it") from None


def _checked(head: list[str], where: str) -> list[str]:
    seen: set[str] = set()
    for index, name in enumerate(head):
        if not name.strip() and index:
            raise MirageError(where, f"has no name for column {index + 1}", "name every column")
        if name in seen:
            raise MirageError(where, f"names two columns {name[:80]!r}", "name each differently")
        seen.add(name)
    return head


def _record(head: list[str], row: list[str], line: int, where: str) -> dict[str, str]:
    if len(row) != len(head):
        problem = f"has {len(row)} cells where the head has {len(head)}"
        raise MirageError(f"{where}:{line}", problem, "write the row again")
    return dict(zip(head, row, strict=True))
