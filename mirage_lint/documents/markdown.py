"""Markdown to passages, by markdown-it-py."""

from collections.abc import Callable, Sequence
from functools import cache, partial

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mirage_lint.documents import code, lines
from mirage_lint.documents.blocks import Blocks
from mirage_lint.documents.gather import Gatherer
from mirage_lint.documents.inline import TrackedInline, visible
from mirage_lint.documents.passages import Document, Passage, Piece, Shown
from mirage_lint.documents.source import Source, front_matter

_Place = Callable[[str], lines.Starts]


class _Parser(MarkdownIt):
    """Leaves addresses as they are written."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (the parser's name)
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 (the parser's name)
        return link


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark")
    parser.block, parser.inline = Blocks(), TrackedInline()
    return parser


def read(source: Source) -> Document:
    """All passages of a Markdown document, in order."""
    body = front_matter(source.text)
    blank = "".join(character if character == "\n" else " " for character in source.text[:body])
    parser, tokens = _parser(), list[Token]()
    reader = _Reader(source, parser)
    parser.block.parse(
        blank + source.text[body:].replace("\0", "\ufffd"), parser, reader.env, tokens
    )
    reader.code(0, source.text[:body].rstrip("\n"), "matter")
    for token in tokens:
        if take := _TAKE.get(token.type):
            take(reader, token)
    return Document(source.path, tuple(reader.gathered.passages))


class _Table:
    """The table being read: its column heads, and the cells of its row so far."""

    def __init__(self) -> None:
        self.heads: list[Passage] = []
        self.in_head = True
        self.cells: list[Passage] = []
        self.row: lines.Row | None = None


class _Reader:
    """Walks block tokens; keeps what leads into the passage at hand."""

    def __init__(self, source: Source, parser: MarkdownIt) -> None:
        self.source = source
        self.parser = parser
        self.env: dict[str, object] = {}
        self.gathered = Gatherer()
        self.intros: list[Passage | None] = []
        self.table: _Table | None = None
        self.block = ""

    # -- blocks ----------------------------------------------------------------------------------

    def open_block(self, token: Token) -> None:
        self.block = token.tag

    def inline(self, token: Token) -> None:
        first, last = token.map or (0, 1)
        if self.table:
            self._cell(self.table, first, token.content)
        elif self.block.startswith("h"):
            is_line = last - first == 1
            place = partial(lines.inside if is_line else lines.tails, self.source, first)
            level = int(self.block[1:])
            self.gathered.leave(level)
            self.gathered.enter(level, self._passage("heading", token.content, place))
        else:
            place = partial(lines.tails, self.source, first)
            kind = "item" if self.intros else "paragraph"
            self.gathered.before = self._passage(kind, token.content, place)

    def open_list(self, token: Token) -> None:
        self.intros.append(self.gathered.before)

    def open_item(self, token: Token) -> None:
        self.gathered.before = self.intros[-1]

    def close_list(self, token: Token) -> None:
        self.gathered.before = self.intros.pop()

    def fence(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        if code.is_read(token.info):
            self.code(first + (token.type == "fence"), token.content.rstrip("\n"))

    def code(self, first: int, content: str, kind: str = "code") -> None:
        """Code lines, or those of front matter, from source line ``first`` on."""
        if not content:
            return
        for number, text, comment in code.lines(content):
            whole = text + comment
            for name, part, at in ((kind, text, 0), ("comment", comment, len(text))):
                if part or name == kind:
                    place = partial(self._line, first + number, whole, at)
                    self.gathered.add(name, part, place, block=content)

    def _line(self, number: int, whole: str, at: int, pieces: Sequence[Piece]) -> list[Piece]:
        return lines.place(pieces, ((0, lines.tail(self.source, number, whole) + at),))

    # -- tables ----------------------------------------------------------------------------------

    def open_table(self, token: Token) -> None:
        self.gathered.open_table()
        self.table = _Table()

    def close_table(self, token: Token) -> None:
        self.gathered.table = 0
        self.table = None

    def close_row(self, token: Token) -> None:
        if table := self.table:
            if table.in_head:
                table.heads, table.in_head = table.cells, False
            table.cells, table.row = [], None

    def _cell(self, table: _Table, line: int, content: str) -> None:
        row, cells = table.row or lines.Row(self.source, line), table.cells
        table.row = row
        place = partial(row.cell, len(cells))
        if table.in_head:
            cells.append(self._passage("head", content, place))
            return
        kind, column = "cell" if cells else "row", table.heads[len(cells)]
        cells.append(self._passage(kind, content, place, row=cells, column=column))

    # -- text ------------------------------------------------------------------------------------

    def _passage(
        self,
        kind: str,
        content: str,
        place: _Place,
        row: Sequence[Passage] = (),
        column: Passage | None = None,
    ) -> Passage:
        """Add the passage of an inline block, and one for each image's text in it."""
        put = partial(_placed, place, content)
        if "![" not in content:
            show = partial(self._shown, content)
            return self.gathered.add(kind, content, put, show, row=row, column=column)
        shown, images = visible(content, self.parser, self.env)
        passage = self.gathered.add(
            kind, content, put, partial(_same, shown), row=row, column=column
        )
        for image in images:
            self.gathered.add("image", image.shown[0], put, partial(_same, image.shown))
        return passage

    def _shown(self, content: str) -> Shown:
        return visible(content, self.parser, self.env)[0]


def _placed(place: _Place, content: str, pieces: Sequence[Piece]) -> Sequence[Piece]:
    return lines.place(pieces, place(content))


def _same(shown: Shown) -> Shown:
    return shown


_TAKE: dict[str, Callable[[_Reader, Token], None]] = {
    "heading_open": _Reader.open_block,
    "paragraph_open": _Reader.open_block,
    "inline": _Reader.inline,
    "fence": _Reader.fence,
    "code_block": _Reader.fence,
    "bullet_list_open": _Reader.open_list,
    "ordered_list_open": _Reader.open_list,
    "list_item_open": _Reader.open_item,
    "bullet_list_close": _Reader.close_list,
    "ordered_list_close": _Reader.close_list,
    "table_open": _Reader.open_table,
    "table_close": _Reader.close_table,
    "tr_close": _Reader.close_row,
}
"""What each type of token does."""
