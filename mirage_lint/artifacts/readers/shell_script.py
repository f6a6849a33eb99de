"""Shell scripts: variables (``EPOCHS=3``, ``EPOCHS=${1:-3}``, ``${EPOCHS:=3}``) and options.

Parsed with tree-sitter-bash, the extra ``shell``; nothing is run, and what depends on a run
(arguments, the output of commands) has no value here, nor has what cannot be parsed.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING, Optional

from mirage_lint.artifacts import extras, fields, text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import SCRIPT
from mirage_lint.errors import MirageError

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

TIER = SCRIPT
NAME = "shell script"

MAX_SECONDS = 3
"""A script is parsed in far less; what is none may take all of a machine's memory instead."""

_SHEBANG = re.compile(rb"#!\S*(?:/|env +)(?:ba|z|da|k)?sh\b")
_FLAG = re.compile(r"(--[A-Za-z][\w.-]*)(?:=(.*))?", re.DOTALL)
_BLOCK = 2**16
_LONGEST_VALUE = 1000
_DEEPEST = 20
"""Levels of quotes and defaults in one word."""

_UNREAD = frozenset({"ERROR", "comment", "heredoc_body", "test_command"})
_LISTS = frozenset({"command", "array"})
"""Nodes whose children are words, options among them."""
_ANY = re.compile(r"\\(?:\n|(.))", re.DOTALL)
_ESCAPED = {
    "word": _ANY,
    "number": _ANY,
    "variable_name": _ANY,
    "string_content": re.compile(r'\\(?:\n|(["\\`$]))'),
}
"""What backslashes do in nodes that are text."""
_EXPANSIONS = frozenset({"simple_expansion", "expansion"})
_KEPT = frozenset({":=", "="})
_DEFAULTS = _KEPT | {":-", "-"}
"""What stands before a default."""


def matches(path: str, head: bytes) -> bool:
    """By its ending, or a first line that names a shell."""
    endings = (".sh", ".bash", ".zsh", ".slurm", ".sbatch")
    return path.endswith(endings) or _SHEBANG.match(head) is not None


def read(data: bytes, where: str) -> Content:
    """What it sets to plain values; a value that is set twice alike counts once."""
    script = _Script()
    waiting = [_parsed(text.decode_script(data, where).encode(), where).root_node]
    while waiting:
        node = waiting.pop()
        if node.type not in _UNREAD:
            script.see(node)
            waiting.extend(reversed(node.children))
    found = (fields.of_script("settings", *setting) for setting in script.settings)
    return fields.of_settings(found)


def _parsed(source: bytes, where: str) -> "Tree":
    parser = extras.module("tree_sitter", "shell", where)
    bash = extras.module("tree_sitter_bash", "shell", where)
    end = monotonic() + MAX_SECONDS
    try:
        tree: Tree = parser.Parser(parser.Language(bash.language())).parse(
            lambda start, _: source[start : start + _BLOCK],
            progress_callback=lambda *_: monotonic() > end,
        )
        return tree
    except ValueError:
        problem = f"is not parsed as a shell script within {MAX_SECONDS} s"
        raise MirageError(where, problem, "mend it, or leave it out of claims.toml") from None


class _Script:
    """What a script sets, in its order: pointers (``EPOCHS``, ``--epochs``) and plain values."""

    def __init__(self) -> None:
        self.settings: list[tuple[str, str]] = []
        self._variables: dict[str, str | None] = {}

    def see(self, node: "Node") -> None:
        """Take in what the node itself sets; its children are seen after it."""
        if node.has_error and node.type != "program":
            return
        if node.type == "variable_assignment":
            self._assign(node)
        elif node.type == "expansion":
            self._keep_default(node)
        elif node.type == "for_statement":
            self._variables[_source(node.child_by_field_name("variable"))] = None
        elif node.type in _LISTS:
            self._take_options([self._value(word) for word in node.children])

    def _assign(self, node: "Node") -> None:
        name = _source(node.child_by_field_name("name"))
        is_plain = node.children[1].type == "="  # and not "+="
        value = self._value(node.child_by_field_name("value")) if is_plain else None
        if value:
            self.settings.append((name, value))
        # One that is set in two ways has either value, by what happens in a run.
        self._variables[name] = value if self._variables.get(name, value) == value else None

    def _keep_default(self, node: "Node") -> None:
        name, operator = _variable(node), _source(node.child_by_field_name("operator"))
        if operator in _KEPT and name and not self._variables.get(name):
            value = self._variables[name] = self._value(node)
            if value:
                self.settings.append((name, value))

    def _take_options(self, words: Sequence[str | None]) -> None:
        for word, following in pairwise([*words, None]):
            flag = _FLAG.fullmatch(word or "")
            if flag is None:
                continue
            value = following if flag[2] is None else flag[2]
            if value and value.strip() and not value.startswith("--"):
                self.settings.append((flag[1], value))

    def _value(self, node: Optional["Node"], depth: int = 0) -> str | None:
        """What a word stands for; None where that depends on a run, or is long."""
        if node is None or depth > _DEEPEST:
            return None
        if node.type in _ESCAPED:
            return _ESCAPED[node.type].sub(r"\1", _source(node))
        if node.type == "raw_string":
            return _source(node)[1:-1]
        if node.type == "string":
            return self._joined(node.children[1:-1], depth)
        if node.type in ("concatenation", "command_name"):
            return self._joined(node.children, depth)
        return self._expanded(node, depth) if node.type in _EXPANSIONS else None

    def _expanded(self, node: "Node", depth: int) -> str | None:
        """The variable's value, or else its default; None for all other expansions."""
        known = self._variables.get(_variable(node))
        operator = node.child_by_field_name("operator")
        if operator is None:
            return known if len(node.children) <= len("${}") else None
        if _source(operator) not in _DEFAULTS or known:
            return known if _source(operator) in _DEFAULTS else None
        behind = [one for one in node.children[:-1] if one.start_byte >= operator.end_byte]
        return self._joined(behind, depth)

    def _joined(self, nodes: Sequence["Node"], depth: int) -> str | None:
        joined = ""
        for node in nodes:
            value = self._value(node, depth + 1)
            if value is None or len(joined) > _LONGEST_VALUE:
                return None
            told = _source(node)  # blanks before an expansion are taken for a part of it
            blanks = len(told) - len(told.lstrip()) if node.type in _EXPANSIONS else 0
            joined += told[:blanks] + value
        return joined if len(joined) <= _LONGEST_VALUE else None


def _variable(node: "Node") -> str:
    """The name of what is expanded; empty where that is no plain variable."""
    names = (one for one in node.children if one.type == "variable_name")
    return _source(next(names, None))


def _source(node: Optional["Node"]) -> str:
    return (node.text or b"").decode() if node else ""
