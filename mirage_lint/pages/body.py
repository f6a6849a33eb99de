"""A document's Markdown to HTML, block by block, with its claims marked where they stand."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from markdown_it.token import Token

from mirage_lint.binding.resolve import slug
from mirage_lint.documents import lines, markdown
from mirage_lint.documents.inline import visible
from mirage_lint.documents.passages import Piece
from mirage_lint.documents.source import Source
from mirage_lint.pages.inline import Inline
from mirage_lint.pages.raw import Raw

_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][+-]?[ \t]*(?:\n[ \t]*)?", re.I)
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_NAME = re.compile(r"front matter|[\w.+#-]{1,40}")
_SIDE = re.compile(r"text-align:(left|center|right)")
_SCROLLS = {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Table"}


def write(source: Source, raw: Raw) -> None:
    """Write a document of Markdown."""
    body = _Body(source, raw)
    tokens, matter = markdown.blocks(source, body.env)
    if matter:
        body.matter(source.text[:matter].rstrip("\n"))
    for number, token in enumerate(tokens):
        body.take(token, tokens[number + 1 : number + 3])


class _Body:
    """Walks block tokens."""

    def __init__(self, source: Source, raw: Raw) -> None:
        self.source = source
        self.raw = raw
        self.out = raw.out
        self.env: dict[str, object] = {}
        self.block = ""
        self.row: lines.Row | None = None
        self.cell = 0
        self.is_item = False

    def take(self, token: Token, following: Sequence[Token]) -> None:
        """Write a token; ``following`` are the two behind it."""
        if token.type == "heading_open":
            self.block = token.tag
            self.out.open(token.tag, self.out.anchor(self._slug(following[0].content)))
        elif token.type == "blockquote_open":
            self._quote([one.content for one in following if one.type == "inline"])
        elif write := _WRITE.get(token.type):
            write(self, token)
        elif token.tag in _ELEMENTS and not token.hidden:
            self._element(token)

    def _element(self, token: Token) -> None:
        if token.nesting < 0:
            self.out.close(token.tag)
            return
        side = _SIDE.fullmatch(str(token.attrs.get("style", "")))
        start = token.attrs.get("start")
        attributes = {"class": side[1]} if side else {}
        attributes |= {"start": str(start)} if isinstance(start, int) else {}
        (self.out.open if token.nesting else self.out.put)(token.tag, attributes)

    def _slug(self, content: str) -> str:
        return slug(visible(content, markdown.parser(), self.env)[0][0])

    def _quote(self, contents: Sequence[str]) -> None:
        """A quote, or one that GitHub shows as an alert."""
        alert = _ALERT.match(contents[0]) if contents else None
        self.out.open("blockquote", {"class": f"alert {alert[1].lower()}"} if alert else {})

    # -- text ------------------------------------------------------------------------------------

    def open_block(self, token: Token) -> None:
        self.block = token.tag
        if not token.hidden:
            self.out.open("p", {"class": "title"} if token.tag == "title" else {})

    def close_block(self, token: Token) -> None:
        if not token.hidden:
            self.out.close("p")

    def open_item(self, token: Token) -> None:
        self.is_item = True
        self.out.open("li")

    def inline(self, token: Token) -> None:
        content = token.content
        place = lines.Block(partial(self._starts, token.map or [0, 1]), content)
        at = 0
        if self.row is None and self.block == "p" and content.startswith("["):
            at = self._marker(content)
        self.is_item = False
        parser = markdown.parser()
        tokens = parser.inline.parse(content[at:], parser, self.env, [])
        Inline(content[at:], place, self.raw, at).write(tokens)
        self.raw.end()

    def _marker(self, content: str) -> int:
        """Write a task's box, or an alert's name; how far it goes."""
        if self.is_item and (task := _TASK.match(content)):
            is_done = task[1] != " "
            words = "Done" if is_done else "To do"
            self.out.open("span", {"class": "task", "role": "img", "aria-label": words})
            self.out.words("☑" if is_done else "☐")
            self.out.close("span")
            self.out.words(" ")
            return task.end()
        if self.out.is_open("blockquote") and (alert := _ALERT.match(content)):
            self.out.open("strong", {"class": "title"})
            self.out.words(alert[1].capitalize())
            self.out.close("strong")
            return alert.end()
        return 0

    def _starts(self, lines_of: Sequence[int], content: str) -> lines.Starts:
        """Where the content of an inline block stands."""
        first, last = lines_of
        if self.row is not None:
            return self.row.cell(self.cell, content)
        is_inside = self.block == "title" or (self.block != "p" and last - first == 1)
        return (lines.inside if is_inside else lines.tails)(self.source, first, content)

    # -- code and HTML ---------------------------------------------------------------------------

    def fence(self, token: Token) -> None:
        first = (token.map[0] if token.map else 0) + (token.type == "fence")
        self._code(token.content.removesuffix("\n"), first, token.info.strip())

    def matter(self, content: str) -> None:
        """The front matter."""
        self._code(content, 0, "front matter")

    def _code(self, content: str, first: int, info: str) -> None:
        name = _NAME.match(info)
        self.out.open("pre", {"tabindex": "0", **({"data-info": name[0]} if name else {})})
        self.out.open("code")
        for number, line in enumerate(content.split("\n"), first):
            if line:  # what is not there at the document's end is an empty line
                at = lines.tail(self.source, number, line)
                self.out.text(line, [Piece(0, len(line), at, len(line))])
            self.out.words("\n")
        self.out.close("code")
        self.out.close("pre")

    def html(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        content = token.content.rstrip()
        self.raw.block(content, lines.Block(partial(lines.tails, self.source, first), content))

    # -- tables ----------------------------------------------------------------------------------

    def open_table(self, token: Token) -> None:
        self.out.open("div", _SCROLLS)
        self.out.open("table")

    def close_table(self, token: Token) -> None:
        self.out.close("table")
        self.out.close("div")

    def open_row(self, token: Token) -> None:
        self.row, self.cell = lines.Row(self.source, token.map[0] if token.map else 0), -1
        self.out.open("tr")

    def open_cell(self, token: Token) -> None:
        self.cell += 1
        self._element(token)

    def close_row(self, token: Token) -> None:
        self.row = None
        self.out.close("tr")

    # -- containers ------------------------------------------------------------------------------

    def open_footnote(self, token: Token) -> None:
        anchor = self.out.anchor(f"fn-{token.info.lower()}")
        self.out.open("div", {"class": "footnote", **anchor})
        self.out.open("sup")
        self.out.words(token.info)
        self.out.close("sup")

    def open_container(self, token: Token) -> None:
        self.out.open("div", {"class": token.type.removesuffix("_open")})

    def close_container(self, token: Token) -> None:
        self.out.close("div")


_ELEMENTS = frozenset(
    {
        *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "hr"),
        *("thead", "tbody", "th", "td"),
    }
)
_WRITE: dict[str, Callable[[_Body, Token], None]] = {
    "paragraph_open": _Body.open_block,
    "paragraph_close": _Body.close_block,
    "title_open": _Body.open_block,
    "title_close": _Body.close_block,
    "list_item_open": _Body.open_item,
    "inline": _Body.inline,
    "fence": _Body.fence,
    "code_block": _Body.fence,
    "html_block": _Body.html,
    "table_open": _Body.open_table,
    "table_close": _Body.close_table,
    "tr_open": _Body.open_row,
    "tr_close": _Body.close_row,
    "th_open": _Body.open_cell,
    "td_open": _Body.open_cell,
    "footnote_open": _Body.open_footnote,
    "footnote_close": _Body.close_container,
    "definition_open": _Body.open_container,
    "definition_close": _Body.close_container,
    "admonition_open": _Body.open_container,
    "admonition_close": _Body.close_container,
}
"""What each type of token writes."""
