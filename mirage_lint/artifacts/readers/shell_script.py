"""Shell scripts: variables (``EPOCHS=3``, ``EPOCHS=${1:-3}``, ``${EPOCHS:=3}``) and options.

Parsed with tree-sitter-bash, the extra ``shell``; nothing is run. What may be another in a run has
no value here: a variable that is set twice, in a branch, a loop or a function, the output of
commands, arguments. Nor has what cannot be parsed.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mirage_lint.artifacts import fields, shell_names, text
from mirage_lint.artifacts.content import Content
from mirage_lint.artifacts.shell_names import KEEPS_DEFAULT
from mirage_lint.artifacts.shell_source import Script
from mirage_lint.artifacts.shell_words import Words
from mirage_lint.artifacts.values import is_number
from mirage_lint.core.facts import SCRIPT

if TYPE_CHECKING:
    from tree_sitter import Node

TIER = SCRIPT
NAME = "shell script"

_SHEBANG = re.compile(rb"#!\S*(?:/|env +)(?:ba|z|da|k)?sh\b")
_FLAG = re.compile(r"(--[A-Za-z][\w.-]*)(?:=(.*))?", re.DOTALL)
_LISTS = frozenset({"command", "array"})
"""Nodes whose children are words, options among them."""
_TELLING = frozenset({"echo", "printf", "exit", "return", "cat", "grep"})
"""Commands whose words are text."""


def matches(path: str, head: bytes) -> bool:
    """By its ending, or a first line that names a shell."""
    endings = (".sh", ".bash", ".zsh", ".slurm", ".sbatch")
    return path.endswith(endings) or _SHEBANG.match(head) is not None


def read(data: bytes, where: str) -> Content:
    """What it sets to plain values; a value that is set twice alike counts once."""
    script = Script(text.decode_script(data, where).encode(), where)
    settings = _Settings(script)
    for node in script.nodes():
        settings.see(node)
    return fields.of_settings(fields.of_script("settings", *one) for one in settings.found)


class _Settings:
    """What a script sets, in its order: pointers (``EPOCHS``, ``--epochs``) and values."""

    def __init__(self, script: Script) -> None:
        self.found: list[tuple[str, str]] = []
        self._script, self._names = script, shell_names.of(script)
        self._values: dict[str, str | None] = {}
        self._words = Words(script, self._names, self._values)

    def see(self, node: "Node") -> None:
        """Take in what the node itself sets; its children are seen after it."""
        if node.has_error and node.type != "program":
            return
        if node.type == "variable_assignment" and node.children[1].type == "=":
            name = self._script.text(node.child_by_field_name("name"))
            value = self._words.assigned(name, node.child_by_field_name("value"))
            self._set(name, value, node)
        elif node.type == "expansion":
            operator = self._script.text(node.child_by_field_name("operator"))
            if operator in KEEPS_DEFAULT and node.children[1].type == "variable_name":
                name = self._script.text(node.children[1])
                self._set(name, self._words.kept(name, node), node)
        elif node.type in _LISTS:
            self._take_options(node)

    def _set(self, name: str, value: str | None, node: "Node") -> None:
        if self._names.told.get(name) == node.start_byte:
            self._values[name] = value if name in self._names.fixed else None
            self.found += [(name, value)] if value else []

    def _take_options(self, node: "Node") -> None:
        called = self._script.text(node.child_by_field_name("name"))
        if called in _TELLING or called.startswith("-"):  # the line before went on too far
            return
        # Behind a comment, the parser goes on with the command; the shell does not.
        types = [child.type for child in node.children]
        end = types.index("comment") if "comment" in types else len(types)
        words = [self._words.argument(word) for word in node.children[:end]]
        for at, word in enumerate(words):
            flag = _FLAG.fullmatch(word or "")
            if flag is None:
                continue
            value = flag[2] if flag[2] is not None else _value_of(words[at + 1 : at + 3])
            if value and value.strip():
                self.found.append((flag[1], value))


def _value_of(following: Sequence[str | None]) -> str | None:
    """The value of a flag by the two words behind it; none where that is a flag, or one of many."""
    value, after = (*following, None, None)[:2]
    if value is None or (value.startswith("-") and not is_number(value)):
        return None
    return None if is_number(value) and after is not None and is_number(after) else value
