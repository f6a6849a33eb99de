"""Excel: the rows of its sheets, with values as they are stored. Read with openpyxl, the extra
``excel``.

Formats are not applied: a cell that shows 27% holds 0.27. A formula has the value that Excel last
saved, and is never worked out. A sheet's first row that is not empty is its head.
"""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, time
from io import BytesIO
from typing import Any

from mirage_lint.artifacts import extras, tables
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.artifacts.values import as_text
from mirage_lint.core.facts import METADATA
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "Excel"

MAX_CELLS = 2_000_000
MAX_BYTES = 2**27
"""Cells, and bytes once decompressed, of the largest file that is read."""


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith((".xlsx", ".xlsm"))


def read(data: bytes, where: str) -> Content:
    """The rows of all sheets; those of one are at its name: ``rows = "Sheet1"``."""
    openpyxl = extras.module("openpyxl", "excel", where)
    try:
        _check(data, where)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out: styles, validations, charts
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            sheets = {sheet.title: _rows(sheet, where) for sheet in book.worksheets}
    except MirageError:
        raise
    except Exception as error:  # zip, XML and openpyxl raise almost any kind on a damaged file
        told = str(error)[:100] or type(error).__name__
        raise MirageError(where, f"is not Excel ({told})", "save or fetch it again") from None
    return Content(records=tuple(row for rows in sheets.values() for row in rows), root=sheets)


def _check(data: bytes, where: str) -> None:
    with zipfile.ZipFile(BytesIO(data)) as members:
        size = sum(info.file_size for info in members.infolist())
    if size > MAX_BYTES:
        raise MirageError(where, f"holds {size:,} bytes, and {MAX_BYTES:,} are the most read")


def _rows(sheet: Any, where: str) -> list[Record]:
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    lines = _lines(sheet, where)
    return list(tables.rows(next(lines, []), lines))


def _lines(sheet: Any, where: str) -> Iterator[list[str]]:
    """The cells of each row that is not empty."""
    count = 0
    for cells in sheet.iter_rows(values_only=True):
        count += max(len(cells), 1)
        if count > MAX_CELLS:
            raise MirageError(where, f"holds more than {MAX_CELLS:,} cells, the most that is read")
        line = [_text(cell) for cell in cells]
        if any(line):
            yield line


def _text(cell: object) -> str:
    if isinstance(cell, date | time):
        return cell.isoformat()
    return as_text(cell) or ""
