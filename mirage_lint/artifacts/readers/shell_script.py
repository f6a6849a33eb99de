"""Shell scripts: variables (``EPOCHS=3``, ``EPOCHS=${1:-3}``, ``${EPOCHS:=3}``) and options.

Only the words of the script are looked at; nothing is run, and what depends on a run (arguments,
the output of commands) has no value here.
"""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise

from mirage_lint.artifacts import fields, text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import SCRIPT

TIER = SCRIPT
NAME = "shell script"

_SHEBANG = re.compile(rb"#!\S*(?:/|env +)(?:ba|z|da|k)?sh\b")
_HEREDOC = re.compile(r"(?<!<)<<-?\s*(['\"]?)(\w+)\1")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_FLAG = re.compile(r"(--[A-Za-z][\w.-]*)(?:=(.*))?", re.DOTALL)
_EXPANSION = re.compile(r"\$(?:\{(\w+)(?::?[-=]([^${}]*))?\}|(\w+))")
_DEFAULT = re.compile(r"\$\{([A-Za-z_]\w*):?=([^${}]*)\}")
_REDIRECTED = re.compile(r"(?<![^\s;&|()])\d+(?=[<>])")
"""The number of a file, as in ``2>/dev/null``: no word of its own."""
_NO_VALUES = set(";&|()<>]")
_LONGEST_COMMAND = 50
"""Lines that are joined at most to close an open quote."""
_LONGEST_VALUE = 1000
_LONGEST_LINE = 20_000
"""Characters of a line with words: a longer one is data, and would take minutes to split."""


def matches(path: str, head: bytes) -> bool:
    """By its ending, or a first line that names a shell."""
    endings = (".sh", ".bash", ".zsh", ".slurm", ".sbatch")
    return path.endswith(endings) or _SHEBANG.match(head) is not None


def read(data: bytes, where: str) -> Content:
    """What it sets to plain values; a value that is set twice alike counts once."""
    variables: dict[str, str] = {}
    found = []
    for words in _commands(text.decode_script(data, where)):
        for pointer, raw in _settings(words):
            value = _expanded(raw, variables)
            if not pointer.startswith("--"):
                variables[pointer] = value
            if value and "$" not in value and "`" not in value:
                found.append(fields.of_script("settings", pointer, value))
    return fields.of_settings(found)


def _commands(source: str) -> Iterator[list[str]]:
    """The words of each command line, its continuations and open quotes joined."""
    waiting: list[str] = []
    for line in _without_heredocs(_REDIRECTED.sub("", source.replace("\\\n", " "))):
        waiting.append(line)
        is_last = len(waiting) == _LONGEST_COMMAND
        if len(waiting) > 1 and not is_last and not {'"', "'"} & set(line):
            continue  # the quote stays open
        words = _words("\n".join(waiting))
        if words is not None or is_last:
            yield words or []
            waiting = []


def _without_heredocs(source: str) -> Iterator[str]:
    end = ""
    for line in source.split("\n"):
        if end:
            end = "" if line.strip() == end else end
            continue
        heredoc = _HEREDOC.search(line)
        end = heredoc[2] if heredoc else ""
        yield line


def _words(line: str) -> list[str] | None:
    """Words and operators of a line; None while a quote is open."""
    if len(line) > _LONGEST_LINE:
        return []
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|()<>")
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:
        return None


def _settings(words: list[str]) -> Iterator[tuple[str, str]]:
    for word, following in pairwise([*words, ";"]):
        if flag := _FLAG.fullmatch(word):
            value = following if flag[2] is None else flag[2]
            if value.strip() and not value.startswith("--") and value[0] not in _NO_VALUES:
                yield flag[1], value
        elif assignment := _ASSIGNMENT.fullmatch(word) or _DEFAULT.fullmatch(word):
            yield assignment[1], assignment[2]


def _expanded(value: str, variables: dict[str, str]) -> str:
    """``value`` with known variables and defaults put in; unknown ones stay as they are.

    Empty where it grows long: variables that double one another would fill the memory.
    """

    def replace(match: re.Match[str]) -> str:
        known = variables.get(match[1] or match[3])
        return known or match[2] or match[0]

    expanded = _EXPANSION.sub(replace, value) if len(value) <= _LONGEST_VALUE else ""
    return expanded if len(expanded) <= _LONGEST_VALUE else ""
