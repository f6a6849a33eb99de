"""``completion``: the script by which a shell completes our commands, options and paths."""

import argparse
from types import SimpleNamespace
from typing import TextIO

SHELLS = ("bash", "zsh", "fish")
_PATHS = frozenset({"PATH", "FILE", "CODE|FILE:LINE"})
"""Metavars of what is a path."""


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Print the script for a shell; always 0."""
    from mirage_lint.artifacts import extras  # with it come all readers
    from mirage_lint.commands import usage

    shell, parser = arguments.shell, usage.parser("")
    shtab = extras.module("shtab", "completion", f"completion {shell}")
    _prepare(parser, shtab.FILE)
    out.write(f"{shtab.complete(parser, shell=shell)}\n")
    return 0


def _prepare(parser: argparse.ArgumentParser, files: object) -> None:
    """Say which arguments are paths, and of each command what it does in one line."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action._choices_actions:
                command = action.choices[one.dest]
                command.description = one.help
                _prepare(command, files)
        elif str(action.metavar or action.dest).upper() in _PATHS:
            action.complete = files  # type: ignore[attr-defined]
