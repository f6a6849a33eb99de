"""Text from files and names, safe to show: nothing in it steers a terminal, or commands what keeps
the log of a build.
"""

from __future__ import annotations


def printable(text: str) -> str:
    """``text`` with a mark for each character that cannot be seen, line ends and tabs too, and for
    the second of two number signs, by which commands begin anywhere in a line of a log.
    """
    if not text.isprintable():
        text = "".join(char if char.isprintable() else _MARK for char in text)
    return text.replace("##", f"#{_MARK}") if "##" in text and _commands(text) else text


def failure(text: str) -> str:
    """The line that tells what could not be done."""
    return f"mirage-lint: {printable(text)}\n"


def path(text: str) -> str:
    """A path or a name at the start of a line, where commands begin with colons."""
    shown = printable(text)
    return f"./{shown}" if shown.lstrip().startswith(":") else shown


def place(text: str, line: int, column: int) -> str:
    """``path:line:column``, at the start of a line."""
    return f"{path(text)}:{line}:{column}"


_MARK = "\N{REPLACEMENT CHARACTER}"
_COMMANDS = ("##[", "##vso[", "##teamcity[")
"""How commands to GitHub Actions, Azure Pipelines and TeamCity begin."""


def _commands(text: str) -> bool:
    return any(one in text for one in _COMMANDS)
