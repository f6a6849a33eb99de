"""Where a block's content stands in the source, line by line.

Containers (quotes, lists) only take prefixes off a line, so each line of a block's content is the
tail of its source line; headings and table cells are found inside theirs.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from mirage_lint.documents.passages import Piece
from mirage_lint.documents.source import Source

_ROW_PREFIX = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*)*")
_PIPE = re.compile(r"(?<!\\)\|")
_first = itemgetter(0)


class Placed(NamedTuple):
    """A block's content, and where each stretch of it starts in the source."""

    content: str
    starts: tuple[tuple[int, int], ...]
    """(offset in the content, offset in the source), ascending."""

    def place(self, piece: Piece) -> Iterator[Piece]:
        """A piece over the content, moved to the source, and cut where the source jumps."""
        at = max(bisect_right(self.starts, piece.source, key=_first) - 1, 0)
        cuts = [piece.source]
        if piece.width == piece.source_width:
            end = bisect_left(self.starts, piece.source + piece.width, key=_first)
            cuts += [start for start, _ in self.starts[at + 1 : end]]
        for start, end in pairwise([*cuts, piece.source + piece.source_width]):
            content, source = self.starts[at]
            whole = piece.width if len(cuts) == 1 else end - start
            shown = piece.start + start - piece.source
            yield Piece(shown, whole, source + start - content, end - start)
            at += 1


def tails(source: Source, first: int, content: str) -> Placed:
    """Content whose lines are the tails of the source's lines from ``first`` (from 0) on."""
    starts, offset = [], 0
    for number, line in enumerate(content.split("\n"), first + 1):
        whole = source.line(number) if number <= len(source.line_starts) else ""
        # Before the line's start where a tab was widened: what stands there is never shown.
        at = len(whole.rstrip()) - len(line.rstrip())
        starts.append((offset, source.line_starts[number - 1] + at))
        offset += len(line) + 1
    return Placed(content, tuple(starts))


def inside(source: Source, line: int, content: str) -> Placed:
    """A heading's content, somewhere in the source line ``line`` (from 0)."""
    at = source.line(line + 1).rfind(content)
    return Placed(content, ((0, source.line_starts[line] + max(at, 0)),))


def cells(source: Source, line: int, contents: list[str]) -> list[Placed]:
    """The cells of the table row in source line ``line`` (from 0), by unescaped pipes."""
    text = source.line(line + 1)
    prefix = _ROW_PREFIX.match(text)
    at = prefix.end() if prefix else 0
    at += text.startswith("|", at)
    bounds = [at, *(match.end() for match in _PIPE.finditer(text, at))]
    placed = []
    for number, content in enumerate(contents):
        start = bounds[min(number, len(bounds) - 1)]
        start += len(text[start:]) - len(text[start:].lstrip())
        placed.append(_unescaped(content, text, start, source.line_starts[line]))
    return placed


def _unescaped(content: str, text: str, start: int, line_start: int) -> Placed:
    """A cell's content at ``start`` of its line; the table rule took the backslash of ``\\|``."""
    starts = [(0, line_start + start)]
    for offset, character in enumerate(content):
        source = starts[-1][1] + offset - starts[-1][0] - line_start
        if character == "|" and text[source : source + 2] == "\\|":
            starts.append((offset, line_start + source + 1))
    return Placed(content, tuple(starts))
