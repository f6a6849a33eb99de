"""The block parser, made to try only rules that may match: most of its time goes into others."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt, rules_block
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from mirage_lint.documents import containers, directives

Rule = Callable[[StateBlock, int, int, bool], bool]

_STARTS: dict[Rule, str] = {
    rules_block.fence: "`~",
    rules_block.blockquote: ">",
    rules_block.hr: "*-_",
    rules_block.list_block: "*-+0123456789",
    rules_block.reference: "[",
    rules_block.html_block: "<",
    rules_block.heading: "#",
    directives.directive: ":`~",
    containers.definition: ":",
    containers.footnote: "[",
    containers.admonition: "!?=",
}
"""What the blocks of a rule start with; rules that are not listed may match anywhere."""

_ALL = ("paragraph", "reference", "blockquote", "list")
_RULES: tuple[tuple[str, Rule, Sequence[str]], ...] = (
    ("directive", directives.directive, _ALL),
    ("definition", containers.definition, _ALL[:1]),
    ("footnote", containers.footnote, _ALL),
    ("admonition", containers.admonition, _ALL),
    ("table", rules_block.table, _ALL[:2]),
    ("code", rules_block.code, ()),
    ("fence", rules_block.fence, _ALL),
    ("blockquote", rules_block.blockquote, _ALL),
    ("hr", rules_block.hr, _ALL),
    ("list", rules_block.list_block, _ALL[:3]),
    ("reference", rules_block.reference, ()),
    ("html_block", rules_block.html_block, _ALL[:3]),
    ("heading", rules_block.heading, _ALL[:3]),
    ("lheading", rules_block.lheading, ()),
    ("paragraph", rules_block.paragraph, ()),
)
"""Each rule, and the blocks that it may end, as the parser has them."""

_CONTAINERS = r"(?:[ \t>]|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))++"
"""The signs of quotes and of lists."""


class State(StateBlock):
    """The state of the block parser, which knows its lines in a fraction of the time."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):
            del lines[-1]  # as the parser has it
        indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines]
        ends = [*accumulate(len(line) + 1 for line in lines)]
        self.bMarks = [*([0, *ends][: len(lines)]), len(src)]
        self.eMarks = [*(end - 1 for end in ends), len(src)]
        self.tShift = [*map(len, indents), 0]
        self.sCount = [*(len(indent.expandtabs(4)) for indent in indents), 0]
        self.bsCount = [0] * len(self.bMarks)
        self.lineMax = len(lines)


class Blocks(ParserBlock):
    """The block parser."""

    def __init__(self) -> None:
        super().__init__()
        ruler = _ByStart()
        for name, rule, chains in _RULES:
            ruler.push(name, rule, {"alt": list(chains)})
        self.ruler = ruler

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: Any,
        outTokens: list[Token],  # noqa: N803 (the parser's name)
    ) -> list[Token]:
        """Push the tokens of ``src``."""
        if src:
            state = State(src, md, env, outTokens)
            self.tokenize(state, 0, state.lineMax)
        return outTokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Push the tokens of lines; of what lies too deep, its text: the parser would drop it."""
        if state.level < state.md.options.maxNesting:
            super().tokenize(state, startLine, endLine)
        else:
            _flatten(state, startLine, endLine)


def _flatten(state: StateBlock, line: int, end: int) -> None:
    """Read each line of a container as a paragraph, without what would nest deeper still."""
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        start, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        marks = re.compile(_CONTAINERS).match(state.src, start, stop)
        text = state.src[marks.end() if marks else start : stop].strip()
        if text:
            state.push("paragraph_open", "p", 1)
            token = state.push("inline", "", 0)
            token.content, token.map = text, [line, line + 1]
            state.push("paragraph_close", "p", -1)
        line += 1
    state.line = line


class _ByStart(Ruler[Rule]):
    """Makes each chain of rules a single one that looks at the line's first character."""

    def __init__(self) -> None:
        super().__init__()
        self._chains: dict[str, list[Rule]] = {}

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 (the parser's names)
        if chainName not in self._chains:
            self._chains[chainName] = [_joined(super().getRules(chainName))]
        return self._chains[chainName]


def _joined(rules: Sequence[Rule]) -> Rule:
    anywhere = tuple(rule for rule in rules if rule not in _STARTS)
    starting = {
        start: tuple(rule for rule in rules if start in _STARTS.get(rule, start))
        for start in "".join(_STARTS.values())
    }

    def joined(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        at = state.bMarks[line] + state.tShift[line]
        start = state.src[at] if at < state.eMarks[line] else ""
        for rule in starting.get(start, anywhere):  # noqa: SIM110 (half as fast again)
            if rule(state, line, end, silent):
                return True
        return False

    return joined
