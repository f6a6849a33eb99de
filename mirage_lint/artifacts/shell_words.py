"""What the words of a shell script stand for, as far as no run can change it."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mirage_lint.artifacts.shell_names import KEEPS_DEFAULT, Names
from mirage_lint.artifacts.shell_source import Script

if TYPE_CHECKING:
    from tree_sitter import Node

_DEFAULTS = KEEPS_DEFAULT | {":-", "-"}
"""What stands before a default."""
_PLAIN = frozenset({"word", "number", "variable_name"})
_EXPANSIONS = frozenset({"simple_expansion", "expansion"})
_BETWEEN = b" \t\n;&|<>()"
"""What may stand beside a word."""
_ESCAPED = re.compile(r"\\(?:\n|(.))", re.DOTALL)
_ESCAPED_IN_QUOTES = re.compile(r'\\(?:\n|(["\\`$]))')
_EXPANDED = re.compile(r"[*?\[\]{}`$]|\A~")
"""What the shell may make something else of."""
_CUT = re.compile(r"[\s*?\[]")
"""What a value without quotes is cut or expanded at."""
_LONGEST = 1000
_DEEPEST = 20
"""Levels of quotes and defaults in one word."""


class Words:
    """The values of words, by the ``values`` of variables that have one."""

    def __init__(self, script: Script, names: Names, values: Mapping[str, str | None]) -> None:
        self._script, self._names, self._values = script, names, values
        self._own = ""

    def assigned(self, name: str, node: "Node | None") -> str | None:
        """What a variable is set to; its own default in that is one for a variable not yet set."""
        self._own = name
        value = self._value(node, "assigned", 0) if node and self._is_whole(node) else None
        self._own = ""
        return value

    def kept(self, name: str, node: "Node") -> str | None:
        """The default that a variable keeps from an expansion."""
        self._own = name
        is_quoted = node.parent is not None and node.parent.type == "string"
        value = self._expanded(node, "quoted" if is_quoted else "assigned", 0)
        self._own = ""
        return value

    def argument(self, node: "Node") -> str | None:
        """What one argument of a command stands for; None where it may be none or several."""
        return self._value(node, "bare", 0) if self._is_whole(node) else None

    def _is_whole(self, node: "Node") -> bool:
        """Whether the word starts and ends where the node does: the parser passes over some signs
        between its nodes, as blanks and line ends behind a backslash.
        """
        source, start, end = self._script.source, node.start_byte, node.end_byte
        before, behind = source[max(start - 2, 0) : start], source[end : end + 1]
        is_start = not before or before[-1:] in (b"=", *map(bytes, zip(_BETWEEN, strict=True)))
        is_escaped = before[-1:] in (b" ", b"\t") and before[:1] == b"\\"
        return is_start and not is_escaped and (not behind or behind in _BETWEEN)

    def _value(self, node: "Node", place: str, depth: int) -> str | None:
        """``place`` is "quoted", "assigned" or "bare": there values are cut at blanks."""
        self._script.check()
        if depth > _DEEPEST:
            return None
        text = self._script.text(node)
        if node.type in _PLAIN:
            return None if _EXPANDED.search(text) else _ESCAPED.sub(r"\1", text)
        if node.type == "raw_string":
            return None if place == "quoted" else text[1:-1]
        if node.type == "string_content":
            return None if "`" in text else _ESCAPED_IN_QUOTES.sub(r"\1", text)
        if node.type == "string":
            inside = node.children[1:-1]
            ends = node.children[0].end_byte, node.children[-1].start_byte
            return self._joined(inside, ends, "quoted", depth)
        if node.type in ("concatenation", "command_name"):
            return self._joined(node.children, (node.start_byte, node.end_byte), place, depth)
        return self._expanded(node, place, depth) if node.type in _EXPANSIONS else None

    def _joined(
        self, nodes: Sequence["Node"], span: tuple[int, int], place: str, depth: int
    ) -> str | None:
        """The values of nodes in a row; what stands between them counts in quotes alone."""
        at, joined = span[0], ""
        for node in nodes:
            start = node.start_byte
            if node.type in _EXPANSIONS:  # blanks before one are taken for a part of it
                start += len(self._script.text(node)) - len(self._script.text(node).lstrip())
            gap = self._script.source[at:start].decode()
            value = self._value(node, place, depth + 1)
            if value is None or (gap and place != "quoted") or len(joined) > _LONGEST:
                return None
            joined, at = joined + gap + value, node.end_byte
        gap = self._script.source[at : span[1]].decode()
        is_known = (place == "quoted" or not gap) and "\\" not in gap
        return joined + gap if is_known and len(joined) <= _LONGEST else None

    def _expanded(self, node: "Node", place: str, depth: int) -> str | None:
        """The variable's value, or else its default."""
        value = self._looked_up(node, place, depth)
        is_cut = place == "bare" and value is not None and _CUT.search(value)
        return None if is_cut else value

    def _looked_up(self, node: "Node", place: str, depth: int) -> str | None:
        name = self._script.text(
            next((o for o in node.children if o.type == "variable_name"), None)
        )
        sign = node.child_by_field_name("operator")
        operator = self._script.text(sign)
        is_set = name in self._values or (name in self._names.set and name != self._own)
        if self._names.is_open or not name or (sign and operator not in _DEFAULTS):
            return None
        if sign is None and len(node.children) > len("${}"):
            return None
        known = self._values.get(name)
        if is_set and (known or sign is None or operator in ("-", "=")):
            return known
        if sign is None or (is_set and known is None) or (name.isdigit() and _is_in_function(node)):
            return None
        behind = [one for one in node.children[:-1] if one.start_byte >= sign.end_byte]
        span = sign.end_byte, node.children[-1].start_byte
        return self._joined(behind, span, place, depth)


def _is_in_function(node: "Node") -> bool:
    """Whether ``$1`` there is an argument of a function."""
    above = node.parent
    while above is not None and above.type != "function_definition":
        above = above.parent
    return above is not None
