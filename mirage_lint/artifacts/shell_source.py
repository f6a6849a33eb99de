"""A shell script as a tree: parsed with tree-sitter-bash, the extra ``shell``, and never run."""

import re
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING, Optional

from mirage_lint.artifacts import extras
from mirage_lint.errors import MirageError

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

MAX_SECONDS = 3
"""A script is read in far less; what is none may take all of a machine's memory instead."""
MAX_SIGNS = {b"|": 3000, b"=(": 1000}
"""How often signs stand in a script at most: the parser's memory for them grows by the square."""

_BLOCK = 2**16
_HEREDOC = re.compile(rb"<<-?\s*(?P<quote>['\"\\]?)(?P<end>[\w.-]+)")
_MAY_BE_HEREDOC = re.compile(rb"(?<!<)<<(?![<\d])")
_UNREAD = frozenset({"ERROR", "comment", "heredoc_body"})


class Script:
    """The source of a script at ``where``, and its nodes."""

    def __init__(self, source: bytes, where: str) -> None:
        self.source, self._where = source, where
        for sign, most in MAX_SIGNS.items():
            if source.count(sign) > most:
                problem = f"has '{sign.decode()}' more than {most:,} times, the most that is read"
                raise MirageError(where, problem, "leave it out of claims.toml")
        self._end = monotonic() + MAX_SECONDS
        self.root = self._parsed().root_node

    def text(self, node: Optional["Node"]) -> str:
        """What stands at a node; empty for none."""
        # `Node.text` asks for the whole source anew at each node.
        return self.source[node.start_byte : node.end_byte].decode() if node else ""

    def nodes(self) -> Iterator["Node"]:
        """Every node but what could not be parsed and all that it holds, in order; none behind a
        here-document whose end is not sure. Raises MirageError where there is no end of them.
        """
        last = self._sure_until()
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if node.type in _UNREAD or node.start_byte >= last:
                continue
            self.check()
            yield node
            waiting.extend(reversed(node.children))

    def check(self) -> None:
        """Raise MirageError where reading takes too long."""
        if monotonic() > self._end:
            problem = f"is not read as a shell script within {MAX_SECONDS} s"
            raise MirageError(self._where, problem, "mend it, or leave it out of claims.toml")

    def _parsed(self) -> "Tree":
        parser = extras.module("tree_sitter", "shell", self._where)
        bash = extras.module("tree_sitter_bash", "shell", self._where)
        try:
            tree: Tree = parser.Parser(parser.Language(bash.language())).parse(
                lambda start, _: self.source[start : start + _BLOCK],
                progress_callback=lambda *_: monotonic() > self._end,
            )
            return tree
        except ValueError:
            self.check()
            raise

    def _sure_until(self) -> int:
        """The first byte behind which the parser may have taken text for script, or the reverse."""
        for start in self._heredocs():
            match = _HEREDOC.match(self.source, start)
            if match is None or not self._ends(match["end"], match.end()):
                return start
        return len(self.source)

    def _heredocs(self) -> Iterator[int]:
        """Where here-documents start, in order."""
        if self.root.has_error:
            yield from (match.start() for match in _MAY_BE_HEREDOC.finditer(self.source))
            return
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            self.check()
            if node.type == "heredoc_redirect":
                yield self.source.index(b"<<", node.start_byte)
            waiting.extend(reversed(node.children))

    def _ends(self, word: bytes, start: int) -> bool:
        """Whether the first line that could end a here-document is one beyond doubt."""
        line = self.source.find(b"\n", start)
        if b"<<" in self.source[start : line if line >= 0 else len(self.source)]:
            return False  # two of them in one line
        at = self.source.find(b"\n" + word, start)
        alike = re.compile(rb"\n[ \t]*" + re.escape(word)).search(self.source, start)
        end = at + 1 + len(word)
        is_alone = self.source[end : end + 1] in (b"", b"\n")
        return at >= 0 and is_alone and alike is not None and alike.start() == at
