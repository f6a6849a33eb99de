"""The Markdown cells of a Jupyter notebook, with places in the notebook's own text."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from json import scanner
from json.decoder import scanstring  # type: ignore[attr-defined]
from operator import itemgetter
from typing import Any, NamedTuple

from mirage_lint.documents import markdown, source
from mirage_lint.documents.passages import Document, Piece, Place
from mirage_lint.documents.source import Source
from mirage_lint.errors import UnreadableError

_ESCAPE = re.compile(
    r"\\r\\n|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\.|\r\n?"
)
_LONE = re.compile("[\ud800-\udfff]")
_BETWEEN = "\n\n"
_offset = itemgetter(0)


class _Text(str):
    """A string of the notebook, and where it starts in there, behind its quote."""

    at: int
    end: int


class _Stretch(NamedTuple):
    """From ``offset`` of the cells' text on, what stands at ``place`` in the notebook: as it is,
    or one character that is written as an escape, ``width`` wide.
    """

    offset: int
    place: int
    width: int


def read(notebook: Source) -> Document:
    """All passages of a notebook's Markdown cells, read as one document."""
    text, stretches = _joined(notebook)
    document = markdown.read(source.make(notebook.path, text))
    for passage in document.passages:
        passage.place = partial(_placed, passage.place, stretches)
    return document


def cells(notebook: Source) -> tuple[Source, Callable[[int, int], tuple[int, int]]]:
    """The Markdown cells as one document, and what tells where a span of it, which is not empty,
    stands in the notebook.
    """
    text, stretches = _joined(notebook)

    def place(start: int, end: int) -> tuple[int, int]:
        first, last = _at(start, stretches), _at(end - 1, stretches, end)
        return first.source, _end(last)

    return source.make(notebook.path, text), place


def _joined(notebook: Source) -> tuple[str, list[_Stretch]]:
    """The text of the cells, and where its stretches come from; breaks stand behind their cell."""
    parts, stretches, length, end = [_BETWEEN], [_Stretch(0, 0, 0)], len(_BETWEEN), 0
    for string in _strings(notebook):
        end = string.end if isinstance(string, _Text) else end
        for stretch, shown in _decoded(notebook.text, string):
            place = stretch.place if isinstance(string, _Text) else end
            stretches.append(stretch._replace(offset=length, place=place))
            parts.append(shown)
            length += len(shown)
    return "".join(parts), stretches


def _strings(notebook: Source) -> Iterator[Any]:
    """What Markdown cells are made of, which ought to be strings, and the break behind each."""
    for cell in _cells(notebook):
        if isinstance(cell, dict) and cell.get("cell_type") == "markdown":
            lines = cell.get("source")
            yield from lines if isinstance(lines, list) else [lines]
            yield _BETWEEN


def _cells(notebook: Source) -> list[Any]:
    """The notebook's cells; `UnreadableError` where they cannot be found."""
    if not notebook.text.strip():
        return []  # as editors take a file that was made and never saved
    reader: Any = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
    reader.parse_string = _string
    reader.scan_once = scanner.py_make_scanner(reader)  # type: ignore[attr-defined]
    try:
        cells = reader.decode(notebook.text)["cells"]
        if isinstance(cells, list):
            return cells
    except json.JSONDecodeError as error:
        problem, mend = "is no JSON", "save the notebook again"
        raise UnreadableError(notebook.path, problem, mend, error.lineno) from None
    except RecursionError:
        raise UnreadableError(notebook.path, "is nested too deeply", "exclude it") from None
    except (KeyError, TypeError):
        pass
    raise UnreadableError(notebook.path, "has no cells", "save it in notebook format 4")


def _string(text: str, start: int, strict: bool) -> tuple[_Text, int]:
    value, end = scanstring(text, start, strict)
    string = _Text(value)
    string.at, string.end = start, end - 1
    return string, end


def _decoded(text: str, string: object) -> Iterator[tuple[_Stretch, str]]:
    """The stretches of a string of the notebook, whose ``offset`` is not known yet."""
    if not isinstance(string, _Text):
        if string == _BETWEEN:
            yield _Stretch(0, 0, 0), _BETWEEN
        return
    at = string.at
    for match in _ESCAPE.finditer(text, string.at, string.end):
        if match.start() > at:
            yield _Stretch(0, at, 0), text[at : match.start()]
        yield _Stretch(0, match.start(), match.end() - match.start()), _character(match[0])
        at = match.end()
    if string.end > at:
        yield _Stretch(0, at, 0), text[at : string.end]


def _character(escape: str) -> str:
    """What an escape stands for; a line end is a line feed, half a character is none."""
    if escape[-1] == "\r" or escape in ("\r\n", "\\r", "\\r\\n"):
        return "\n"
    return _LONE.sub("\ufffd", scanstring(f'{escape}"', 0, False)[0])


def _placed(
    place: Place | None, stretches: Sequence[_Stretch], pieces: Sequence[Piece]
) -> list[Piece]:
    """Pieces over the cells, moved to the notebook."""
    moved = place(pieces) if place else pieces
    return list(chain.from_iterable(_moved(piece, stretches) for piece in moved))


def _moved(piece: Piece, stretches: Sequence[_Stretch]) -> Iterator[Piece]:
    start, end = piece.source, piece.source + piece.source_width
    if piece.width != piece.source_width:
        first, last = _at(start, stretches), _at(max(end - 1, start), stretches)
        yield Piece(piece.start, piece.width, first.source, _end(last) - first.source)
        return
    while start < end:
        there = _at(start, stretches, end)
        yield there._replace(start=piece.start + start - piece.source)
        start += there.width


def _end(piece: Piece) -> int:
    return piece.source + piece.source_width


def _at(offset: int, stretches: Sequence[_Stretch], end: int = 0) -> Piece:
    """Where the characters of one stretch from ``offset`` on, up to ``end``, stand."""
    number = bisect_right(stretches, offset, key=_offset) - 1
    stretch = stretches[number]
    if stretch.width:
        return Piece(0, 1, stretch.place, stretch.width)
    last = stretches[number + 1].offset if number + 1 < len(stretches) else end
    width = max(min(last, end) - offset, 1)
    return Piece(0, width, stretch.place + offset - stretch.offset, width)
