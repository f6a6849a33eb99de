"""Markdown to passages, by markdown-it-py."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mirage_lint.documents import lines
from mirage_lint.documents.inline import TrackedInline, Visible, visible
from mirage_lint.documents.lines import Placed
from mirage_lint.documents.passages import Document, Passage, Piece
from mirage_lint.documents.source import Source, front_matter


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.inline = TrackedInline()
    # Joining texts would lose where each of them stood.
    parser.inline.ruler2.disable("fragments_join")
    return parser


def read(source: Source) -> Document:
    """All passages of a Markdown document, in order."""
    body = front_matter(source.text)
    blank = "".join(character if character == "\n" else " " for character in source.text[:body])
    parser, tokens = _parser(), list[Token]()
    env: dict[str, object] = {}
    parser.block.parse(blank + source.text[body:].replace("\0", "\ufffd"), parser, env, tokens)
    reader = _Reader(source, parser, env)
    reader.code(0, source.text[:body].rstrip("\n"), "matter")
    for token in tokens:
        reader.take(token)
    return Document(source.path, tuple(reader.passages))


def _comment(line: str) -> int:
    """Where a code line's comment starts, the line's length where it has none."""
    starts = [line.find(mark) for mark in (" # ", " // ")]
    if line.lstrip().startswith(("# ", "// ")):
        starts.append(0)
    return min((start for start in starts if start >= 0), default=len(line))


class _Table:
    """The table being read: its column heads, and the row's head and contents so far."""

    def __init__(self, intro: Passage | None) -> None:
        self.intro = intro
        self.heads: list[Passage] = []
        self.in_head = True
        self.row: list[Token] = []


class _Reader:
    """Walks block tokens; keeps what encloses and what leads into the passage at hand."""

    def __init__(self, source: Source, parser: MarkdownIt, env: dict[str, object]) -> None:
        self.source = source
        self.parser = parser
        self.env = env
        self.passages: list[Passage] = []
        self.headings: list[tuple[int, Passage]] = []
        self.before: Passage | None = None
        self.intros: list[Passage | None] = []
        self.table: _Table | None = None
        self.tables = 0
        self.block = ""

    def take(self, token: Token) -> None:
        match token.type:
            case "heading_open" | "paragraph_open":
                self.block = token.tag
            case "inline" if self.table:
                self.table.row.append(token)
            case "inline":
                self._inline(token)
            case "fence" | "code_block":
                first = token.map[0] if token.map else 0
                self.code(first + (token.type == "fence"), token.content.rstrip("\n"))
            case "bullet_list_open" | "ordered_list_open":
                self.intros.append(self.before)
            case "bullet_list_close" | "ordered_list_close":
                self.before = self.intros.pop()
            case "list_item_open":
                self.before = self.intros[-1]
            case "table_open":
                self.table = _Table(self.before)
                self.tables += 1
            case "tr_close":
                self._row()
            case "table_close":
                self.table = None

    def code(self, first: int, content: str, kind: str = "code") -> None:
        """Code lines, or those of front matter, from source line ``first`` on."""
        if not content:
            return
        placed = lines.tails(self.source, first, content)
        for line, (_, start) in zip(content.split("\n"), placed.starts, strict=True):
            text = line.lstrip()  # indents may have been tabs
            at = start + len(line) - len(text)
            code = text[: _comment(text)]
            self._add(Passage(kind, code, (Piece(0, len(code), at, len(code)),), block=content))
            if note := text[len(code) :]:
                piece = Piece(0, len(note), at + len(code), len(note))
                self._add(Passage("comment", note, (piece,), block=content))

    def _inline(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        if self.block.startswith("h") and token.map and token.map[1] - first == 1:
            placed = lines.inside(self.source, first, token.content)
        else:
            placed = lines.tails(self.source, first, token.content)
        if self.block.startswith("h"):
            self._heading(int(self.block[1:]), placed)
        else:
            self.before = self._passages("item" if self.intros else "paragraph", placed)

    def _heading(self, level: int, placed: Placed) -> None:
        self.headings = [(other, head) for other, head in self.headings if other < level]
        self.headings.append((level, self._passages("heading", placed)))
        self.before = None

    def _row(self) -> None:
        table = self.table
        if table is None or not table.row or not table.row[0].map:
            return
        contents = [token.content for token in table.row]
        placed = lines.cells(self.source, table.row[0].map[0], contents)
        table.row.clear()
        if table.in_head:
            table.heads = [self._passages("head", cell) for cell in placed]
            table.in_head = False
            return
        left: tuple[Passage, ...] = ()
        for cell, column in zip(placed, table.heads, strict=False):
            kind = "cell" if left else "row"
            left += (self._passages(kind, cell, row=left, column=column),)

    def _passages(
        self,
        kind: str,
        placed: Placed,
        row: tuple[Passage, ...] = (),
        column: Passage | None = None,
    ) -> Passage:
        """Add the passage of an inline block, and one for each image's text in it."""
        tokens: list[Token] = []
        self.parser.inline.parse(placed.content, self.parser, self.env, tokens)
        shown = visible(placed.content, tokens)
        passage = self._add(self._passage(kind, placed, shown)._replace(row=row, column=column))
        for image in shown.images:
            self._add(self._passage("image", placed, image))
        return passage

    def _passage(self, kind: str, placed: Placed, shown: Visible) -> Passage:
        pieces = tuple(part for piece in shown.pieces for part in placed.place(piece))
        return Passage(kind, shown.text, pieces, shown.marks)

    def _add(self, passage: Passage) -> Passage:
        intro = self.table.intro if self.table else self.before
        headings = tuple(heading for _, heading in self.headings)
        number = self.tables if self.table else 0
        passage = passage._replace(headings=headings, intro=intro, table=number)
        self.passages.append(passage)
        return passage
