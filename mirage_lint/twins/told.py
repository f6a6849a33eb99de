"""What a document tells in numbers: the rows of its tables, and its texts."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mirage_lint.claims.claim import QUANTITIES, Claim
from mirage_lint.documents.passages import Passage
from mirage_lint.twins import paths

_TEXTS = frozenset({"paragraph", "item", "footnote"})


class Cell(NamedTuple):
    """A cell with the numbers in it."""

    passage: Passage
    numbers: tuple[Claim, ...]


class Row(NamedTuple):
    """A row of a table; ``number`` is its place there."""

    number: int
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """A table of a ``document``, told by its number; documents that are one page in several
    languages have the same ``page``. ``heads`` are the texts of its head cells.
    """

    document: int
    page: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


class Text(NamedTuple):
    """A text with its numbers."""

    passage: Passage
    numbers: tuple[Claim, ...]


class Told(NamedTuple):
    """All that a document tells in numbers."""

    page: str
    tables: tuple[Table, ...]
    texts: tuple[Text, ...]


def told(number: int, path: str, passages: Iterable[Passage], claims: Iterable[Claim]) -> Told:
    """What a document tells, of whose passages ``claims`` are."""
    numbers: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.kind in QUANTITIES:
            numbers.setdefault(id(claim.passage), []).append(claim)
    page, cells, texts = paths.page(path), dict[int, list[Cell]](), list[Text]()
    for passage in passages:
        found = tuple(numbers.get(id(passage), ()))
        if passage.table:
            cells.setdefault(passage.table, []).append(Cell(passage, found))
        elif found and passage.kind in _TEXTS:
            texts.append(Text(passage, found))
    tables = (Table(number, page, _heads(one), tuple(_rows(one))) for one in cells.values())
    return Told(page, tuple(tables), tuple(texts))


def _heads(cells: Iterable[Cell]) -> tuple[str, ...]:
    heads = (cell.passage.text for cell in cells if cell.passage.kind == "head")
    return tuple(" ".join(text.lower().split()) for text in heads)


def _rows(cells: Iterable[Cell]) -> Iterator[Row]:
    """The rows of a table, its heads left out; of a cell of several paragraphs, the first."""
    row: list[Cell] = []
    number, last = 0, -1
    for cell in cells:
        left = cell.passage.left
        if cell.passage.kind == "head":
            continue
        if row and left < last:
            yield Row(number, tuple(row))
            row, number = [], number + 1
        if not row or left > last:
            row.append(cell)
        last = left
    if row:
        yield Row(number, tuple(row))
