"""Formats that are read by a library which is an extra: Parquet and Excel."""

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from mirage_lint.artifacts.readers import excel_file, parquet_file
from mirage_lint.core.facts import METADATA

MADE = Path(__file__).parent / "made_data"
PARQUET, EXCEL = "parquet/rows.parquet", "excel/results.xlsx"
RESULTS = [
    {"model": "finch", "accuracy": "0.27", "n": "371", "day": "2025-01-15T00:00:00", "double": ""},
    {"model": "wren", "accuracy": "0.6666666666666666", "n": "400", "day": "", "double": ""},
]
NOTES = [{"key": "seeds", "value": "5"}]
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "%b">%b]><worksheet>&i;</worksheet>' % (
    b"x" * 1000,
    b"".join(
        b'<!ENTITY %c "%b">' % (letter, b"&%c;" % (letter - 1) * 30) for letter in range(98, 106)
    ),
)


def workbook(change: Callable[[bytes], bytes]) -> bytes:
    """The workbook of ``made_data`` with its first sheet changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(MADE / EXCEL) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == SHEET else data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def test_the_cells_of_parquet_are_told_as_they_are_stored(made) -> None:
    reading = made(PARQUET)
    assert (reading.name, reading.tier) == ("Parquet", METADATA)
    finch = {"model": "finch", "accuracy": "0.1", "rate": "0.6666666666666666", "half": "0.1"}
    wren = {"model": "wren", "accuracy": "", "rate": "3.0", "half": "1.5"}
    assert reading.content.records == (
        {**finch, "price": "1.50", "count": "12", "ok": "true", "day": "1970-01-01"},
        {**wren, "price": "20.25", "count": "1099511627776", "ok": "", "day": "1970-01-02"},
    )


def test_the_sheets_of_excel_are_told_as_they_are_stored(made) -> None:
    reading = made(EXCEL)
    assert (reading.name, reading.tier) == ("Excel", METADATA)
    assert reading.content.records == (*RESULTS, *NOTES)
    assert reading.content.root == {"Results": RESULTS, "Notes": NOTES}


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("a.parquet", "pyarrow.parquet", "parquet"),
        ("a.xlsx", "openpyxl", "excel"),
        ("a.sh", "tree_sitter_bash", "shell"),
    ],
)
def test_an_extra_that_is_missing_is_told(
    refusal, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert refusal(name, b"x") == (
        f"{name}: needs the extra '{extra}', which is not installed; "
        f"run `pip install 'mirage-lint[{extra}]'`"
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [(PARQUET, "is not Parquet ("), (EXCEL, "is not Excel (")],
)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_file_cut_short_is_told_in_one_line(refusal, name: str, kind: str, part: float) -> None:
    whole = (MADE / name).read_bytes()
    said = refusal(name, whole[: int(len(whole) * part)])
    assert said.startswith(f"{name}: {kind}")
    assert said.endswith("fetch it again")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda sheet: b"<a>" * 100_000, "is not Excel (no element found"),
        (lambda sheet: LAUGHS, "is not Excel (limit on input amplification"),
        (lambda sheet: sheet.replace(b'"A4"', b'"ZZZZ4"'), "is not Excel ('ZZZZ' is not a valid"),
        (
            lambda sheet: sheet.replace(b">371<", b">" + b"9" * 5000 + b"<"),
            "is not Excel (Exceeds the limit (4300 digits)",
        ),
        (
            lambda sheet: sheet.replace(b'r="4"', b'r="99999999999"'),
            "holds more than 2,000,000 cells, the most that is read",
        ),
        (lambda sheet: sheet + b" " * 2**27, "holds 134,"),
    ],
    ids=[
        *("deep", "a billion laughs", "a column that is none", "too many digits"),
        *("a row far away", "a bomb"),
    ],
)
def test_a_workbook_made_to_harm_is_told_in_one_line(
    refusal, change: Callable[[bytes], bytes], problem: str
) -> None:
    said = refusal("a.xlsx", workbook(change))
    assert said.startswith(f"a.xlsx: {problem}")
    assert "\n" not in said


def test_the_size_that_a_sheet_tells_of_itself_is_not_believed(read) -> None:
    data = workbook(lambda sheet: sheet.replace(b'ref="A2:F4"', b'ref="A1:XFD1048576"'))
    assert read("a.xlsx", data).content.root["Results"] == RESULTS


def test_bounds_of_tables_name_themselves(refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "MAX_CELLS", 19)
    monkeypatch.setattr(excel_file, "MAX_BYTES", 100)
    parquet = (MADE / PARQUET).read_bytes()
    assert refusal("a.parquet", parquet) == "a.parquet: holds 20 cells, and 19 are the most read"
    monkeypatch.setattr(parquet_file, "MAX_CELLS", 20)
    monkeypatch.setattr(parquet_file, "MAX_BYTES", 100)
    assert refusal("a.parquet", parquet).endswith(" bytes, and 100 are the most read")
    excel = (MADE / EXCEL).read_bytes()
    assert refusal("a.xlsx", excel).endswith(" bytes, and 100 are the most read")


def written(columns: dict[str, object], names: list[str]) -> bytes:
    """A table as Parquet."""
    table, packed = pyarrow.table(columns).rename_columns(names), io.BytesIO()
    pyarrow.parquet.write_table(table, packed)
    return packed.getvalue()


def test_numbers_that_parquet_keeps_in_a_dictionary_are_told(read) -> None:
    columns = {"n": pyarrow.array([3, 5]).dictionary_encode()}
    assert read("a.pq", written(columns, ["n"])).content.records == ({"n": "3"}, {"n": "5"})


def test_two_columns_of_one_name_in_parquet_are_told(refusal) -> None:
    assert refusal("a.parquet", written({"a": [1], "b": [2]}, ["n", "n"])) == (
        "a.parquet: names two columns 'n'; name each differently"
    )


def test_a_damaged_column_of_parquet_is_told_in_one_line(refusal) -> None:
    whole = (MADE / PARQUET).read_bytes()
    said = refusal("a.parquet", whole[:4] + bytes(600) + whole[604:])
    assert said.startswith("a.parquet: is not Parquet (")
    assert "\n" not in said
