"""Wrong numerals: one change, the same form."""

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from mirage_lint.mutation import numerals
from mirage_lint.mutation.numerals import Written, misrounded, rendered

MANY = range(50)
Change = Callable[[str, Random], str]


def results(change: Change, text: str) -> set[str]:
    return {change(text, Random(seed)) for seed in MANY}


def test_the_last_digit_becomes_another() -> None:
    assert results(numerals.last_digit, "1,20") == {f"1,2{digit}" for digit in "123456789"}


def test_the_first_digit_that_is_not_nought_becomes_another() -> None:
    assert results(numerals.first_digit, "0.52") == {f"0.{digit}2" for digit in "12346789"}
    assert results(numerals.first_digit, "0.05") == {""}
    assert results(numerals.first_digit, "7") == {""}


def test_two_neighbours_that_differ_change_places() -> None:
    assert results(numerals.transposed, "81.45") == {"18.45", "84.15", "81.54"}
    assert results(numerals.transposed, "1,002") == {"1,020"}
    assert results(numerals.transposed, "7.7") == {""}


@pytest.mark.parametrize(
    ("text", "exact", "wrong"),
    [
        ("8.3", Fraction(25, 3), "8.4"),
        ("0.667", Fraction(2, 3), "0.666"),
        ("99", Fraction(991, 10), "100"),
        ("3,251", Fraction(32514, 10), "3,252"),
        ("0.5", Fraction(1, 2), ""),
    ],
)
def test_the_other_side_of_a_rounding(text: str, exact: Fraction, wrong: str) -> None:
    assert misrounded(text, exact) == wrong


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("2,400", Fraction(12345678), "12,345,678"),
        ("2400", Fraction(12345678), "12345678"),
        ("12.50", Fraction(20, 3), "6.67"),
        ("1 200", Fraction(5000), "5 000"),
        ("0.125", Fraction(1), "1.000"),
    ],
)
def test_another_value_keeps_separators_and_decimals(form: str, value: Fraction, text: str) -> None:
    assert rendered(Written(0, form), value) == text
