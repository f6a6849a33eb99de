"""A line of a document with the span of a finding underlined."""

from __future__ import annotations

from itertools import accumulate, takewhile
from unicodedata import combining, east_asian_width

from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.source import Source
from mirage_lint.reports.printable import printable

_MOST_SHOWN, _LEAST_SHOWN = 200, 20
_BEFORE = 30
"""Percent of what is shown that may stand before the span."""
_FRAME = 5
"""Columns for what stands beside a line, its number aside: a bar, blanks and two marks."""
_TAB = "    "


class Excerpt(NamedTuple):
    """``number`` of the line, its ``text``, and ``carets`` that stand under the span."""

    number: int
    text: str
    carets: str


def excerpt(source: Source, start: int, end: int, width: int = 0) -> Excerpt:
    """The line of ``start``, and carets to ``end``, or to the line's end where it goes on; of a
    line that is longer than a terminal of ``width`` columns, what is around the span.
    """
    number, column = source.position(start)
    line = source.line(number)
    room = min(width - len(str(number)) - _FRAME, _MOST_SHOWN) if width else _MOST_SHOWN
    first, last = _window(line, column - 1, max(room, _LEAST_SHOWN))
    before = _shown("…" * (first > 0), line[first : column - 1])
    stop = min(column - 1 + end - start, last)
    marked = _shown("", line[column - 1 : stop])
    after = _shown("", line[stop:last]) + "…" * (last < len(line))
    carets = " " * _columns(before) + "^" * max(_columns(marked), 1)
    return Excerpt(number, printable(before + marked + after), carets)


def _window(line: str, column: int, room: int) -> tuple[int, int]:
    """Which stretch of a line is shown in ``room`` columns: all of it, or what is around a place
    of it.
    """
    if _fitting(line, room) == len(line):
        return 0, len(line)
    first = column - _fitting(line[:column][::-1], room * _BEFORE // 100)
    return first, first + _fitting(line[first:], room)


def _fitting(text: str, room: int) -> int:
    """How many characters of ``text`` fit into ``room`` columns."""
    ends = accumulate(_columns(_shown("", char)) for char in text)
    return sum(1 for _ in takewhile(lambda end: end <= room, ends))


def _shown(mark: str, text: str) -> str:
    return mark + printable(text.replace("\t", _TAB))


def _columns(text: str) -> int:
    """Terminal columns of ``text``: wide characters take two, combining ones none."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )
