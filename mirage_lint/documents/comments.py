"""Comments of ours in a document, without those that are only shown, as code."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from mirage_lint.documents import markdown
from mirage_lint.documents.source import Source
from mirage_lint.errors import UnreadableError

MARK, CLAIM = "mirage-lint", "claim:"
_REST = r"\s*(?:(claim:)|mirage-lint(?::|\s+(?=ignore|disable)))"
_HTML, _MDX = re.compile(rf"(<!--){_REST}"), re.compile(rf"(<!--|\{{/\*){_REST}")
_NUMBERED = re.compile(r"[\s>]*+\d{1,9}+[.)]\s*+")
"""The sign of a list's item."""

_CLOSES = {"<!--": "-->", "{/*": "*/}"}
_LONGEST = 2000
MOST = 5_000
"""Comments of ours that a document may hold."""

_KEY = re.compile(r"(?m)^mirage-lint[ \t]*:[ \t]*(.*?)[ \t]*$")
_INDENTED = re.compile(r"(?:\n[ \t]+\S.*)+")
_CONTEXT = re.compile(r"\s*+\{?\s*+(?:family|population)\s*+[=:]")


class Comment(NamedTuple):
    """What stands behind ``mirage-lint:`` in a comment from ``start`` to ``end``, or behind
    ``claim:`` in one that ``is_claim``.

    ``text`` is None where the comment is not closed.
    """

    start: int
    end: int
    text: str | None
    is_claim: bool = False

    @property
    def is_binding(self) -> bool:
        """Whether it tells what the text is about, and silences nothing."""
        return self.is_claim or bool(self.text and _CONTEXT.match(self.text))


class Found(NamedTuple):
    """The comments of a document, what its front matter says, and its lines (from 0, half-open)
    that make one block: tables, code, HTML.
    """

    comments: tuple[Comment, ...]
    matter: Comment | None
    blocks: tuple[tuple[int, int], ...]


def find(source: Source) -> Found:
    """All that a document of Markdown says to us."""
    tokens, body = _tokens(source)
    lines = [
        (*token.map, token.type in ("fence", "code_block"))
        for token in tokens
        if token.map and token.type in ("fence", "code_block", "html_block", "table_open")
    ]
    code = [(first, last) for first, last, is_code in lines if is_code]
    opens = _MDX if source.path.endswith(".mdx") else _HTML
    comments = list(_comments(source.text, body, opens))
    if len(comments) > MOST:
        problem = f"holds more than {MOST:,} comments to us"
        raise UnreadableError(source.path, problem, "exclude it")
    shown = [flag for token in tokens for flag in _flags(token, opens)]
    # The parser knows no comments of MDX, and may read something otherwise than it is written.
    if opens is _MDX or len(shown) != len(comments):
        shown = [_is_shown(source, one, code) for one in comments]
    told = (one for one, is_shown in zip(comments, shown, strict=True) if not is_shown)
    blocks = tuple((first, last) for first, last, _ in lines)
    return Found(tuple(told), _matter(source.text, body), blocks)


def _tokens(source: Source) -> tuple[list[Token], int]:
    """The block tokens, those with comments of ours read further, and where front matter ends."""
    tokens, body = markdown.blocks(source, {})
    parser = markdown.parser()
    for token in tokens:
        if token.type == "inline" and (MARK in token.content or CLAIM in token.content):
            token.children = parser.inline.parse(token.content, parser, {}, [])
    return tokens, body


def _comments(text: str, body: int, opens: re.Pattern[str]) -> Iterator[Comment]:
    for opened in opens.finditer(text, body):
        close, is_claim = _CLOSES[opened[1]], bool(opened[2])
        end = text.find(close, opened.end(), opened.end() + _LONGEST)
        if end < 0:
            yield Comment(opened.start(), opened.end(), None, is_claim)
        else:
            yield Comment(opened.start(), end + len(close), text[opened.end() : end], is_claim)


def _flags(token: Token, opens: re.Pattern[str]) -> Iterator[bool]:
    """Of each comment in a token, whether it is only shown."""
    if token.type == "inline":
        for child in token.children or ():
            yield from [child.type != "html_inline"] * len(opens.findall(child.content))
    elif token.type in ("html_block", "fence", "code_block"):
        yield from [token.type != "html_block"] * len(opens.findall(token.content))


def _is_shown(source: Source, comment: Comment, code: Sequence[tuple[int, int]]) -> bool:
    """Whether a comment stands in lines of code, or behind a backtick that is open."""
    line, column = source.position(comment.start)
    is_open = source.line(line)[: column - 1].count("`") % 2 == 1
    return is_open or any(first < line <= last for first, last in code)


def _matter(text: str, body: int) -> Comment | None:
    """What the front matter says to us, in the form of a comment."""
    match = _KEY.search(text, 0, body)
    if match is None:
        return None
    value = match[1]
    if not value and (lines := _INDENTED.match(text, match.end(), body)):
        pairs = ", ".join(line.strip() for line in lines[0].strip().split("\n"))
        return Comment(match.start(), lines.end(), f"{{{pairs}}}")
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return Comment(match.start(), match.end(), value[1:-1] if is_quoted else value)


def lone_lines(source: Source, found: Found) -> set[int]:
    """The lines (from 0) on which nothing but comments of ours stands."""
    lines: dict[int, list[Comment]] = {}
    for one in found.comments:
        lines.setdefault(_line(source, one.start), []).append(one)
    lone: set[int] = set()
    for first, here in lines.items():
        last = _line(source, here[-1].end)
        if _is_bare(_around(source, here, first, last)):
            lone.update(range(first, last + 1))
    return lone


def _around(source: Source, here: Sequence[Comment], first: int, last: int) -> str:
    """What stands on lines around the comments that start on the first of them."""
    start, stop = source.line_starts[first], source.line_starts[last] + len(source.line(last + 1))
    ends = [(start, start), *((one.start, one.end) for one in here), (stop, stop)]
    return "".join(source.text[one[1] : other[0]] for one, other in pairwise(ends))


def _is_bare(text: str) -> bool:
    """Whether a text is nothing but signs of lists and quotes."""
    return not text.strip(" \t>*+-") or _NUMBERED.fullmatch(text) is not None


def _line(source: Source, offset: int) -> int:
    return source.position(offset)[0] - 1
