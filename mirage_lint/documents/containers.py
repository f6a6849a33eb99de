"""Blocks that hold blocks, beyond CommonMark: footnotes, definitions, MkDocs' admonitions."""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

# Compiled by `matching` when a line may need them: most documents need none.
_FOOTNOTE = r"\[\^([^\]\[\s]+)\]:[ \t]*"
_DEFINITION = r":[ \t]{1,4}(?=\S)"
_ADMONITION = (
    r"(?:(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*+(?:[ \t]*\"([^\"]*+)\")?"
    r"|===[!+]?[ \t]+\"([^\"]*+)\")[ \t]*+$"
)
_INDENT = 4
_TERMS = frozenset({"paragraph_close", "definition_close"})


def footnote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """``[^1]: text``, and what is indented below it."""
    match = matching(_FOOTNOTE, state, line)
    if match and not silent:
        token = state.push("footnote_open", "", 1)
        token.info = match[1]
        _contain(state, line, end, match.end(), state.sCount[line] + _INDENT)
        state.push("footnote_close", "", -1)
    return match is not None


def definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """``: text`` below a term, and what is indented below it."""
    match = matching(_DEFINITION, state, line)
    if match is None:
        return False
    if silent:
        return state.parentType == "paragraph"
    if not state.tokens or state.tokens[-1].type not in _TERMS:
        return False
    state.push("definition_open", "", 1)
    _contain(state, line, end, match.end(), state.sCount[line] + match.end() - match.start())
    state.push("definition_close", "", -1)
    return True


def admonition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """``!!! note "title"``, ``??? note``, ``=== "tab"``, and what is indented below."""
    match = matching(_ADMONITION, state, line)
    if match and not silent:
        title(state, line, match[1] or match[2] or "")
        state.push("admonition_open", "", 1)
        indent, kept = state.sCount[line] + _INDENT, state.lineMax
        state.lineMax = _indented(state, line + 1, end, indent)  # no paragraph goes on behind
        _contain(state, line, state.lineMax, state.eMarks[line], indent)
        state.lineMax = kept
        state.push("admonition_close", "", -1)
    return match is not None


def matching(pattern: str, state: StateBlock, line: int) -> re.Match[str] | None:
    """How ``pattern`` matches at the start of a line that is no code."""
    if state.is_code_block(line):
        return None
    start = state.bMarks[line] + state.tShift[line]
    return re.compile(pattern).match(state.src, start, state.eMarks[line])


def title(state: StateBlock, line: int, text: str) -> None:
    """Push a title that stands in ``line``."""
    if text.strip():
        state.push("title_open", "title", 1)
        token: Token = state.push("inline", "", 0)
        token.content = text.strip()
        token.map = [line, line + 1]
        state.push("title_close", "title", -1)


def _indented(state: StateBlock, line: int, end: int, indent: int) -> int:
    """Where the lines end, from ``line`` on, that are empty or indented."""
    while line < end and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
    return line


def _contain(state: StateBlock, line: int, end: int, at: int, indent: int) -> None:
    """Read as blocks what stands at ``at`` in ``line``, and what is indented below it."""
    marks = (state.bMarks, state.tShift, state.sCount, state.bsCount)
    kept = [mark[line] for mark in marks]
    outer = state.blkIndent, state.listIndent, state.parentType, state.tight
    state.bMarks[line], state.tShift[line] = at, 0
    state.sCount[line] = state.bsCount[line] = state.blkIndent = indent
    state.listIndent, state.parentType, state.tight = -1, "root", True
    state.md.block.tokenize(state, line, end)
    state.blkIndent, state.listIndent, state.parentType, state.tight = outer
    for mark, value in zip(marks, kept, strict=True):
        mark[line] = value
    state.line = max(state.line, line + 1)
