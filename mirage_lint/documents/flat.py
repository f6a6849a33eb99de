"""Passages as plain values that another process can be sent: a passage that others refer to is
told by its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mirage_lint.documents.passages import Document, InTable, Mark, Passage, Piece, Shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Flat = tuple[str, list[tuple[int, ...]], list[tuple[Any, ...]]]
    """A path, rows of cells, and passages."""

_NOBODY = -1


def flatten(document: Document) -> Flat:
    """A document without what reads it: all of its text is worked out, and where it stands."""
    numbers = {id(one): number for number, one in enumerate(document.passages)}
    numbers[id(None)] = _NOBODY
    rows = {one.line: one.cells for one in document.passages}
    row_numbers = {line: number for number, line in enumerate(rows)}
    passages = [
        (
            *(one.kind, one.raw, one.raw if one.text == one.raw else one.text),
            [tuple(mark) for mark in one.marks],
            [tuple(piece) for piece in one.pieces],
            tuple(numbers[id(heading)] for heading in one.headings),
            *(numbers[id(other)] for other in (one.intro, one.column, one.section)),
            *(row_numbers[one.line], one.left, one.block, one.table),
        )
        for one in document.passages
    ]
    cells = [tuple(numbers[id(cell)] for cell in row) for row in rows.values()]
    return document.path, cells, passages


def build(flat: Flat) -> Document:
    """The document again."""
    path, cells, told = flat
    passages = list[Passage]()
    rows: list[list[Passage]] = [[] for _ in cells]
    for kind, raw, text, marks, pieces, headings, *others, row, left, block, table in told:
        intro, column, section = (passages[at] if at != _NOBODY else None for at in others)
        passage = Passage(
            *(kind, raw),
            headings=tuple(passages[at] for at in headings),
            intro=intro,
            cell=InTable(rows[row], column, section),
            block=block,
            table=table,
            show=partial(_show, text, marks),
            place=partial(_place, pieces),
        )
        passage.left = left
        passages.append(passage)
    for row_cells, numbers in zip(rows, cells, strict=True):
        row_cells += [passages[at] for at in numbers]
    return Document(path, tuple(passages))


def _show(text: str, marks: Sequence[tuple[Any, ...]]) -> Shown:
    return text, (), [Mark(*mark) for mark in marks]


def _place(pieces: Sequence[tuple[int, int, int, int]], _: Sequence[Piece]) -> list[Piece]:
    return [Piece(*piece) for piece in pieces]
