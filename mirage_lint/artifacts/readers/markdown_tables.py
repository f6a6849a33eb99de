"""Markdown: the rows of its tables.

All rows are records. ``/tables/0/rows/2/accuracy`` points at one cell, and ``tables[0].rows`` are
the rows of one table.
"""

from mirage_lint.artifacts import markdown_text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import NARRATIVE

TIER = NARRATIVE
NAME = "Markdown tables"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith((".md", ".markdown"))


def read(data: bytes, where: str) -> Content:
    """Its tables, each with the heading that it stands under."""
    _, body = markdown_text.split(markdown_text.decode(data, where))
    found = markdown_text.found_tables(body)
    return Content(records=markdown_text.records(found), root={"tables": found})
