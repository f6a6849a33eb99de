"""Markdown to passages, by markdown-it-py."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import takewhile
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mirage_lint.documents import code, directives, lines
from mirage_lint.documents.blocks import Blocks
from mirage_lint.documents.gather import Gatherer
from mirage_lint.documents.inline import TrackedInline, visible
from mirage_lint.documents.passages import (
    OUTSIDE,
    Document,
    InTable,
    Passage,
    Piece,
    Place,
    Shown,
    is_section,
    same,
)
from mirage_lint.documents.source import Source, front_matter
from mirage_lint.documents.visible import Image

if TYPE_CHECKING:
    from mirage_lint.documents.html import Html

_TASK = r"\[[ xX]\][ \t]+"
_ALERT = r"\[![A-Za-z]+\][+-]?[ \t]*(?:\n[ \t]*)?"
_REFERENCE = r"\[\^([^\]\[\s]+)\]"

_Place = Callable[[str], lines.Starts]


_NO_IMAGES: list[Image] = []
_DEEPEST = 100
"""Levels of lists and quotes that are told apart; of what lies deeper, the text is read."""


class _Parser(MarkdownIt):
    """Leaves addresses as they are written."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (the parser's name)
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 (the parser's name)
        return link


@cache
def parser() -> MarkdownIt:
    """The parser, made once."""
    made = _Parser("commonmark", {"maxNesting": _DEEPEST})
    made.block, made.inline = Blocks(), TrackedInline()
    return made


def read(source: Source) -> Document:
    """All passages of a Markdown document, in order."""
    reader = _Reader(source, parser())
    tokens, body = blocks(source, reader.env)
    reader.code(0, source.text[:body].rstrip("\n"), "matter")
    for token in tokens:
        if take := _TAKE.get(token.type):
            take(reader, token)
    return Document(source.path, tuple(reader.gathered.passages))


def blocks(source: Source, env: dict[str, object]) -> tuple[list[Token], int]:
    """The block tokens of a document, and where its front matter ends; addresses of links by name
    go into ``env``.
    """
    body, tokens = front_matter(source.text), list[Token]()
    blank = "".join(character if character == "\n" else " " for character in source.text[:body])
    text = blank + source.text[body:].replace("\0", "\ufffd")
    parser().block.parse(text, parser(), env, tokens)
    return tokens, body


class _Table:
    """The table being read: its column heads, the cells of its row so far, and what the rows are
    of.
    """

    def __init__(self) -> None:
        self.heads: list[Passage] = []
        self.section: Passage | None = None
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
        self.starts_item = False
        self.table: _Table | None = None
        self.html: Html | None = None
        self.block = ""
        self.notes: list[Callable[[], None]] = []
        self.noted: dict[str, Passage] = {}
        """Which passage refers to a footnote."""

    # -- blocks ----------------------------------------------------------------------------------

    def open_block(self, token: Token) -> None:
        self.block = token.tag

    def inline(self, token: Token) -> None:
        first, last = token.map or (0, 1)
        if self.table:
            self._cell(self.table, first, token.content)
        elif self.block == "title":
            place = partial(lines.inside, self.source, first)
            self.gathered.before = self._passage("paragraph", token.content, place)
        elif self.block.startswith("h"):
            is_line = last - first == 1
            place = partial(lines.inside if is_line else lines.tails, self.source, first)
            self._heading(int(self.block[1:]), token.content, place)
        else:
            self._paragraph(first, token.content)

    def _heading(self, level: int, content: str, place: _Place) -> None:
        if self.html:
            self.html.close()
        self.gathered.leave(level)
        self.gathered.enter(level, self._passage("heading", content, place))

    def _paragraph(self, first: int, content: str) -> None:
        if content.startswith("["):
            first, content = self._unmarked(first, content)
        self.starts_item = False
        if content:
            kind = "footnote" if self.notes else "item" if self.intros else "paragraph"
            passage = self._passage(kind, content, partial(lines.tails, self.source, first))
            if not (self.html and self.html.in_cell):
                self.gathered.before = passage

    def _unmarked(self, first: int, content: str) -> tuple[int, str]:
        """A paragraph's first line and content behind a task's box or an alert's marker."""
        marker = re.match(_TASK if self.starts_item else _ALERT, content)
        if marker is None:
            return first, content
        return first + marker[0].count("\n"), content[marker.end() :]

    def open_list(self, token: Token) -> None:
        self.intros.append(self.gathered.before)

    def open_item(self, token: Token) -> None:
        self.gathered.before = self.intros[-1]
        self.starts_item = True

    def close_list(self, token: Token) -> None:
        self.gathered.before = self.intros.pop()

    def open_footnote(self, token: Token) -> None:
        self.notes.append(self.gathered.visit(self.noted.get(token.info)))

    def close_footnote(self, token: Token) -> None:
        self.notes.pop()()

    def open_html(self, token: Token) -> None:
        content = token.content.rstrip()
        if content.endswith("-->") and content.count("<") == 1:
            return
        if self.html is None:
            from mirage_lint.documents.html import Html

            self.html = Html(self.gathered, self._images)
        place = partial(lines.tails, self.source, token.map[0] if token.map else 0)
        self.html.read(content, lines.Block(place, content))

    # -- code ------------------------------------------------------------------------------------

    def fence(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        info = directives.code(token.info)
        if not code.is_read(info):
            return
        content = code.commands(token.content.rstrip("\n"))
        if info != token.info:
            options = sum(1 for _ in takewhile(directives.is_option, content.split("\n")))
            first, content = first + options, "\n".join(content.split("\n")[options:])
        self.code(first + (token.type == "fence"), content)

    def code(self, first: int, content: str, kind: str = "code") -> None:
        """Code lines, or those of front matter, from source line ``first`` on."""
        if not content:
            return
        for number, text, comment in code.lines(content):
            place = partial(_line, self.source, first + number, text + comment)
            self.gathered.add(kind, text, partial(place, 0), block=content)
            if comment:
                self.gathered.add("comment", comment, partial(place, len(text)), block=content)

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
            elif is_section(table.cells):
                table.section = table.cells[0]
            table.cells, table.row = [], None

    def _cell(self, table: _Table, line: int, content: str) -> None:
        row, cells = table.row or lines.Row(self.source, line), table.cells
        table.row = row
        place = partial(row.cell, len(cells))
        if table.in_head:
            cells.append(self._passage("head", content, place))
            return
        cell = InTable(cells, table.heads[len(cells)], table.section)
        cells.append(self._passage("cell" if cells else "row", content, place, cell))

    # -- text ------------------------------------------------------------------------------------

    def _passage(
        self,
        kind: str,
        content: str,
        place: _Place,
        cell: InTable = OUTSIDE,
    ) -> Passage:
        """Add the passage of an inline block, and those of the images in it."""
        put: Place = partial(_placed, place, content)
        show, images = partial(_shown, content, self.parser, self.env), _NO_IMAGES
        if "![" in content or ("<" in content and "<img" in content.lower()):
            shown, images = visible(content, self.parser, self.env)
            show, put = partial(same, shown), lines.Block(place, content)
        if self.html and self.html.in_cell and not self.table:
            passage = self.html.add(kind, content, put, show)
        else:
            passage = self.gathered.add(kind, content, put, show, cell=cell)
        if "[^" in content:
            self.noted.update(dict.fromkeys(re.findall(_REFERENCE, content), passage))
        if images:
            self._images(images, put)
        return passage

    def _images(self, images: Sequence[Image], put: Place) -> None:
        """Add the passages of images, and of those that are badges what they show."""
        for image in images:
            if image.shown[0]:
                self.gathered.add("image", image.shown[0], put, partial(same, image.shown))
            if image.at >= 0 and ("badge" in image.address or "shields" in image.address):
                from mirage_lint.documents import badges

                if badge := badges.read(image.address, image.at):
                    self.gathered.add("badge", badge[0], put, partial(same, badge))


def _shown(content: str, parser: MarkdownIt, env: dict[str, object]) -> Shown:
    return visible(content, parser, env)[0]


def _line(
    source: Source, number: int, whole: str, at: int, pieces: Sequence[Piece]
) -> Sequence[Piece]:
    return lines.place(pieces, ((0, lines.tail(source, number, whole) + at),))


def _placed(place: _Place, content: str, pieces: Sequence[Piece]) -> Sequence[Piece]:
    return lines.place(pieces, place(content))


_TAKE: dict[str, Callable[[_Reader, Token], None]] = {
    "title_open": _Reader.open_block,
    "heading_open": _Reader.open_block,
    "paragraph_open": _Reader.open_block,
    "inline": _Reader.inline,
    "fence": _Reader.fence,
    "code_block": _Reader.fence,
    "html_block": _Reader.open_html,
    "bullet_list_open": _Reader.open_list,
    "ordered_list_open": _Reader.open_list,
    "list_item_open": _Reader.open_item,
    "bullet_list_close": _Reader.close_list,
    "ordered_list_close": _Reader.close_list,
    "definition_open": _Reader.open_list,
    "definition_close": _Reader.close_list,
    "footnote_open": _Reader.open_footnote,
    "footnote_close": _Reader.close_footnote,
    "table_open": _Reader.open_table,
    "table_close": _Reader.close_table,
    "tr_close": _Reader.close_row,
}
"""What each type of token does."""
