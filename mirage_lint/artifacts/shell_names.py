"""Which variables of a shell script have one value, whatever happens in a run."""

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mirage_lint.artifacts.shell_source import Script

if TYPE_CHECKING:
    from tree_sitter import Node

KEEPS_DEFAULT = frozenset({":=", "="})
"""What stands before a default that the variable keeps."""

_NAME = re.compile(r"[A-Za-z_]\w*")
_CHANGED = re.compile(r"\+\+|--|(?<![=!<>])=(?!=)")
_ELSEWHERE = frozenset({"eval", "source", "."})
"""Commands that may set anything."""
_SETTERS = frozenset({"read", "unset", "printf", "mapfile", "readarray", "getopts", "let"})
"""Commands that set what they name."""
_KEEPING = frozenset({"export", "readonly"})
"""What tells something of a variable and leaves its value."""
_ARITHMETIC = frozenset({"arithmetic_expansion", "c_style_for_statement", "compound_statement"})
_BY_SHELL = frozenset(
    {"RANDOM", "SECONDS", "LINENO", "BASHPID", "EPOCHSECONDS", "OPTARG", "OPTIND", "REPLY"}
)


class Names(NamedTuple):
    """Names that are set once at the top level: ``told`` with the byte at which they are, even if
    a run may change them, and ``fixed`` if not. Those ``set`` in any way; and whether any may be
    set by what is not seen (``is_open``).
    """

    told: dict[str, int]
    fixed: frozenset[str]
    set: frozenset[str]
    is_open: bool


def of(script: Script) -> Names:
    """The variables of a script."""
    finder = _Finder(script)
    for node in script.nodes():
        finder.look(node)
    single = {name: at[0] for name, at in finder.plain.items() if len(at) == 1}
    told = {name: at for name, at in single.items() if name not in _BY_SHELL}
    known = _BY_SHELL | finder.other | finder.plain.keys()
    return Names(told, frozenset(told.keys() - finder.other), known, finder.is_open)


class _Finder:
    def __init__(self, script: Script) -> None:
        self._text = script.text
        self.plain: dict[str, list[int]] = defaultdict(list)
        self.other: set[str] = set()
        self.is_open = False

    def look(self, node: "Node") -> None:
        """Take in what a node sets."""
        match node.type:
            case "variable_assignment":
                self._assign(node)
            case "expansion":
                self._keep(node)
            case "command":
                self._command(node)
            case "for_statement":
                self._name(node.child_by_field_name("variable"))
            case "unset_command" | "declaration_command":
                self._declare(node)
            case kind if kind in _ARITHMETIC:
                self._calculate(node)

    def _assign(self, node: "Node") -> None:
        name = node.child_by_field_name("name")
        told = self._text(name)
        if told == "IFS":
            self.is_open = True  # then words are cut elsewhere
        if name is None or name.type != "variable_name" or not _is_plain(node):
            self._name(name)
        else:
            self.plain[told].append(node.start_byte)

    def _keep(self, node: "Node") -> None:
        if self._text(node.child_by_field_name("operator")) not in KEEPS_DEFAULT:
            return
        name = next((one for one in node.children if one.type == "variable_name"), None)
        command = _command_of(node)
        if name and command and command.parent and command.parent.type == "program":
            self.plain[self._text(name)].append(node.start_byte)
        else:
            self._name(name)

    def _command(self, node: "Node") -> None:
        called, told = self._text(node.child_by_field_name("name")), self._text(node)
        self.is_open |= called in _ELSEWHERE
        if called in _SETTERS:
            self.other.update(_NAME.findall(told))
        first, *rest = *told.split()[1:], ""
        if called == "set" and (first[:1] not in ("", "-", "+") or "--" in (first, *rest)):
            self.other.update(map(str, range(10)))  # "set -- 1 2": the arguments

    def _declare(self, node: "Node") -> None:
        for child in node.children[1:]:
            is_named = child.type == "variable_name" and node.children[0].type in _KEEPING
            if child.type != "variable_assignment" and not is_named:
                told = self._text(child)
                self.other.update(_NAME.findall(told))
                self.is_open |= "$" in told or (told.startswith("-") and "n" in told)

    def _calculate(self, node: "Node") -> None:
        text = self._text(node)
        is_counted = node.type != "compound_statement" or text.startswith("((")
        if is_counted and _CHANGED.search(text):
            self.other.update(_NAME.findall(text))

    def _name(self, node: "Node | None") -> None:
        self.other.update(_NAME.findall(self._text(node))[:1])


def _is_plain(node: "Node") -> bool:
    """Whether an assignment stands at the top level, by itself or exported."""
    above = node.parent
    if above is not None and above.type == "variable_assignments":
        above = above.parent
    if above is not None and above.type == "declaration_command":
        words = {child.type for child in above.children}
        if "word" in words:
            return False  # "declare -i": what it means by a value is not what stands there
        above = above.parent
    behind = node.next_sibling
    is_background = behind is not None and behind.type == "&"
    return above is not None and above.type == "program" and not is_background


def _command_of(node: "Node") -> "Node | None":
    """The command that a word stands in, quotes and other words aside."""
    above = node.parent
    while above is not None and above.type in ("string", "concatenation"):
        above = above.parent
    return above if above is not None and above.type == "command" else None
