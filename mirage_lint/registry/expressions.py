"""Predicates over records and exact arithmetic: a few nodes of `ast`, walked and never run."""

import ast
import operator
import warnings
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from mirage_lint.errors import MirageError
from mirage_lint.registry import values
from mirage_lint.registry.places import did_you_mean

MAX_LENGTH = 1000
MAX_NODES = 200
MAX_BITS = 4096
"""Bounds of an expression: characters, syntax nodes, bits of a number on the way."""

Scalar = str | bool | Fraction
_Reader = Callable[[Mapping[str, str]], Scalar]
_FALSE = frozenset({"", "0", "0.0", "false", "no", "none", "null"})
_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class Expression:
    """A parsed expression with the place that its errors name."""

    def __init__(self, text: str, where: str) -> None:
        self.text = text.strip()
        self.where = where
        self._root = self._parse()

    def holds(self, record: Mapping[str, str]) -> bool:
        """Whether ``record`` (column to cell) fulfils it; its names are columns.

        Cells compare as exact numbers where both sides are numbers, else as text. Empty, ``0``,
        ``false``, ``no``, ``none`` and ``null`` (any case) are false, all else is true.
        """
        return _truth(self._test(record))

    def names(self, known: Iterable[str]) -> list[str]:
        """The names that it has, each once; raises MirageError for one that is not ``known``."""
        found = {node.id for node in ast.walk(self._root) if isinstance(node, ast.Name)}
        for name in sorted(found):
            self._named(name, dict.fromkeys(known, ""))
        return sorted(found)

    def number(self, names: Mapping[str, str]) -> Fraction:
        """Its exact value; its names stand for the numbers of ``names``."""
        return self._arithmetic(self._root, names)

    @cached_property
    def _test(self) -> _Reader:
        return self._reader(self._root)

    def _parse(self) -> ast.expr:
        if len(self.text) > MAX_LENGTH:
            raise self._error(f"is longer than {MAX_LENGTH} characters")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                root = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise self._error("is no expression", "write it as in Python: `a and not b`") from None
        if sum(1 for _ in ast.walk(root)) > MAX_NODES:
            raise self._error(f"has more than {MAX_NODES} parts")
        return root

    def _error(self, problem: str, mend: str = "") -> MirageError:
        return MirageError(self.where, f"'{self.text[:80]}' {problem}", mend)

    def _refused(self, node: ast.AST, mend: str) -> MirageError:
        return self._error(f"has what is not allowed here ({type(node).__name__})", mend)

    def _reader(self, node: ast.expr) -> _Reader:
        """What reads the value of a node from a record: made once, and asked for each row."""
        match node:
            case ast.Name(id=name):
                return lambda record: record[name] if name in record else self._named(name, record)
            case ast.BoolOp(op=how, values=parts):
                readers = [self._reader(part) for part in parts]
                every = all if isinstance(how, ast.And) else any
                return lambda record: every(_truth(reader(record)) for reader in readers)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                reader = self._reader(operand)
                return lambda record: not _truth(reader(record))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as operand):
                return _always(-self._literal(operand))
            case ast.Constant(value=bool() | str() as value):
                return _always(value)
            case ast.Constant():
                return _always(self._literal(node))
            case ast.Compare():
                return self._comparison(node)
        raise self._refused(node, "use columns, constants, comparisons, and, or, not, in")

    def _named(self, name: str, names: Mapping[str, str]) -> str:
        if name not in names:
            mend = did_you_mean(name, names)
            raise self._error(f"names '{name}', which the artifact does not have", mend)
        return names[name]

    def _literal(self, node: ast.Constant) -> Fraction:
        """A number from its source text: Python's own float would round it."""
        source = (ast.get_source_segment(self.text, node) or "").replace("_", "")
        number = values.exact(source)
        if number is None:
            raise self._error(f"has '{source[:50]}', which is no decimal number of fair length")
        return number

    def _comparison(self, node: ast.Compare) -> _Reader:
        operands = [node.left, *node.comparators]
        pairs = [self._pair(*pair) for pair in zip(operands, node.ops, operands[1:], strict=False)]
        if len(pairs) == 1:
            return pairs[0]
        return lambda record: all(pair(record) for pair in pairs)

    def _pair(self, left: ast.expr, how: ast.cmpop, right: ast.expr) -> _Reader:
        mine = self._reader(left)
        if isinstance(how, ast.In | ast.NotIn):
            within, wanted = self._within(mine, right), isinstance(how, ast.In)
            return lambda record: within(record) == wanted
        theirs = self._reader(right)
        if isinstance(how, ast.Eq | ast.NotEq):
            wanted = isinstance(how, ast.Eq)
            return lambda record: _equal(mine(record), theirs(record)) == wanted
        if type(how) not in _ORDER:
            raise self._refused(how, "compare by ==, !=, <, <=, >, >=, in, not in")
        order = _ORDER[type(how)]
        return lambda record: _ordered(mine(record), theirs(record), order)

    def _within(self, item: _Reader, right: ast.expr) -> _Reader:
        """Membership in a list of values, or of a text in a text."""
        if isinstance(right, ast.List | ast.Tuple | ast.Set):
            parts = [self._reader(part) for part in right.elts]
            return lambda record: any(_equal(item(record), part(record)) for part in parts)
        text = self._reader(right)
        return lambda record: str(item(record)) in str(text(record))

    def _arithmetic(self, node: ast.expr, names: Mapping[str, str]) -> Fraction:
        match node:
            case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
                return self._literal(node)
            case ast.Name(id=name):
                return self._number_named(name, names)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._arithmetic(operand, names)
            case ast.BinOp(left=left, op=how, right=right) if type(how) in _ARITHMETIC:
                return self._binary(left, _ARITHMETIC[type(how)], right, names)
        raise self._refused(node, "use numbers, the artifact's names, + - * / and brackets")

    def _number_named(self, name: str, names: Mapping[str, str]) -> Fraction:
        number = values.exact(self._named(name, names))
        if number is None:
            raise self._error(f"names '{name}', which is '{names[name][:50]}' and no number")
        return number

    def _binary(
        self,
        left: ast.expr,
        how: Callable[[Fraction, Fraction], Fraction],
        right: ast.expr,
        names: Mapping[str, str],
    ) -> Fraction:
        try:
            result = how(self._arithmetic(left, names), self._arithmetic(right, names))
        except ZeroDivisionError:
            raise self._error("divides by zero") from None
        if max(result.numerator.bit_length(), result.denominator.bit_length()) > MAX_BITS:
            raise self._error(f"passes through a number of more than {MAX_BITS} bits")
        return result


def _always(value: Scalar) -> _Reader:
    return lambda record: value


def _truth(value: Scalar) -> bool:
    return value.strip().lower() not in _FALSE if isinstance(value, str) else bool(value)


@lru_cache(maxsize=2**14)
def _stored_number(text: str) -> Fraction | None:
    """The number of a cell; columns that predicates ask about have few different ones."""
    return values.exact(text.strip())


def _number(value: Scalar) -> Fraction | None:
    if isinstance(value, str):
        return _stored_number(value)
    return None if isinstance(value, bool) else value


def _equal(left: Scalar, right: Scalar) -> bool:
    """As truth values if one is ``True`` or ``False``, else as numbers, else as text."""
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) == _truth(right)
    mine, theirs = _number(left), _number(right)
    return mine == theirs if mine is not None and theirs is not None else str(left) == str(right)


def _ordered(left: Scalar, right: Scalar, how: Callable[[Any, Any], bool]) -> bool:
    """Order of two numbers or of two texts; a number and a text have none."""
    mine, theirs = _number(left), _number(right)
    if mine is not None and theirs is not None:
        return how(mine, theirs)
    return mine is theirs is None and how(str(left), str(right))
