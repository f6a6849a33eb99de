"""What written and stored numbers say, exactly."""

from fractions import Fraction

import pytest

from mirage_lint.core.interval import Interval, point, rounded, stored


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("99.2", "99.15", "99.25"),
        ("0.0833", "0.08325", "0.08335"),
        ("12", "11.5", "12.5"),
        ("1e-4", "0.00005", "0.00015"),
        ("2.50", "2.495", "2.505"),
    ],
)
def test_a_written_number_says_all_that_rounds_to_it(written: str, low: str, high: str) -> None:
    assert rounded(written) == Interval(Fraction(low), Fraction(high))


def test_both_ends_belong_to_it_so_that_half_up_and_half_even_are_right() -> None:
    assert rounded("0.4").holds(Fraction("0.45"))
    assert rounded("0.5").holds(Fraction("0.45"))
    assert not rounded("0.5").holds(Fraction("0.4499"))


@pytest.mark.parametrize(
    ("value", "unit", "exact", "reach"),
    [
        ("8", "", "8", "0"),
        ("1.0", "", "1", "0"),
        ("0.35", "ratio", "0.35", "0"),
        ("0.0833", "", "0.0833", "0.00005"),
        ("99.2%", "", "0.992", "0.0005"),
        ("94.82", "percent", "0.9482", "0"),
        ("1/371", "ratio", "1/371", "0"),
    ],
)
def test_a_stored_value_is_a_point_and_what_its_storing_rounded_away(
    value: str, unit: str, exact: str, reach: str
) -> None:
    middle, around = Fraction(exact), Fraction(reach)
    assert stored(value, unit) == (middle, Interval(middle - around, middle + around))


def test_a_fraction_meets_the_double_that_it_was_stored_as() -> None:
    for numerator in range(1, 60):
        value = repr(numerator / 59)
        assert stored(value, "ratio")[1].overlaps(point(Fraction(numerator, 59))), value


def test_two_rounded_numbers_agree_only_where_they_share_more_than_an_end() -> None:
    assert rounded("0.3").overlaps(rounded("0.34"))
    assert not rounded("0.3").overlaps(rounded("0.4"))
    assert Interval(Fraction(3), None).overlaps(rounded("7"))
