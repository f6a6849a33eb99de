"""JSON Lines: one object to a line, read as rows."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from mirage_lint.artifacts import json_text, text
from mirage_lint.artifacts.content import Content, Opener, Record, Rows
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "JSON Lines"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith((".jsonl", ".ndjson"))


def read(data: bytes, where: str) -> Content:
    """Its rows; nested values are left out, and a row may lack a column."""
    return Content(records=tuple(_records(partial(BytesIO, data), where)))


def stream(opener: Opener, where: str) -> Content:
    """As `read`, one row after another."""
    return Content(records=Rows(partial(_records, opener, where)))


def _records(opener: Opener, where: str) -> Iterator[Record]:
    with opener() as file:
        for number, line in enumerate(text.lines(file, where), start=1):
            if line.strip():
                yield json_text.record(json_text.parse_object(line, where, number))
