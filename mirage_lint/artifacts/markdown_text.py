"""Markdown as an artifact: its front matter, and the tables in it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from mirage_lint.artifacts import tables, text
from mirage_lint.artifacts.content import Record
from mirage_lint.errors import MirageError

MAX_MARKDOWN = 4 * 2**20

_FRONT = re.compile(r"---[ \t]*\n(?P<matter>.*?\n)??---[ \t]*(?:\n|$)", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def decode(data: bytes, where: str) -> str:
    """The text of a Markdown file, each line end a line feed; raises MirageError at ``where``."""
    if len(data) > MAX_MARKDOWN:
        raise MirageError(where, f"is Markdown of more than {MAX_MARKDOWN:,} bytes, the most read")
    return text.decode(data, where).replace("\r\n", "\n").replace("\r", "\n")


def split(source: str) -> tuple[str, str]:
    """The YAML front matter of a text, empty where it has none, and what comes after it."""
    front = _FRONT.match(source)
    return (front["matter"] or "", source[front.end() :]) if front else ("", source)


def found_tables(source: str) -> list[dict[str, Any]]:
    """The tables of a text without front matter, in order: ``{"heading": …, "rows": […]}``.

    The heading is the nearest above the table, empty where there is none.
    """
    from markdown_it import MarkdownIt

    tokens = iter(MarkdownIt("commonmark").enable("table").parse(source))
    found, heading = [], ""
    for token in tokens:
        if token.type == "heading_open":
            heading = _words(next(tokens))
        elif token.type == "table_open":
            found.append({"heading": heading, "rows": list(_rows(tokens))})
    return found


def records(found: list[dict[str, Any]]) -> tuple[Record, ...]:
    """The rows of all tables, in order."""
    return tuple(row for table in found for row in table["rows"])


def _rows(tokens: Iterator[Any]) -> tuple[Record, ...]:
    lines: list[list[str]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            lines.append([])
        elif token.type == "inline":
            lines[-1].append(_words(token))
    return tables.rows(lines[0], islice(lines, 1, None))


def _words(inline: Any) -> str:
    """The text of a heading or cell as a reader sees it, without marks and links."""
    parts = []
    for token in inline.children or ():
        is_space = token.type in ("softbreak", "hardbreak") or _BREAK.fullmatch(token.content)
        if is_space:
            parts.append(" ")
        elif token.type != "html_inline":
            parts.append(token.content)
    return "".join(parts).strip()
