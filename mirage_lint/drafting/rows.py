"""The rows that a nested artifact holds: objects beside one another, and one object by itself."""

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from mirage_lint.artifacts import json_text
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.core import words
from mirage_lint.core.modelname import parse
from mirage_lint.drafting import listing
from mirage_lint.registry import nested, values

MAX_ROWS = 2_000
"""Rows of the longest table that is drafted: a longer one is data, not results."""

_DEEPEST = 3
_MOST_NAMED = 500
"""Objects by name that are drafted as rows: more are data by their ids."""
_MOST_SETS = 3
"""Sets of rows of one artifact: of what holds more, only the numbers on top are drafted."""
_EACH = frozenset({"per", "by"})


class Rows(NamedTuple):
    """Rows, and the JMESPath that gives them; empty where they are the artifact's own.

    ``key`` is the column that holds the objects' names, where that makes them rows.
    """

    expression: str
    records: tuple[Record, ...]
    key: str = ""


def sets(content: Content) -> list[Rows]:
    """The sets of rows that an artifact holds, its own rows alone where it has some."""
    own = tuple(islice(content.records, MAX_ROWS + 1))
    if own:
        return [Rows("", own)]
    found = [rows for rows in _nested("", "", content.root, 0) if _has_numbers(rows)]
    return found if len(found) <= _MOST_SETS else [one for one in found if one.expression == "@"]


def _nested(path: str, name: str, node: object, depth: int) -> Iterator[Rows]:
    if isinstance(node, list):
        if node and all(isinstance(item, dict) for item in node):
            yield Rows(path, json_text.records(node[: MAX_ROWS + 1]))
        return
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    if _is_row(node) and (not depth or set(words.split(name)) & listing.words("result_words")):
        yield Rows(path or "@", (json_text.record(node),))
    objects = {key: item for key, item in node.items() if isinstance(item, dict)}
    if len(objects) == len(node) and (key := _key(name, objects)):
        yield Rows(path or "@", tuple(nested.named(objects, key)), key)
        return
    for key, item in node.items():
        yield from _nested(joined(path, key), key, item, depth + 1)


def _is_row(node: dict[str, object]) -> bool:
    return any(is_number(item) for item in node.values())


def is_number(item: object) -> bool:
    """Whether a cell, or a value of a nested artifact, holds a number."""
    return isinstance(item, str) and values.parse(item) is not None


def _has_numbers(rows: Rows) -> bool:
    return any(is_number(cell) for record in rows.records for cell in record.values())


def _key(name: str, objects: dict[str, dict[str, object]]) -> str:
    """What objects beside one another are, where all tell the same numbers; else empty."""
    if not 1 < len(objects) <= _MOST_NAMED:
        return ""
    numbers = ({key for key, cell in one.items() if is_number(cell)} for one in objects.values())
    if not set.intersection(*numbers):
        return ""
    key = "model" if all(map(is_model, objects)) else _thing(name)
    return "" if any(key in one for one in objects.values()) else key


def _thing(name: str) -> str:
    """ "per_tier_metrics" are of tiers, "splits" of splits; else they have names."""
    told = words.split(name)
    for before, word in pairwise(told):
        if before in _EACH:
            return word
    last = told[-1] if told else ""
    is_plural = last.endswith("s") and not last.endswith("ss") and len(last) > 3
    return last[:-1] if is_plural and last not in listing.words("result_words") else "name"


def is_model(name: str) -> bool:
    """Whether a text is surely the name of a model: of a known family, with a size or a version."""
    told = parse(name)
    return bool(told.known and (told.size or told.version))


def joined(path: str, name: str) -> str:
    """The JMESPath of a member of what ``path`` gives."""
    plain = name.isidentifier() and name.isascii()
    quoted = name if plain else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{path}.{quoted}" if path else quoted
