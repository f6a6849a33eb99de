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
        self._is_link = False

    def write(self, tokens: Sequence[Token]) -> None:
        """Write the tokens of the block."""
        for number, token in enumerate(tokens):
            at = token.meta.get(AT, 0)
            if token.type == "link_open":
                self._link(token, at, tokens[number + 1], _end(tokens, number))
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
        address, there = self.address(token, at)
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
        if self._is_link:
            self._out.close("a")

    def _link(self, token: Token, at: int, first: Token, end: int) -> None:
        """A link up to ``end``, unless a claim stands in it, which is a link itself."""
        width = end - at
        if token.info == "auto":  # the text of <https://…> starts behind the bracket
            self.text_end, width = at + 1, len(first.content) + 1
        inside = self._placed([Piece(0, width, at, width)]) if width > 0 else ()
        address = str(token.attrs.get("href", ""))
        href = linked(self._out, self._raw.links, address, inside)
        self._is_link = bool(href)
        if href:
            self._out.open("a", href)

    def _placed(self, pieces: Sequence[Piece]) -> Sequence[Piece]:
        """Pieces of this content, which is part of a block's."""
        return self._place([one._replace(source=one.source + self.offset) for one in pieces])


def _end(tokens: Sequence[Token], number: int) -> int:
    """Where the link ends that the token ``number`` opens."""
    closes = next(at for at in range(number + 1, len(tokens)) if tokens[at].type == "link_close")
    return int(tokens[closes].meta.get(AT, 0))


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
