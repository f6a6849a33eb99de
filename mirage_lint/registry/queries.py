"""JMESPath over stored values: these are text, which compares as the exact number that it holds.

jmespath itself orders text by its letters, so that "9.5" would be more than "10.2"; here both are
decimals, and a literal is the decimal that it is written as.
"""

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import Any

from jmespath import functions
from jmespath.exceptions import JMESPathTypeError
from jmespath.lexer import Lexer
from jmespath.visitor import Options, TreeInterpreter

from mirage_lint.registry import values

_Key = Callable[[Any], Any]
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


def run(parsed: Any, root: object) -> Any:
    """What a parsed expression gives of ``root``; raises JMESPathError where it cannot."""
    return _Interpreter(Options(custom_functions=_Functions())).visit(parsed, root)


def refuse_rounded(expression: str) -> None:
    """Raise ValueError for a literal of more digits than the parser keeps."""
    for token in Lexer().tokenize(expression):
        if isinstance(token["value"], float):
            text = expression[token["start"] + 1 :].partition("`")[0].strip()
            if not isfinite(token["value"]) or exact(text) != exact(token["value"]):
                raise ValueError(f"the number {text[:30]} is longer than any that can be compared")


def exact(value: object) -> Fraction | None:
    """The number that a stored text or a literal is; None for all else."""
    if isinstance(value, str):
        return _stored(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return Fraction(repr(value)) if is_number else None


@lru_cache(maxsize=2**14)
def _stored(text: str) -> Fraction | None:
    return values.exact(text)


class _Interpreter(TreeInterpreter):
    def visit_comparator(self, node: Any, value: Any) -> bool | None:
        """Numbers by their values, texts by their letters; a number and a text have no order."""
        left, right = (self.visit(child, value) for child in node["children"])
        mine, theirs = exact(left), exact(right)
        are_numbers = mine is not None and theirs is not None
        if node["value"] in ("eq", "ne"):
            is_literal = not (isinstance(left, str) and isinstance(right, str))
            is_same = mine == theirs if are_numbers and is_literal else _is_same(left, right)
            return bool(is_same == (node["value"] == "eq"))
        order = _ORDER[node["value"]]
        if are_numbers:
            return order(mine, theirs)
        are_texts = mine is theirs is None and isinstance(left, str) and isinstance(right, str)
        return order(left, right) if are_texts else None


def _is_same(left: object, right: object) -> bool:
    return isinstance(left, bool) == isinstance(right, bool) and left == right


class _Functions(functions.Functions):
    """The functions that put values in order."""

    @functions.signature({"types": ["array"]}, {"types": ["expref"]})
    def _func_sort_by(self, array: list[Any], of: Any) -> list[Any]:
        return sorted(array, key=_by(of, array, "sort_by"))

    @functions.signature({"types": ["array"]}, {"types": ["expref"]})
    def _func_max_by(self, array: list[Any], of: Any) -> Any:
        return max(array, key=_by(of, array, "max_by"), default=None)

    @functions.signature({"types": ["array"]}, {"types": ["expref"]})
    def _func_min_by(self, array: list[Any], of: Any) -> Any:
        return min(array, key=_by(of, array, "min_by"), default=None)

    @functions.signature({"types": ["array"]})
    def _func_sort(self, array: list[Any]) -> list[Any]:
        return sorted(array, key=_order(array, "sort"))

    @functions.signature({"types": ["array"]})
    def _func_max(self, array: list[Any]) -> Any:
        return max(array, key=_order(array, "max"), default=None)

    @functions.signature({"types": ["array"]})
    def _func_min(self, array: list[Any]) -> Any:
        return min(array, key=_order(array, "min"), default=None)


def _by(of: Any, array: Sequence[Any], name: str) -> _Key:
    """The order of objects by what an expression gives of each."""

    def told(item: Any) -> Any:
        return of.visit(of.expression, item)

    key = _order([told(item) for item in array], name)
    return lambda item: key(told(item))


def _order(told: Sequence[Any], name: str) -> _Key:
    """How values order: all as numbers or all as text; raises JMESPathTypeError for others."""
    if all(exact(value) is not None for value in told):
        return exact
    for value in told:
        if not isinstance(value, str) or exact(value) is not None:
            kinds = ["number", "string"]
            raise JMESPathTypeError(name, value, "a mix of numbers and others", kinds)
    return str
