"""Where a value stands in an artifact: the line that a pointer leads to."""

import csv
import json
import os
import re
from collections.abc import Callable
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import NamedTuple

from mirage_lint.core.facts import Source
from mirage_lint.registry.places import Places

MAX_BYTES = 16 * 2**20
"""Bytes of the largest artifact in which a value is looked for; of a larger, the start is shown."""
_MAX_YAML = 2**20
_SPACE = re.compile(r"[\s,:]*")
_LONGEST_LINE = 10_000


class Place(NamedTuple):
    """A file, and a line of it (from 0): what stands before the value, and the rest."""

    path: Path
    line: int = 0
    before: str = ""
    rest: str = ""


def find(source: Source, root: Path) -> Place | None:
    """Where a fact's value is written; None where that is no text that lies here."""
    if "::" in source.artifact:
        return None
    name = os.path.expanduser(source.artifact)
    path = root / (name if source.artifact.startswith("~/") else source.artifact)
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    if b"\0" in data[:1024]:
        return None
    if len(data) > MAX_BYTES:
        return Place(path)
    text = data.decode("utf-8-sig", "replace")
    look = _BY_ENDING.get(path.suffix.lower(), _by_name)
    offset = look(text, source.pointer)
    if offset is None:
        offset = _by_name(text, source.pointer) or 0
    return _placed(path, text, offset)


def _placed(path: Path, text: str, offset: int) -> Place:
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    rest = text[offset : min(len(text) if end < 0 else end, offset + _LONGEST_LINE)]
    before = text[start:offset] if offset - start < _LONGEST_LINE else ""
    return Place(path, text.count("\n", 0, offset), before, rest.rstrip("\r"))


def _csv(text: str, pointer: str) -> int | None:
    """The row whose cells are as the pointer says: "retention=0.1/pivot_preserved"."""
    named, _, column = pointer.rpartition("/")
    lines = text.split("\n")
    delimiter = "\t" if "\t" in lines[0] and "," not in lines[0] else ","
    rows = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    try:
        head = next(rows, [])
        first = rows.line_num
        for row in rows if "=" in named else ():
            cells = dict(zip(head, row, strict=False))
            if column in cells and _fits(cells, named):
                at = sum(len(line) + 1 for line in lines[:first])
                return at + _cell(lines[first], cells, column)
            first = rows.line_num
    except csv.Error:
        pass
    return None


def _fits(cells: dict[str, str], named: str) -> bool:
    """Whether a row is the one that is named; keys and values may hold commas."""
    while named:
        told = (f"{key}={value}" for key, value in cells.items())
        own = max((one for one in told if named.startswith(one)), key=len, default="")
        named = named[len(own) :]
        if not own or (named and not named.startswith(",")):
            return False
        named = named[1:]
    return True


def _cell(line: str, cells: dict[str, str], column: str) -> int:
    """Where the cell of a column starts in its line, if no cell has quotes."""
    if '"' in line:
        return 0
    names = list(cells)
    return sum(len(cells[name]) + 1 for name in names[: names.index(column)])


def _json(text: str, pointer: str) -> int | None:
    """The value at a JSON pointer, found by stepping over what stands before it."""
    if not pointer.startswith("/"):
        return None
    decoder, at = JSONDecoder(), 0
    try:
        for part in pointer.split("/")[1:]:
            at = _child(text, _skip(text, at), part.replace("~1", "/").replace("~0", "~"), decoder)
    except (JSONDecodeError, IndexError, StopIteration, ValueError, RecursionError):
        return None
    return _skip(text, at)


def _child(text: str, at: int, name: str, decoder: JSONDecoder) -> int:
    """Where the item ``name`` of the object or list at ``at`` starts; ValueError without it."""
    is_object, at, number = text[at] == "{", _skip(text, at + 1), 0
    while text[at] not in "}]":
        key = str(number)
        if is_object:
            key, at = scanstring(text, at + 1, True)
            at = _skip(text, at)
        if key == name:
            return at
        at, number = _skip(text, decoder.raw_decode(text, at)[1]), number + 1
    raise ValueError(name)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _json_lines(text: str, pointer: str) -> int | None:
    """A value of one line: "step=100/loss" or "/3/loss"."""
    named, _, column = pointer.rpartition("/")
    at = 0
    for number, line in enumerate(text.split("\n")):
        try:
            item = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            item = None
        if isinstance(item, dict) and column in item:
            cells = {key: str(value) for key, value in item.items()}
            if named == f"/{number}" or ("=" in named and _fits(cells, named)):
                return at
        at += len(line) + 1
    return None


def _yaml(text: str, pointer: str) -> int | None:
    """The node at a JSON pointer; what refers to others is not followed."""
    if not pointer.startswith("/") or len(text) > _MAX_YAML:
        return None
    import yaml

    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for part in pointer.split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            if isinstance(node, yaml.MappingNode):
                node = next(value for key, value in node.value if key.value == name)
            elif isinstance(node, yaml.SequenceNode):
                node = node.value[int(name)]
            else:
                return None
    except (yaml.YAMLError, StopIteration, LookupError, TypeError, ValueError, RecursionError):
        return None
    return int(node.start_mark.index) if node else None


def _toml(text: str, pointer: str) -> int | None:
    parts = pointer.strip("/").split("/") if pointer.startswith("/") else pointer.split(".")
    line = Places("", text).at(*parts).rpartition(":")[2]
    if not line:
        return None
    return sum(len(one) + 1 for one in text.split("\n")[: int(line) - 1])


def _by_name(text: str, pointer: str) -> int | None:
    """The first place that has the pointer's last word, as scripts set and tables head it."""
    word = re.split(r"[/.()= ]+", pointer.strip("/) "))[-1]
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) if word else None
    return found.start() if found else None


_BY_ENDING: dict[str, Callable[[str, str], int | None]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".json": _json,
    ".ipynb": _json,
    ".jsonl": _json_lines,
    ".yaml": _yaml,
    ".yml": _yaml,
    ".toml": _toml,
}
