"""Parquet: its rows as text cells. Read with pyarrow, the extra ``parquet``.

Numbers are told by the shortest text that stands for what is stored, decimals as they are. Columns
of lists and of structures are left out.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from mirage_lint.artifacts import extras, values
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.core.facts import METADATA
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "Parquet"

MAX_CELLS = 2_000_000
MAX_BYTES = 2**30
"""Cells, and bytes once decompressed, of the largest file that is read."""

_FLOATS = {"halffloat": "<e", "float": "<f", "double": "<d"}


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith((".parquet", ".pq"))


def read(data: bytes, where: str) -> Content:
    """Its rows; an empty cell is what is null."""
    parquet = extras.module("pyarrow.parquet", "parquet", where)
    try:
        file = parquet.ParquetFile(BytesIO(data))
        _check(file.metadata, where)
        return Content(records=tuple(_rows(file, where)))
    except MirageError:
        raise
    except Exception as error:  # its errors are of many kinds on a damaged file
        told = str(error)[:100] or type(error).__name__
        raise MirageError(where, f"is not Parquet ({told})", "write or fetch it again") from None


def _check(metadata: Any, where: str) -> None:
    cells = metadata.num_rows * metadata.num_columns
    if cells > MAX_CELLS:
        raise MirageError(where, f"holds {cells:,} cells, and {MAX_CELLS:,} are the most read")
    groups = (metadata.row_group(index) for index in range(metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    if size > MAX_BYTES:
        raise MirageError(where, f"holds {size:,} bytes, and {MAX_BYTES:,} are the most read")


def _rows(file: Any, where: str) -> Iterator[Record]:
    kept = [field.name for field in file.schema_arrow if not _is_left_out(str(field.type))]
    for name in kept:
        if kept.count(name) > 1:
            raise MirageError(where, f"names two columns {name[:80]!r}", "name each differently")
    for batch in file.iter_batches(columns=kept):
        columns = [_texts(batch.column(name)) for name in kept]
        for cells in zip(*columns, strict=True):
            yield dict(zip(kept, cells, strict=True))


def _is_left_out(kind: str) -> bool:
    """Whether cells of this Arrow type are lists, structures or bytes; a dictionary is none."""
    return "<" in kind.removeprefix("dictionary<") or "binary" in kind


def _texts(column: Any) -> list[str]:
    """Cells as text: floats by their bits, all else as Arrow spells it."""
    layout = _FLOATS.get(str(column.type))
    if layout:
        cells = column.to_pylist()
        return ["" if cell is None else values.shortest(cell, layout) for cell in cells]
    return [cell or "" for cell in column.cast("string").to_pylist()]
