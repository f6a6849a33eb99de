"""JSON Lines: one object to a line, read as rows."""

from mirage_lint.artifacts import json_text, text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "JSON Lines"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith((".jsonl", ".ndjson"))


def read(data: bytes, where: str) -> Content:
    """Its rows; nested values are left out, and a row may lack a column."""
    lines = text.decode(data, where).split("\n")
    records = tuple(
        json_text.record(json_text.parse_object(line, where, number))
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )
    return Content(records=records)
