"""Markdown as an artifact: its front matter, and the tables in it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from mirage_lint.artifacts import tables, text
from mirage_lint.artifacts.content import Record
from mirage_lint.errors import MirageError

MAX_MARKDOWN = 2 * 2**20

_FRONT = re.compile(r"---[ \t]*\n(?P<matter>.*?\n)??---[ \t]*(?:\n|$)", re.DOTALL)
_MARKS = re.compile(r"[\\`*_\[\]<>!&\n]")
_LONGEST_CELL = 1000
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

    env: dict[str, Any] = {}
    blocks = MarkdownIt("commonmark").enable("table").disable("inline")
    tokens = iter(blocks.parse(source, env))
    words = _Words(MarkdownIt("commonmark"), env)
    found, heading = [], ""
    for token in tokens:
        if token.type == "heading_open":
            heading = words.of(next(tokens).content)
        elif token.type == "table_open":
            found.append({"heading": heading, "rows": list(_rows(tokens, words))})
    return found


def records(found: list[dict[str, Any]]) -> tuple[Record, ...]:
    """The rows of all tables, in order."""
    return tuple(row for table in found for row in table["rows"])


class _Words:
    """Turns the source of headings and cells into the text that a reader sees."""

    def __init__(self, parser: Any, env: dict[str, Any]) -> None:
        """With a parser of the marks in a line, and the link targets of the document."""
        self._parser, self._env = parser, env

    def of(self, source: str) -> str:
        """``source`` without marks and links; as it is where it is too long for a cell."""
        if len(source) > _LONGEST_CELL or not _MARKS.search(source):
            return source.strip()
        (inline,) = self._parser.parseInline(source, self._env)
        return "".join(map(_shown, inline.children or ())).strip()


def _shown(token: Any) -> str:
    if token.type in ("softbreak", "hardbreak") or _BREAK.fullmatch(token.content):
        return " "
    return "" if token.type == "html_inline" else str(token.content)


def _rows(tokens: Iterator[Any], words: _Words) -> tuple[Record, ...]:
    lines: list[list[str]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            lines.append([])
        elif token.type == "inline":
            lines[-1].append(words.of(token.content))
    return tables.rows(lines[0], islice(lines, 1, None))
