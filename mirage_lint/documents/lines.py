"""Where a block's content stands in the source, line by line.

Containers (quotes, lists) only take prefixes off a line, so each line of a block's content is the
tail of its source line; headings and table cells are found inside theirs.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from mirage_lint.documents.passages import Piece
from mirage_lint.documents.source import Source

_ROW_PREFIX = r"[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t][ \t>]*+)*+"
_CELL = r"(?<!\\)\|[ \t\f\v]*"
_first = itemgetter(0)

Starts = Sequence[tuple[int, int]]
"""(offset in the content, offset in the source) of each stretch, ascending."""


def place(pieces: Sequence[Piece], starts: Starts) -> list[Piece]:
    """Pieces over a block's content, moved to the source, and cut where the source jumps."""
    if len(starts) == 1:
        at = starts[0][1] - starts[0][0]
        return [Piece(start, width, at + put, wide) for start, width, put, wide in pieces]
    return [part for piece in pieces for part in _cut(piece, starts)]


class Block:
    """Places many pieces of one content, which is looked for only once."""

    def __init__(self, starts: Callable[[str], Starts], content: str) -> None:
        self._find = starts
        self._content = content
        self._starts: Starts = ()

    def __call__(self, pieces: Sequence[Piece]) -> list[Piece]:
        self._starts = self._starts or self._find(self._content)
        return place(pieces, self._starts)


def _cut(piece: Piece, starts: Starts) -> Iterator[Piece]:
    at = max(bisect_right(starts, piece.source, key=_first) - 1, 0)
    cuts = [piece.source]
    if piece.width == piece.source_width:
        end = bisect_left(starts, piece.source + piece.width, key=_first)
        cuts += [start for start, _ in starts[at + 1 : end]]
    for start, end in pairwise([*cuts, piece.source + piece.source_width]):
        content, source = starts[at]
        whole = piece.width if len(cuts) == 1 else end - start
        yield Piece(
            piece.start + start - piece.source, whole, source + start - content, end - start
        )
        at += 1


def tails(source: Source, first: int, content: str) -> Starts:
    """Content whose lines are the tails of the source's lines from ``first`` (from 0) on."""
    starts, offset = [], 0
    for number, line in enumerate(content.split("\n"), first):
        starts.append((offset, tail(source, number, line)))
        offset += len(line) + 1
    return starts


def tail(source: Source, number: int, line: str) -> int:
    """Where ``line`` starts that is the tail of the source's line ``number`` (from 0)."""
    whole = source.line(number + 1) if number < len(source.line_starts) else ""
    # Before the line's start where a tab was widened: what stands there is never shown.
    return source.line_starts[number] + len(whole.rstrip()) - len(line.rstrip())


def inside(source: Source, line: int, content: str) -> Starts:
    """A heading's content, somewhere in the source line ``line`` (from 0)."""
    at = source.line(line + 1).rfind(content)
    return ((0, source.line_starts[line] + max(at, 0)),)


class Row:
    """A table's row in source line ``line`` (from 0); its cells are found when asked for."""

    def __init__(self, source: Source, line: int) -> None:
        self._source = source
        self._line = line
        self._text = ""
        self._bounds: list[int] = []

    def cell(self, number: int, content: str) -> Starts:
        """Where the content of the cell ``number`` (from 0) stands."""
        if not self._bounds:
            self._text = self._source.line(self._line + 1)
            self._bounds = self._split()
        start = self._bounds[min(number, len(self._bounds) - 1)]
        return _unescaped(content, self._text, start, self._source.line_starts[self._line])

    def _split(self) -> list[int]:
        """Where the cells' contents start, by unescaped pipes."""
        text = self._text
        prefix = re.match(_ROW_PREFIX, text)
        at = prefix.end() if prefix else 0
        bounds = [match.end() for match in re.compile(_CELL).finditer(text, at)]
        return bounds if text.startswith("|", at) else [at, *bounds]


def _unescaped(content: str, text: str, start: int, line_start: int) -> Starts:
    """A cell's content at ``start`` of its line; the table rule took the backslash of ``\\|``."""
    starts = [(0, line_start + start)]
    offset = content.find("|")
    while offset >= 0:
        source = starts[-1][1] + offset - starts[-1][0] - line_start
        if text.startswith("\\|", source):
            starts.append((offset, line_start + source + 1))
        offset = content.find("|", offset + 1)
    return starts
