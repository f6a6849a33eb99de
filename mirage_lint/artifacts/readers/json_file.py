"""JSON of no known format: every leaf by JSON pointer; a list of objects is a table as well."""

from mirage_lint.artifacts import json_text, text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "JSON"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith(".json")


def read(data: bytes, where: str) -> Content:
    """Its root, and its rows if all its items are objects: a row may lack a column."""
    root = json_text.parse(text.decode(data, where), where)
    return Content(records=json_text.records(root), root=root)
