"""A file's text to settings; what is wrong in it is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable

from mirage_lint.errors import MirageError
from mirage_lint.registry.places import Path, Places, did_you_mean, dotted
from mirage_lint.rules.finding import ERROR, WARNING
from mirage_lint.settings.codes import code
from mirage_lint.settings.options import (
    BY_PATH,
    CODES,
    GLOBS,
    PATH,
    SEVERITIES,
    SWITCH,
    ByPath,
    Settings,
    key,
    options,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TABLE = ("tool", "mirage-lint")
_LINE = re.compile(r"\(at line (\d+),")
_MOST_LETTERS = 1000
_AS_OURS = "[tool.mirage-lint] is for pyproject.toml; write its keys here without it"


def parsed(data: bytes, name: str, *, is_project: bool) -> Settings | None:
    """The settings of a file; None for a project's file without our table.

    Raises MirageError where the file is no TOML, or says what is not known or not right.
    """
    text = _text(data, name)
    tree = _tree(text, name)
    table: Path = TABLE if is_project else ()
    for part in table:
        if not isinstance(tree, dict) or part not in tree:
            return None
        tree = tree[str(part)]
    return _Reader(Places(name, text), table).settings(tree)


def severity(text: object) -> str:
    """A severity; ValueError where it is none."""
    if text in (ERROR, WARNING):
        return str(text)
    raise ValueError(f"{text!r} is no severity; write 'error' or 'warning'")


class _Reader:
    """Reads one table; it knows where each key stands."""

    def __init__(self, places: Places, table: Path) -> None:
        self._places = places
        self._table = table

    def settings(self, tree: Any) -> Settings:
        kinds = {key(name): (name, option.kind) for name, option in options()}
        tree = self._known(tree, (), kinds)
        found = {}
        for word, value in tree.items():
            name, kind = kinds[word]
            found[name] = _READ[kind](self, value, (word,))
        return Settings(**found)

    def codes(self, value: Any, path: Path) -> tuple[str, ...]:
        return tuple(self._right(code, one, path) for one in self._texts(value, path))

    def globs(self, value: Any, path: Path) -> tuple[str, ...]:
        return tuple(self._right(glob, one, path) for one in self._texts(value, path))

    def severities(self, value: Any, path: Path) -> tuple[tuple[str, str], ...]:
        if not isinstance(value, dict):
            raise self._wrong(path, "is no table", 'write { MIR203 = "error" }')
        return tuple(
            (self._right(code, one, (*path, one)), self._right(severity, grade, (*path, one)))
            for one, grade in value.items()
        )

    def path(self, value: Any, path: Path) -> str:
        if not isinstance(value, str) or "\0" in value:
            raise self._wrong(path, "is no path", "write it in quotes")
        return value

    def switch(self, value: Any, path: Path) -> bool:
        if not isinstance(value, bool):
            raise self._wrong(path, f"{value!r} is no switch", "write true or false")
        return value

    def by_path(self, value: Any, path: Path) -> tuple[ByPath, ...]:
        if not isinstance(value, dict):
            raise self._wrong(path, "is no table", 'write { "docs/old/" = { ignore = ["MIR2"] } }')
        return tuple(self._of_path(one, told, (*path, one)) for one, told in value.items())

    def _of_path(self, pattern: str, tree: Any, path: Path) -> ByPath:
        kinds = {"ignore": CODES, "select": CODES, "severity": SEVERITIES}
        tree = self._known(tree, path, kinds)
        found = {word: _READ[kinds[word]](self, one, (*path, word)) for word, one in tree.items()}
        return ByPath(self._right(glob, pattern, path), **found)

    def _known(self, tree: Any, path: Path, known: Iterable[str]) -> dict[str, Any]:
        """``tree`` itself, where it is a table with known keys only."""
        known = list(known)
        if not isinstance(tree, dict):
            raise self._wrong(path, "is no table", f"known keys are {', '.join(known)}")
        for word in tree:
            if word not in known:
                is_project = (word, self._table) == (TABLE[0], ()) and not path
                mend = _AS_OURS if is_project else did_you_mean(word, known)
                raise self._wrong((*path, word), "unknown key", mend)
        return tree

    def _texts(self, value: Any, path: Path) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(path, "is no list of texts", 'write ["…", "…"]')
        return value

    def _right(self, read: Callable[[str], str], value: Any, path: Path) -> str:
        try:
            return read(value)
        except ValueError as error:
            problem, _, mend = str(error).partition("; ")
            raise self._wrong(path, problem, mend) from None

    def _wrong(self, path: Path, problem: str, mend: str) -> MirageError:
        where = self._places.at(*self._table, *path)
        return MirageError(where, f"{dotted(path)}: {problem}".removeprefix(": "), mend)


def glob(text: str) -> str:
    """A pattern; ValueError where it can match nothing."""
    if not text.strip("/.") or ".." in text.split("/") or len(text) > _MOST_LETTERS:
        raise ValueError(f"'{text[:80]}' is no pattern; write one as 'docs/old/' or '*.mdx'")
    return text.replace("\\", "/")


_READ: dict[str, Callable[[_Reader, Any, Path], Any]] = {
    CODES: _Reader.codes,
    GLOBS: _Reader.globs,
    SEVERITIES: _Reader.severities,
    PATH: _Reader.path,
    SWITCH: _Reader.switch,
    BY_PATH: _Reader.by_path,
}


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MirageError(f"{name}:{line}", "is not UTF-8", "save it as UTF-8") from None


def _tree(text: str, name: str) -> Any:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise MirageError(name, "is nested too deeply", "flatten it") from None
    except ValueError as error:
        found = _LINE.search(str(error))
        line = found[1] if found else text.rstrip().count("\n") + 1
        told = str(error).partition(" (at ")[0][:200]
        mend = "correct that line"
        raise MirageError(f"{name}:{line}", f"is not valid TOML: {told}", mend) from None
