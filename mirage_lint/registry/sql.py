"""SQL over the rows of an artifact, by DuckDB (the extra ``sql``), exactly and within bounds."""

import csv
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mirage_lint.errors import MirageError

MAX_BYTES = 2**30
MAX_SECONDS = 60
"""Characters of the largest table, and how long a query may take."""

_DIGITS_OF_A_DECIMAL = 38
_DIGITS_OF_AN_INTEGER = 18
_LONGEST_EXPONENT = 3
_NUMBER = re.compile(r"[+-]?([0-9]*+)\.?([0-9]*+)(?:[eE]([+-]?[0-9]++))?")
_LABEL = re.compile(r"[+-]?0[0-9]")

Record = dict[str, str]


def rows(records: Iterable[Record], columns: list[str], query: str, where: str) -> list[Record]:
    """The rows that ``query`` gives of the table ``artifact``; empty cells are NULL there.

    A column is BOOLEAN, whole or DECIMAL where all its cells are, else text. Raises MirageError at
    ``where`` if the query fails, gives floating-point numbers, or goes beyond a bound.
    """
    if importlib.util.find_spec("duckdb") is None:
        problem = "'sql' needs DuckDB, which is not installed"
        raise MirageError(where, problem, "pip install 'mirage-lint[sql]'")
    if not columns:
        raise MirageError(where, "the artifact is no table, so there are no rows to select")
    with tempfile.TemporaryDirectory(prefix="mirage-lint-") as folder:
        types = _stored(records, columns, Path(folder) / "rows.csv", where)
        answer = _asked({"query": query, "columns": types}, folder, where)
    return [dict(zip(answer["names"], row, strict=True)) for row in answer["rows"]]


def _stored(
    records: Iterable[Record], columns: list[str], place: Path, where: str
) -> dict[str, str]:
    """Write the rows for DuckDB; the type of each column, by a name that SQL can have."""
    kinds, size = [_Kind() for _ in columns], 0
    with place.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for record in records:
            cells = [record.get(column, "").strip() for column in columns]
            for kind, cell in zip(kinds, cells, strict=True):
                kind.take(cell)
            size += sum(map(len, cells))
            if size > MAX_BYTES:
                problem = f"'sql' is over more than {MAX_BYTES:,} characters, the most that fit"
                raise MirageError(where, problem, "count or sum by [[fact]] keys instead")
            writer.writerow(cells)
    return {name or "_": kind.name for name, kind in zip(columns, kinds, strict=True)}


class _Kind:
    """What all cells of a column are."""

    def __init__(self) -> None:
        self._whole = self._places = 0
        self._is_number = self._is_truth = True
        self._is_empty = True

    def take(self, cell: str) -> None:
        if not cell or not (self._is_number or self._is_truth):
            return
        self._is_empty = False
        self._is_truth = self._is_truth and cell.lower() in ("true", "false")
        self._is_number = self._is_number and self._measure(cell)

    def _measure(self, cell: str) -> bool:
        found = _NUMBER.fullmatch(cell) if not _LABEL.match(cell) else None
        if not found or not (found[1] or found[2]) or len(found[3] or "") > _LONGEST_EXPONENT:
            return False
        power = int(found[3] or 0)
        self._whole = max(self._whole, len(found[1]) + power)
        self._places = max(self._places, len(found[2]) - power)
        return self._whole + self._places <= _DIGITS_OF_A_DECIMAL

    @property
    def name(self) -> str:
        if self._is_empty or not (self._is_truth or self._is_number):
            return "VARCHAR"
        if self._is_truth:
            return "BOOLEAN"
        if not self._places and self._whole <= _DIGITS_OF_AN_INTEGER:
            return "BIGINT"
        return f"DECIMAL({max(self._whole + self._places, 1)}, {self._places})"


def _asked(job: dict[str, Any], folder: str, where: str) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "mirage_lint.registry.sql_worker"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(job),
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=MAX_SECONDS,
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        problem = f"'sql' takes more than {MAX_SECONDS} seconds, the most that it may"
        raise MirageError(where, problem, "ask for less") from None
    except ValueError:  # the worker was ended, and said nothing
        problem = "'sql' needs more memory than it may have, or DuckDB cannot be run"
        raise MirageError(where, problem, "ask for less") from None
    if "error" in answer:
        raise MirageError(where, f"'sql' fails: {_brief(answer['error'])}", "correct the query")
    return answer


def _brief(error: str) -> str:
    """The first lines of what DuckDB says, without the drawing of the query below them."""
    return " ".join(error.partition("\n\nLINE ")[0].split())[:300].rstrip(".")
