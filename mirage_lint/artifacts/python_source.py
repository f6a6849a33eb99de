"""Python source: the defaults that stand in it, parsed by ``ast`` and never run."""

import ast
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from mirage_lint.artifacts import fields, values
from mirage_lint.core.facts import Datum
from mirage_lint.errors import MirageError

_OPTION_CALLS = ("add_argument", "option")


class _Setting(NamedTuple):
    section: str
    pointer: str
    node: ast.expr | None


def settings(source: str, where: str) -> list[Datum | None]:
    """What ``source`` sets, None where that is no literal.

    Raises MirageError, naming the line, where it cannot be parsed.
    """
    tree = _parse(source, where)
    literals = _Literals(source, tree)
    return [
        fields.of_script(setting.section, setting.pointer, literals.value(setting.node))
        for setting in _settings(tree)
    ]


def _parse(source: str, where: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its escapes and comparisons: not our business
            return ast.parse(source)
    except SyntaxError as error:
        place, problem = f"{where}:{error.lineno or 1}", f"cannot be parsed ({error.msg})"
        raise MirageError(place, problem, "mend it, or use the Python it is for") from None
    except (RecursionError, MemoryError, ValueError):
        raise MirageError(where, "is nested too deeply to be parsed") from None


def _settings(tree: ast.Module) -> Iterator[_Setting]:
    yield from _constants(tree.body, "")
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _constants(node.body, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _parameters(node)
        elif isinstance(node, ast.Call):
            yield from _keywords(node)


def _constants(body: list[ast.stmt], prefix: str) -> Iterator[_Setting]:
    for statement in body:
        match statement:
            case ast.Assign(targets=targets, value=value):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name), value=literal) if literal:
                names, value = [name], literal
            case _:
                continue
        yield from (_Setting("settings", prefix + name, value) for name in names)


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[_Setting]:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args][-len(arguments.defaults) or None :]
    pairs = [*zip(positional, arguments.defaults, strict=False)]
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    for argument, default in (*pairs, *named):
        yield _Setting("keywords", f"{node.name}.{argument.arg}", default)


def _keywords(call: ast.Call) -> Iterator[_Setting]:
    name = _name(call.func)
    if name in _OPTION_CALLS:
        flags = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        long = [flag for flag in flags if isinstance(flag, str) and flag.startswith("--")]
        defaults = [keyword.value for keyword in call.keywords if keyword.arg == "default"]
        yield from (_Setting("settings", long[0], default) for default in defaults if long)
    elif name:
        for keyword in call.keywords:
            if keyword.arg:
                yield _Setting("keywords", f"{name}.{keyword.arg}", keyword.value)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


class _Literals:
    """Literals as they are written, and names that stand for a constant of the module."""

    def __init__(self, source: str, tree: ast.Module) -> None:
        self._lines = source.encode().split(b"\n")
        constants = {setting.pointer: setting.node for setting in _constants(tree.body, "")}
        self._constants = {name: self._literal(node) for name, node in constants.items()}

    def value(self, node: ast.expr | None) -> object:
        """The value of a literal or of a constant's name; None for anything else."""
        return self._constants.get(node.id) if isinstance(node, ast.Name) else self._literal(node)

    def _literal(self, node: ast.expr | None) -> object:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float()) as operand):
                return f"-{self._number(operand)}"
            case ast.Constant(value=bool() | str() as value):
                return value
            case ast.Constant(value=int() | float()):
                return self._number(node)
        return None

    def _number(self, node: ast.Constant) -> str | None:
        written = self._lines[node.lineno - 1][node.col_offset : node.end_col_offset].decode()
        plain = written.replace("_", "")
        return plain if values.is_number(plain) else values.as_text(node.value)
