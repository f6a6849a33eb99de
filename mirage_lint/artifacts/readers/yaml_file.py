"""YAML: every leaf by JSON pointer, and the rows of a list of mappings."""

from mirage_lint.artifacts import json_text, text, yaml_text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "YAML"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith((".yaml", ".yml"))


def read(data: bytes, where: str) -> Content:
    """Its root, and its rows if all its items are mappings: a row may lack a column."""
    root = yaml_text.parse(text.decode(data, where), where)
    return Content(records=json_text.records(root), root=root)
