"""HTML blocks to passages: headings, paragraphs, list items, summaries, cells of tables."""

from collections.abc import Callable
from functools import partial

from mirage_lint.documents import tags
from mirage_lint.documents.cells import Table
from mirage_lint.documents.gather import Gatherer
from mirage_lint.documents.passages import Passage, Place, Shown, same
from mirage_lint.documents.tags import Tag
from mirage_lint.documents.visible import Builder, Image

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MOST_TABLES = 20
"""Tables within one another; deeper ones are read as text of the cell that they stand in."""


class Html:
    """What is open in a document's HTML: it goes on in the next block, as Markdown may stand
    between a cell's tags.
    """

    def __init__(self, gathered: Gatherer, images: Callable[[list[Image], Place], None]) -> None:
        self.gathered = gathered
        self.images = images
        self.tables: list[Table] = []
        self._kind = "paragraph"
        self._intros: list[Passage | None] = []

    def read(self, content: str, place: Place) -> None:
        """Add the passages of an HTML block."""
        builder = Builder(content)
        for token in tags.tokens(content):
            if not isinstance(token, Tag):
                builder.words(token[1], token[0])
            elif token.name in tags.BLOCKS and token.name != "br" and not builder.hides:
                self._flush(builder, place)
                builder = Builder(content)
                self._block(token, place)
            else:
                builder.tag(token)
        self._flush(builder, place)

    def close(self) -> None:
        """Take tables for ended that were not: what follows is surely none of them."""
        while self.tables:
            self._end_table()

    def add(self, kind: str, raw: str, place: Place, show: Callable[[], Shown]) -> Passage:
        """Add a passage, to the open cell where there is one."""
        table = self.tables[-1] if self.tables else None
        if table is None or table.cell is None:
            return self.gathered.add(kind, raw, place, show)
        passage = self.gathered.add(table.kind, raw, place, show, cell=table.place)
        table.cell.passages.append(passage)
        return passage

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return bool(self.tables) and self.tables[-1].cell is not None

    def _flush(self, builder: Builder, place: Place) -> None:
        """Add what the builder has gathered as a passage."""
        shown = _trimmed(builder.done())
        if shown[0]:
            level = 0 if self.in_cell else _HEADINGS.get(self._kind, 0)
            self._passage(shown, level, place)
        self.images(builder.images, place)

    def _passage(self, shown: Shown, level: int, place: Place) -> None:
        kind = "heading" if level else "item" if self._kind == "item" else "paragraph"
        if level:
            self.gathered.leave(level)
        passage = self.add(kind, shown[0], place, partial(same, shown))
        if level:
            self.gathered.enter(level, passage)
        elif not self.in_cell:
            self.gathered.before = passage

    def _block(self, tag: Tag, place: Place) -> None:
        """What the start or the end of a block element changes."""
        if tag.name in _TABLES:
            self._table(tag, place)
        elif tag.name in ("ul", "ol"):
            self._list(tag)
        elif tag.name == "li":
            self._kind = "paragraph" if tag.closes else "item"
            if self._intros and not tag.closes:
                self.gathered.before = self._intros[-1]
        elif tag.name in _HEADINGS or self._kind in _HEADINGS:
            self._kind = "paragraph" if tag.closes else tag.name

    def _list(self, tag: Tag) -> None:
        if not tag.closes:
            self._intros.append(self.gathered.before)
        elif self._intros:
            self.gathered.before = self._intros.pop()
        self._kind = "paragraph"

    def _table(self, tag: Tag, place: Place) -> None:
        if tag.name == "table" and not tag.closes and len(self.tables) < _MOST_TABLES:
            self.gathered.open_table()
            self.tables.append(Table(self.gathered.table))
            self.gathered.table = 0
        elif self.tables:
            self._end_cell(place)
            table = self.tables[-1]
            if tag.name == "table":
                if tag.closes:
                    self._end_table()
            elif tag.name == "tr":
                table.close_row() if tag.closes else table.open_row()
            elif tag.name in ("td", "th"):
                if not tag.closes:
                    table.open_cell(tag)
                    self.gathered.table = table.number
            else:
                table.section("" if tag.closes else tag.name)

    def _end_cell(self, place: Place) -> None:
        table = self.tables[-1]
        if table.cell and not table.cell.passages:
            self.add("cell", "", place, partial(same, ("", (), ())))
        table.close_cell()
        self.gathered.table = 0

    def _end_table(self) -> None:
        table = self.tables.pop()
        if table.cell and table.cell.passages:
            table.close_cell()
        table.close_row()
        self.gathered.table = self.tables[-1].number if self.in_cell else 0


_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})


def _trimmed(shown: Shown) -> Shown:
    """Without the space at the end, which stood before a tag or the block's end."""
    text, pieces, marks = shown
    return (text[:-1], pieces[:-1], marks) if text.endswith(" ") else shown
