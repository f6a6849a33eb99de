"""Inline Markdown to HTML."""

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from mirage_lint.documents import badges, tags
from mirage_lint.documents.inline import AT, FOOTNOTE, InlineBuilder
from mirage_lint.documents.passages import Piece, Place
from mirage_lint.pages.raw import Raw, image, linked

_ELEMENTS = frozenset({"em", "strong", "s"})


class Inline(InlineBuilder):
    """Writes the inline block ``content``; ``place`` tells where its characters stand."""

    def __init__(self, content: str, place: Place, raw: Raw, offset: int = 0) -> None:
        super().__init__(content, offset)
        self._place = place
        self._raw = raw
        self._out = raw.out

    def write(self, tokens: Sequence[Token]) -> None:
        """Write the tokens of the block."""
        for number, token in enumerate(tokens):
            at = token.meta.get(AT, 0)
            if token.type == "link_open":
                self._link(token, at, tokens[number + 1 :])
            elif write := _WRITE.get(token.type):
                write(self, token, at)
            elif token.tag in _ELEMENTS and not self._raw.hides:
                (self._out.open if token.nesting > 0 else self._out.close)(token.tag)

    def add(self, text: str, at: int, source_width: int) -> None:
        """Write visible text that is written at ``at``."""
        if text and not self._raw.hides:
            piece = Piece(0, len(text), at + self.offset, source_width)
            self._out.text(text, self._place([piece]))

    def line_end(self, token: Token, at: int) -> None:
        if token.type == "hardbreak":
            self._out.put("br")
        self.add("\n", at, 1)

    def code(self, token: Token, at: int) -> None:
        self._out.open("code")
        super().code(token, at)
        self._out.close("code")

    def image(self, token: Token, at: int) -> None:
        label = at + len("![")
        address = str(token.attrs.get("src", ""))
        there = self.content.find(address, label + len(token.content)) if address else -1
        badge = badges.read(address, there) if there >= 0 else None
        with image(self._out, self._placed, token.content, badge):
            words = Inline(token.content, self._place, self._raw, self.offset + label)
            words.write(token.children or ())

    def html(self, token: Token, at: int) -> None:
        if tag := tags.tag(token.content, at):
            self._raw.tag(tag, self.content, self._placed)

    def footnote(self, token: Token, at: int) -> None:
        """A reference to a note."""
        if (match := re.compile(FOOTNOTE).match(self.content, at)) and not self._raw.hides:
            name = match[0][2:-1]
            self._out.open("sup")
            inside = {} if self._out.is_open("a") else {"href": f"#s-fn-{name.lower()}"}
            self._out.open("a" if inside else "span", inside)
            self._out.words(name)
            self._out.close("a" if inside else "span")
            self._out.close("sup")

    def close_link(self, token: Token, at: int) -> None:
        self._out.close("a")

    def _link(self, token: Token, at: int, rest: Sequence[Token]) -> None:
        """A link, unless a claim stands in it, which is a link itself."""
        if token.info == "auto":  # the text of <https://…> starts behind the bracket
            self.text_end = at + 1
        end = next(one.meta.get(AT, at) for one in rest if one.type == "link_close")
        width = max(end, at + 1) - at + (len(rest[0].content) if token.info == "auto" else 0)
        inside = self._placed([Piece(0, width, at, width)])
        address = str(token.attrs.get("href", ""))
        if href := linked(self._out, self._raw.links, address, inside):
            self._out.open("a", href)

    def _placed(self, pieces: Sequence[Piece]) -> Sequence[Piece]:
        """Pieces of this content, which is part of a block's."""
        return self._place([one._replace(source=one.source + self.offset) for one in pieces])


_WRITE: dict[str, Callable[[Inline, Token, int], None]] = {
    "text": Inline.text,
    "text_special": Inline.special,
    "softbreak": Inline.line_end,
    "hardbreak": Inline.line_end,
    "code_inline": Inline.code,
    "link_close": Inline.close_link,
    "image": Inline.image,
    "html_inline": Inline.html,
    "footnote": Inline.footnote,
}
