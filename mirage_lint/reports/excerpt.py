"""A line of a document with the span of a finding underlined."""

from typing import NamedTuple
from unicodedata import combining, east_asian_width

from mirage_lint.documents.source import Source
from mirage_lint.reports.printable import printable

_MOST_SHOWN = 200
_BEFORE = 60
_TAB = "    "


class Excerpt(NamedTuple):
    """``number`` of the line, its ``text``, and ``carets`` that stand under the span."""

    number: int
    text: str
    carets: str


def excerpt(source: Source, start: int, end: int) -> Excerpt:
    """The line of ``start``, and carets to ``end``, or to the line's end where it goes on."""
    number, column = source.position(start)
    line = source.line(number)
    first, last = _window(len(line), column - 1)
    before = _shown("…" * (first > 0), line[first : column - 1])
    stop = min(column - 1 + end - start, last)
    marked = _shown("", line[column - 1 : stop])
    after = _shown("", line[stop:last]) + "…" * (last < len(line))
    carets = " " * _columns(before) + "^" * max(_columns(marked), 1)
    return Excerpt(number, before + marked + after, carets)


def _window(length: int, column: int) -> tuple[int, int]:
    """Which stretch of a line is shown: all of it, or what is around the span."""
    if length <= _MOST_SHOWN:
        return 0, length
    first = max(column - _BEFORE, 0)
    return first, min(first + _MOST_SHOWN, length)


def _shown(mark: str, text: str) -> str:
    return mark + printable(text.replace("\t", _TAB))


def _columns(text: str) -> int:
    """Terminal columns of ``text``: wide characters take two, combining ones none."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )
