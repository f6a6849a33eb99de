"""JSON of no known format: every leaf by JSON pointer; a list of objects is a table as well."""

from typing import Any

from mirage_lint.artifacts import json_text, text, values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "JSON"
KNOWN = False


def matches(name: str, head: bytes) -> bool:
    """By its ending."""
    return name.lower().endswith(".json")


def read(data: bytes, where: str) -> Content:
    """Its leaves, and its rows if all its items are objects: a row may lack a column."""
    root = json_text.parse(text.decode(data, where), where)
    return Content(values.leaves(root, where), _records(root))


def _records(root: Any) -> tuple[dict[str, str], ...]:
    if not isinstance(root, list) or not all(isinstance(item, dict) for item in root):
        return ()
    return tuple(json_text.record(item) for item in root)
