"""Inline Markdown to visible text that knows where each character stands in the source.

markdown-it-py gives inline tokens no offsets. `TrackedState` notes, as tokens are pushed, where
the parser stood; that needs no fork and no second parse.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mirage_lint.documents.passages import Mark, Piece

_AT = "at"
"""Key of a token's start, in its ``meta``."""


class TrackedState(StateInline):
    """An inline state that notes where each token and each run of plain text starts."""

    _text_start = 0

    def append_pending(self, text: str) -> None:
        if not self._pending and not self._pending_buffer:
            self._text_start = self.pos
        super().append_pending(text)

    @property
    def pending(self) -> str:
        return super().pending

    @pending.setter
    def pending(self, value: str) -> None:
        # Rules that assign: an unmatched backtick run starts text, a line end trims it.
        if value and not self._pending and not self._pending_buffer:
            self._text_start = self.pos
        self._pending = value
        self._pending_buffer = []

    def pushPending(self) -> Token:  # noqa: N802 (the parser's name)
        token = super().pushPending()
        token.meta[_AT] = self._text_start
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta[_AT] = self.pos
        return token


class TrackedInline(ParserInline):
    """The inline parser with `TrackedState`."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = TrackedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class Visible(NamedTuple):
    """Visible text of one inline block; offsets are into the block's own content."""

    text: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    images: tuple["Visible", ...]


class _Builder:
    """Gathers visible text token by token; ``offset`` is where the tokens' content starts."""

    def __init__(self, content: str, offset: int) -> None:
        self.content = content
        self.offset = offset
        self.parts: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.marks: list[Mark] = []
        self.images: list[Visible] = []
        self.links: list[tuple[int, str]] = []
        self.text_end = 0

    def add(self, text: str, at: int, source_width: int) -> None:
        if text:
            self.parts.append(text)
            self.pieces.append(Piece(self.length, len(text), at + self.offset, source_width))
            self.length += len(text)

    def take(self, token: Token) -> None:
        at = token.meta.get(_AT, 0)
        match token.type:
            case "text":
                # Delimiters of one run are all pushed while the parser stands at its start.
                at = max(at, self.text_end)
                self.add(token.content, at, len(token.content))
                self.text_end = at + len(token.content)
            case "text_special":
                self.add(token.content, at, len(token.markup))
                self.text_end = at + len(token.markup)
            case "softbreak" | "hardbreak":
                self.add(" ", at, 1)
            case "code_inline":
                self._code(token, at)
            case "link_open":
                self.links.append((self.length, str(token.attrs.get("href", ""))))
                if token.info == "auto":  # the text of <https://…> starts behind the bracket
                    self.text_end = at + 1
            case "link_close":
                start, target = self.links.pop()
                self.marks.append(Mark("link", start, self.length, target))
            case "image":
                self._image(token, at)
            case "html_inline" if token.content.lower().startswith("<br"):
                self.add(" ", at, len(token.content))

    def _code(self, token: Token, at: int) -> None:
        start = at + len(token.markup)
        # One space is stripped on each side where both are there.
        start += not self.content.replace("\n", " ").startswith(token.content, start)
        self.marks.append(
            Mark("code", self.length, self.length + len(token.content), token.content)
        )
        self.add(token.content, start, len(token.content))

    def _image(self, token: Token, at: int) -> None:
        label = at + len("![")
        builder = _Builder(token.content, self.offset + label)
        for child in token.children or ():
            builder.take(child)
        image = builder.done()
        target = Mark("link", 0, len(image.text), str(token.attrs.get("src", "")))
        self.images.append(image._replace(marks=(*image.marks, target)))

    def done(self) -> Visible:
        return Visible(
            "".join(self.parts), tuple(self.pieces), tuple(self.marks), tuple(self.images)
        )


def visible(content: str, tokens: Sequence[Token]) -> Visible:
    """The visible text of parsed inline ``tokens`` of ``content``."""
    builder = _Builder(content, 0)
    for token in tokens:
        builder.take(token)
    return builder.done()
