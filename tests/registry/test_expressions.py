"""Predicates and arithmetic, and what they refuse."""

from fractions import Fraction

import pytest

from mirage_lint.errors import MirageError
from mirage_lint.registry.expressions import Expression

RECORD = {"ok": "False", "n": "10", "size": "9.50", "name": "alpha", "blank": "", "flag": "true"}

PREDICATES = {
    "ok": False,
    "not ok": True,
    "flag == True and ok != True": True,
    "n > 9": True,
    "n > size": True,
    "size == 9.5": True,
    "n == '10.0'": True,
    "9 < n <= 10": True,
    "n < -1": False,
    "blank": False,
    "blank < 5": False,
    "name < 'beta'": True,
    "name in ('alpha', 'beta')": True,
    "n in [1, 10]": True,
    "name not in {'alpha'}": False,
    "'lph' in name": True,
    "ok or (flag and not blank)": True,
}


@pytest.mark.parametrize(("text", "holds"), PREDICATES.items(), ids=PREDICATES)
def test_a_predicate_holds_or_not(text: str, holds: bool) -> None:
    assert Expression(text, "claims.toml:1").holds(RECORD) is holds


SUMS = {
    "1 - 13/20": Fraction(7, 20),
    "0.1 + 0.2": Fraction(3, 10),
    "-(lost / all_) * 1_000": Fraction(-650),
    "1e-4": Fraction(1, 10_000),
}


@pytest.mark.parametrize(("text", "value"), SUMS.items(), ids=SUMS)
def test_arithmetic_is_exact(text: str, value: Fraction) -> None:
    assert Expression(text, "claims.toml:1").number({"lost": "13", "all_": "20"}) == value


REFUSED = {
    "__import__('os').system('true')": "has what is not allowed here (Call)",
    "().__class__": "has what is not allowed here (Attribute)",
    "n[0]": "has what is not allowed here (Subscript)",
    "lambda: 1": "has what is not allowed here (Lambda)",
    "[x for x in n]": "has what is not allowed here (ListComp)",
    "9 ** 9 ** 9 ** 9": "has what is not allowed here (BinOp)",
    "n is 1": "has what is not allowed here (Is)",
    "1e9999": "has '1e9999', which is no decimal number of fair length",
    "1j": "has '1j', which is no decimal number of fair length",
    "nn": "names 'nn', which the artifact does not have",
    "n +": "is no expression",
    "n = 1": "is no expression",
    "\0": "is no expression",
    "(" * 500: "is no expression",
    "n" * 1001: "is longer than 1000 characters",
    "+".join("1" * 300): "has more than 200 parts",
}


@pytest.mark.parametrize(("text", "problem"), REFUSED.items(), ids=range(len(REFUSED)))
def test_anything_else_is_refused(text: str, problem: str) -> None:
    with pytest.raises(MirageError) as error:
        Expression(text, "claims.toml:1").holds({"n": "1"})
    assert problem in error.value.problem
    with pytest.raises(MirageError):
        Expression(text, "claims.toml:1").number({})


def test_a_number_may_not_grow_without_end() -> None:
    text = " * ".join(["1e900"] * 10)
    with pytest.raises(MirageError, match="passes through a number of more than 4096 bits"):
        Expression(text, "x").number({})


def test_division_by_zero_is_told() -> None:
    with pytest.raises(MirageError, match="'1 / \\(1 - n\\)' divides by zero"):
        Expression("1 / (1 - n)", "x").number({"n": "1"})


def test_an_unknown_name_comes_with_the_nearest() -> None:
    with pytest.raises(MirageError, match="did you mean 'tuned_ok'"):
        Expression("tuned_okay", "x").holds({"tuned_ok": "1", "base": "2"})
