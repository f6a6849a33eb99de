"""Directives whose body is Markdown: ``:::{tip}`` and ```` ```{note} ```` of MyST, ``:::note`` of
Docusaurus, ``::: {.callout}`` of Quarto.

Only the lines that open and close them are taken; the body stays where it is, so nothing is read
twice and nothing nests.
"""

import re

from markdown_it.rules_block import StateBlock

from mirage_lint.documents.containers import matching, title

VERBATIM = frozenset(
    {
        *("code", "code-block", "code-cell", "csv-table", "doctest", "eval-rst", "graphviz"),
        *("literalinclude", "math", "mermaid", "parsed-literal", "raw", "sourcecode", "testcode"),
        *("toctree",),
    }
)
"""Directives whose body is not Markdown."""

PROSE = frozenset(
    {
        *("admonition", "attention", "aside", "card", "caution", "danger", "details", "div"),
        *("dropdown", "epigraph", "error", "figure", "grid", "grid-item", "grid-item-card"),
        *("hint", "important", "list-table", "margin", "note", "seealso", "sidebar", "tab-item"),
        *("tab-set", "table", "tip", "topic", "versionadded", "versionchanged", "warning"),
    }
)
"""Directives in fences of backticks whose body is Markdown; of others nothing is known."""

_FILES = frozenset({"figure", "image", "include", "literalinclude"})
"""Directives whose argument is no title."""

_CODES = frozenset({"code", "code-block", "sourcecode"})
_SIGNS = (":::", "```", "~~~")
_FENCE = r"([`~])\1{2,}[ \t]*\{([\w:.-]+)\}[ \t]*(.*)$"
_COLONS = r"(:{3,})[ \t]*(?:\{([^}]*)\}|([\w-]+))?[ \t]*(?:\[(.*)\]|(.*))$"
_END = r"([`~])\1{2,}[ \t]*$"
_OPTION = r":[\w-]+:(?:[ \t]|$)"
_OPEN = "directives"
"""Key of the open fences, in the parser's ``env``: each fence's sign, length and level."""


def directive(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line that opens or closes a directive, with the options below it."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(_SIGNS, start):
        return False
    if match := matching(_COLONS, state, line):
        return silent or _colons(state, line, end, match)
    if match := matching(_END, state, line):
        return _closes(state, match, silent)
    match = matching(_FENCE, state, line)
    if match is None or match[2] not in PROSE:
        return False
    if not silent:
        length = match.start(2) - match.start() - 1
        state.env.setdefault(_OPEN, []).append((match[1], length, state.level))
        _open(state, line, end, match[2], match[3])
    return True


def code(info: str) -> str:
    """The language of a fence's info string, whether or not a directive tells it."""
    name, _, argument = info.strip().partition(" ")
    return argument if name.strip("{}") in _CODES and name.startswith("{") else info


def is_option(line: str) -> bool:
    """Whether a line of a directive's body sets one of its options."""
    return re.match(_OPTION, line) is not None


def _colons(state: StateBlock, line: int, end: int, match: re.Match[str]) -> bool:
    name = match[2] or match[3] or ""
    text = match[4] or match[5] or ""
    if name in VERBATIM:
        _verbatim(state, line, end, match[1], f"{{{name}}} {text}")
    else:
        _open(state, line, end, name, text)
    return True


def _open(state: StateBlock, line: int, end: int, name: str, text: str) -> None:
    if name not in _FILES:
        title(state, line, text)
    line += 1
    while line < end and _is_within(state, line) and matching(_OPTION, state, line):
        line += 1
    state.line = line


def _closes(state: StateBlock, match: re.Match[str], silent: bool) -> bool:
    """Whether the line closes an open fence; those that their container has ended are none."""
    fences = state.env.get(_OPEN, [])
    length = len(match[0].rstrip())
    while fences and fences[-1][2] > state.level:
        fences.pop()
    if not fences or fences[-1][0] != match[1] or fences[-1][1] > length:
        return False
    if not silent:
        fences.pop()
        state.line += 1
    return True


def _verbatim(state: StateBlock, line: int, end: int, colons: str, info: str) -> None:
    """Push a directive's body as a fence."""
    last = line + 1
    while last < end and _is_within(state, last) and not _is_end(state, last, colons):
        last += 1
    token = state.push("fence", "code", 0)
    token.info = info
    token.content = state.getLines(line + 1, last, state.blkIndent, True)
    token.map = [line, last]
    state.line = last + (last < end and _is_within(state, last))


def _is_within(state: StateBlock, line: int) -> bool:
    """Whether a line is part of the container that is being read."""
    return state.isEmpty(line) or state.sCount[line] >= state.blkIndent


def _is_end(state: StateBlock, line: int, colons: str) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : state.eMarks[line]].rstrip() == colons
