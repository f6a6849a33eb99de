"""Python source: the defaults that stand in it, parsed by ``ast`` and never run."""

import ast
import warnings
from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

from mirage_lint.artifacts import fields, values
from mirage_lint.artifacts.content import Content
from mirage_lint.errors import MirageError

_OPTION_CALLS = ("add_argument", "option", "argument")
_FIELD_CALLS = ("field", "Field")
_TYPER_CALLS = ("Option", "Argument")
_LISTS = (ast.List, ast.Tuple, ast.Set)
_DEEPEST = 20
"""Levels of nested dicts that are gone into."""


class _Setting(NamedTuple):
    section: str
    pointer: str
    node: ast.expr | None


def read(source: str, where: str) -> Content:
    """What ``source`` sets to literals, each value once, and the constants with lists in them.

    Raises MirageError, naming the line, where it cannot be parsed.
    """
    tree = _parse(source, where)
    literals = _Literals(source, tree)
    found = fields.of_settings(
        fields.of_script(setting.section, setting.pointer, literals.value(setting.node))
        for setting in _settings(tree)
    )
    return found._replace(root=dict(_lists(tree, literals)) or None)


def _lists(tree: ast.Module, literals: "_Literals") -> Iterator[tuple[str, object]]:
    """The constants of the module that are lists or have some; others have pointers already."""
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=node):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as node):
                pass
            case _:
                continue
        value = literals.nested(node) if _has_lists(node) else None
        if isinstance(value, dict | list):
            yield name, value


def _has_lists(node: ast.expr) -> bool:
    return any(isinstance(one, _LISTS) for one in ast.walk(node))


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
        for name in names:
            yield from _named(prefix + name, _field_default(value))


def _named(pointer: str, node: ast.expr | None, depth: int = 0) -> Iterator[_Setting]:
    """A value under its name; those of a dict under its keys, as ``CONFIG.optimizer.lr``."""
    if not isinstance(node, ast.Dict):
        yield _Setting("settings", pointer, node)
        return
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and depth < _DEEPEST:
            yield from _named(f"{pointer}.{key.value}", value, depth + 1)


def _field_default(node: ast.expr | None) -> ast.expr | None:
    """What a field of a dataclass or a model is by default, else the value as it is."""
    return _default(node) if _called(node, _FIELD_CALLS) else node


def _called(node: ast.expr | None, names: tuple[str, ...]) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and _name(node.func) in names


def _default(call: ast.Call) -> ast.expr | None:
    """The default that a call gives: its keyword, or its first argument."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "default"]
    return next(iter([*named, *call.args[:1]]), None)


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[_Setting]:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args][-len(arguments.defaults) or None :]
    pairs = [*zip(positional, arguments.defaults, strict=False)]
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    for argument, default in (*pairs, *named):
        typer = _typer_call(argument, default)
        if typer is None:
            yield _Setting("keywords", f"{node.name}.{argument.arg}", default)
        else:
            flag = _flag(typer) or f"--{argument.arg.replace('_', '-')}"
            place = flag if _name(typer.func) == "Option" else f"{node.name}.{argument.arg}"
            value = _default(typer) if typer is default else default
            yield _Setting("settings", place, value)


def _typer_call(argument: ast.arg, default: ast.expr | None) -> ast.Call | None:
    """The call that makes a parameter an option: its default, or in its annotation."""
    if _called(default, _TYPER_CALLS):
        return default
    match argument.annotation:
        case ast.Subscript(slice=ast.Tuple(elts=[_, *extras])):
            return next((extra for extra in extras if _called(extra, _TYPER_CALLS)), None)
    return None


def _flag(call: ast.Call) -> str:
    """The first long flag among the arguments of a call: ``--seeds``; empty if there is none."""
    texts = (arg.value for arg in call.args if isinstance(arg, ast.Constant))
    flags = (text for text in texts if isinstance(text, str) and text.startswith("--"))
    return next(flags, "").partition("/")[0]


def _keywords(call: ast.Call) -> Iterator[_Setting]:
    name = _name(call.func)
    if name in _OPTION_CALLS:
        defaults = [keyword.value for keyword in call.keywords if keyword.arg == "default"]
        flag = _flag(call)
        yield from (_Setting("settings", flag, default) for default in defaults if flag)
    elif name and name not in (*_FIELD_CALLS, *_TYPER_CALLS):
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

    def nested(self, node: ast.expr | None, depth: int = 0) -> object:
        """Dicts and lists of literals; None for what is none, as a list with others within."""
        match node:
            case ast.Dict(keys=keys, values=items) if depth < _DEEPEST:
                names = [self._literal(key) for key in keys]
                if not all(isinstance(name, str) for name in names):
                    return None
                nested = (self.nested(item, depth + 1) for item in items)
                return dict(zip(names, nested, strict=True))
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                if depth == _DEEPEST or any(isinstance(item, ast.Starred) for item in items):
                    return None
                return [self.nested(item, depth + 1) for item in items]
        return self.value(node)

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
