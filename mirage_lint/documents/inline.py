"""Inline Markdown to visible text that knows where each character stands in the source.

markdown-it-py gives inline tokens no offsets. `TrackedState` notes, as tokens are pushed, where
the parser stood; that needs no fork and no second parse.
"""

import re
from collections.abc import Callable
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mirage_lint.documents.passages import Mark, Piece, Shown
from mirage_lint.documents.simple import simple
from mirage_lint.documents.visible import Builder, Image

AT = "at"
"""Key of a token's start, in its ``meta``."""

_MARKUP = re.compile(r"[&*<\[\\_`~]")
"""Without any of these there is no markup but line ends."""

FOOTNOTE = r"\[\^[^\]\[\s]+\]"

_STOPS = re.compile(r"[\n!&*<\[\]\\_`~]")
"""What plain text ends at: where a rule may start, and where a link's text may end."""

_RULES = {
    "\n": ("newline",),
    "\\": ("escape",),
    "`": ("backticks",),
    "~": ("strikethrough",),
    "*": ("emphasis",),
    "_": ("emphasis",),
    "[": ("footnote", "link"),
    "!": ("image",),
    "<": ("autolink", "html_inline"),
    "&": ("entity",),
}
"""The rules that may match where a character stands: the others need not be tried."""


class TrackedState(StateInline):
    """An inline state that notes where each token and each run of plain text starts."""

    text_start = 0

    def pushPending(self) -> Token:  # noqa: N802 (the parser's name)
        token = super().pushPending()
        token.meta[AT] = self.text_start
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta[AT] = self.pos
        return token


class TrackedInline(ParserInline):
    """The inline parser with `TrackedState`; it tries only rules that may match."""

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = _STOPS
        # Joining texts would lose where each of them stood.
        self.ruler2.disable("fragments_join")
        self.ruler.before("link", "footnote", _footnote)
        rules = dict(zip(self.ruler.get_all_rules(), self.ruler.getRules(""), strict=True))
        self._rules = {
            start: tuple(rules[name] for name in names) for start, names in _RULES.items()
        }

    def tokenize(self, state: StateInline) -> None:
        """Push the tokens of what stands from the state's place to its end."""
        assert isinstance(state, TrackedState)
        source, end = state.src, state.posMax
        while (at := state.pos) < end:
            if not state.pending:
                state.text_start = at
            if not self._matches(state, False):
                stop = _STOPS.search(source, at + 1)
                state.pos = min(stop.start(), end) if stop else end
                state.append_pending(source[at : state.pos])
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 (the parser's name)
        """Step over one token without pushing it."""
        at = state.pos
        if at not in state.cache:
            if state.level >= state.md.options["maxNesting"]:
                state.pos = state.posMax
            elif not self._matches(state, True):
                stop = _STOPS.search(state.src, at)
                state.pos = max(stop.start() if stop else state.posMax, at + 1)
            state.cache[at] = state.pos
        state.pos = state.cache[at]

    def _matches(self, state: StateInline, silent: bool) -> bool:
        """Whether a rule took what stands at the state's place."""
        rules = self._rules.get(state.src[state.pos])
        if not rules or state.level >= state.md.options["maxNesting"]:
            return False
        for rule in rules:
            state.level += silent
            found = rule(state, silent)
            state.level -= silent
            if found:
                return True
        return False

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = TrackedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _footnote(state: StateInline, silent: bool) -> bool:
    """A reference to a footnote, which is no text."""
    if not state.src.startswith("[^", state.pos):
        return False
    match = re.compile(FOOTNOTE).match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("footnote", "", 0)
    state.pos = match.end()
    return True


class InlineBuilder(Builder):
    """Gathers visible text token by token, from where each stands."""

    def __init__(self, content: str, offset: int = 0) -> None:
        super().__init__(content, offset)
        self.links: list[tuple[int, str]] = []
        self.text_end = 0

    def take(self, token: Token) -> None:
        if take := _TAKE.get(token.type):
            take(self, token, token.meta.get(AT, 0))

    def text(self, token: Token, at: int) -> None:
        # Delimiters of one run are all pushed while the parser stands at its start.
        at = max(at, self.text_end)
        self.add(token.content, at, len(token.content))
        self.text_end = at + len(token.content)

    def special(self, token: Token, at: int) -> None:
        self.add(token.content, at, len(token.markup))
        self.text_end = at + len(token.markup)

    def line_end(self, token: Token, at: int) -> None:
        self.space(at, 1)

    def code(self, token: Token, at: int) -> None:
        start = at + len(token.markup)
        # One space is stripped on each side where both are there.
        there = self.content[start : start + len(token.content)].replace("\n", " ")
        start += there != token.content
        end = self.length + len(token.content)
        self.marks.append(Mark("code", self.length, end, token.content))
        self.add(token.content, start, len(token.content))

    def link_open(self, token: Token, at: int) -> None:
        self.links.append((self.length, str(token.attrs.get("href", ""))))
        if token.info == "auto":  # the text of <https://…> starts behind the bracket
            self.text_end = at + 1

    def link_close(self, token: Token, at: int) -> None:
        start, target = self.links.pop()
        self.marks.append(Mark("link", start, self.length, target))

    def image(self, token: Token, at: int) -> None:
        label = at + len("![")
        builder = InlineBuilder(token.content, self.offset + label)
        for child in token.children or ():
            builder.take(child)
        address, there = self.address(token, at)
        builder.marks.append(Mark("link", 0, builder.length, address))
        place = there + self.offset if there >= 0 else -1
        self.images.append(Image(builder.done(), address, place))

    def address(self, token: Token, at: int) -> tuple[str, int]:
        """The address of an image at ``at``, and where that stands in the content (-1: not
        found).
        """
        address, behind = str(token.attrs.get("src", "")), at + len("![") + len(token.content)
        end = behind + len(address) + _LONGEST_GAP
        return address, self.content.find(address, behind, end) if address else -1

    def html(self, token: Token, at: int) -> None:
        from mirage_lint.documents import tags

        if tag := tags.tag(token.content, at):
            self.tag(tag)


_LONGEST_GAP = 20
"""Characters between an image's text and its address."""

_TAKE: dict[str, Callable[[InlineBuilder, Token, int], None]] = {
    "text": InlineBuilder.text,
    "text_special": InlineBuilder.special,
    "softbreak": InlineBuilder.line_end,
    "hardbreak": InlineBuilder.line_end,
    "code_inline": InlineBuilder.code,
    "link_open": InlineBuilder.link_open,
    "link_close": InlineBuilder.link_close,
    "image": InlineBuilder.image,
    "html_inline": InlineBuilder.html,
}


def visible(content: str, parser: MarkdownIt, env: dict[str, object]) -> tuple[Shown, list[Image]]:
    """The visible text of an inline block, and its images; offsets are into ``content``."""
    if not _MARKUP.search(content):
        return plain(content), []
    if shown := simple(content):
        return shown, []
    builder = InlineBuilder(content)
    for token in parser.inline.parse(content, parser, env, []):
        builder.take(token)
    return builder.done(), builder.images


def plain(content: str) -> Shown:
    """The visible text of content without markup: its lines, joined by single spaces."""
    if "\n" not in content:
        return content, (), ()
    parts, pieces, length, at = [], list[Piece](), 0, 0
    for line in content.split("\n"):
        text = line.lstrip(" \t") if at else line
        start = at + len(line) - len(text)
        at += len(line) + 1
        text = text.rstrip(" ") if at <= len(content) else text
        pieces.append(Piece(length, len(text), start, len(text)))
        pieces.append(Piece(length + len(text), 1, at - 1, 1))
        length += len(text) + 1
        parts.append(text)
    return " ".join(parts), pieces[:-1], ()
