"""Which cells are numbers."""

from fractions import Fraction

import pytest

from mirage_lint.registry.values import Value, parse, written

CELLS = {
    "8": Value("8"),
    " 0.0833 ": Value("0.0833"),
    "-1e-4": Value("-1e-4"),
    "1,234,567": Value("1234567"),
    "1,234.5%": Value("1234.5%"),
    "+3": Value("3"),
    "99.2%": Value("99.2%"),
    "99.2 %": Value("99.2%"),
    "2 / 3": Value("2/3", "2", "3"),
    "66.7% (2/3)": Value("66.7%", "2", "3"),
    "": None,
    "N/A (0 wrong)": None,
    "true": None,
    "False": None,
    "nan": None,
    "NaN": None,
    "inf": None,
    "-Infinity": None,
    "1/0": None,
    "66.7% (2/0)": None,
    "1e9999": None,
    "9" * 41: None,
    "12,34": None,
    "2025-01-02": None,
    "٣": None,
}


@pytest.mark.parametrize(("cell", "value"), CELLS.items(), ids=map(repr, CELLS))
def test_a_cell_holds_a_number_or_none(cell: str, value: Value | None) -> None:
    assert parse(cell) == value


RESULTS = {"4200": "4200", "7/20": "0.35", "1/2": "0.5", "-3/4": "-0.75", "2/3": "2/3"}


@pytest.mark.parametrize(("fraction", "text"), RESULTS.items(), ids=RESULTS)
def test_a_result_is_written_exactly(fraction: str, text: str) -> None:
    assert written(Fraction(fraction)) == text
