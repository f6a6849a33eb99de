"""The command line: arguments to commands, errors to one line and exit status 2."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import SimpleNamespace

from mirage_lint.documents import beside
from mirage_lint.errors import MirageError
from mirage_lint.reports.printable import failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

FAILED, INTERRUPTED = 2, 130
_FORCE = "--force-exclude"
_DEFAULTS = {
    "stdin_filename": None,
    "claims": None,
    "output_format": "full",
    "output": (),
    "show_files": False,
    "show_settings": False,
    "add_ignore": False,
    "reason": None,
    "fix": False,
    "diff": False,
    "unsafe_fixes": False,
    "changed": False,
    "since": None,
}
"""Of `check`, but for the settings, which a file may say."""


def run() -> NoReturn:
    """The command of the shell: `main`, and out, as freeing every value takes long for nothing."""
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # it is told already, or nobody is there to be told
            stream.flush()
    beside.stop()
    os._exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    gc.disable()  # one short run, whose values last to its end: collecting only costs start-up
    try:
        _open_streams()
        status = _status(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
        return status
    except MirageError as error:
        _tell(str(error))
    except BrokenPipeError:  # the reader went away, as `head` does
        _leave_output()
    except OSError as error:
        if not error.filename:
            _leave_output()
        _tell(f"{error.filename or '<stdout>'}: {error.strerror}; check path, rights and room")
    except KeyboardInterrupt:
        return INTERRUPTED
    return FAILED


def _status(given: list[str]) -> int:
    """The exit status of a command, or of what argparse told instead: help, or bad usage."""
    try:
        return _run(_arguments(given))
    except SystemExit as stop:
        return int(stop.code or 0)


def _open_streams() -> None:
    """The same output in every locale; what is closed takes it to nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _tell(problem: str) -> None:
    """One line of what went wrong, unless nobody can be told."""
    with suppress(OSError):
        sys.stderr.write(failure(problem))


def _leave_output() -> None:
    """What is still to be flushed goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _arguments(given: list[str]) -> SimpleNamespace:
    """What the words of the command line mean."""
    command, *paths = given or [""]
    force = paths[:1] == [_FORCE] or None
    paths = paths[1:] if force else paths
    if command == "check" and paths and not any(one.startswith("-") for one in paths):
        # As pre-commit calls it. argparse takes longer to import than the lock to be read.
        return SimpleNamespace(command=command, paths=paths, force_exclude=force, **_DEFAULTS)
    from mirage_lint.commands import usage

    return usage.read(given)


def _run(arguments: SimpleNamespace) -> int:
    """Import and run the chosen command only."""
    if arguments.command == "check":
        return _check(arguments)
    from importlib import import_module

    command = import_module(f"mirage_lint.commands.{arguments.command}")
    return int(command.run(arguments, sys.stdout))


def _check(arguments: SimpleNamespace) -> int:
    """`check`, or what it does instead, of which there is no report."""
    if arguments.reason is not None and not arguments.add_ignore:
        problem = "is for the comments of --add-ignore"
        raise MirageError("--reason", problem, "give both or neither")
    instead = ("show_files", "show_settings", "add_ignore", "diff")
    for name in instead if arguments.output else ():
        if getattr(arguments, name):
            problem = f"writes no report with --{name.replace('_', '-')}"
            raise MirageError("--output", problem, "leave one of them out")
    if arguments.show_files or arguments.show_settings:
        from mirage_lint.commands import settings

        return settings.show(arguments, sys.stdout)
    if arguments.add_ignore:
        from mirage_lint.commands import adding

        return adding.add(arguments, sys.stdout)
    if arguments.diff:
        from mirage_lint.commands import fixing

        return fixing.show(arguments, sys.stdout)
    from mirage_lint.commands import check

    return check.run(arguments, sys.stdout)
