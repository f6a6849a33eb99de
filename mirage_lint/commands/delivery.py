"""Where a check is told: on standard output in one format, in files in others."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from mirage_lint.core.record import NamedTuple
from mirage_lint.errors import MirageError, UnreadableError
from mirage_lint.reports.formats import FORMATS, reporter
from mirage_lint.reports.printable import failure
from mirage_lint.reports.report import Report
from mirage_lint.system import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""What tells the root of the repository, in GitHub Actions and in GitLab's CI."""


class Output(NamedTuple):
    """A format and the file that it is written to."""

    format: str
    path: Path


def read_output(text: str) -> Output:
    """What ``FORMAT=PATH`` means; ValueError where it means nothing."""
    name, sign, path = text.partition("=")
    if name not in FORMATS:
        raise ValueError(f"{name!r} is no format; it is one of {', '.join(FORMATS)}")
    if not sign or path in ("", "-"):
        raise ValueError(f"{text!r} names no file; write {name}=PATH, or --output-format {name}")
    return Output(name, Path(path))


def require(outputs: Iterable[Output]) -> None:
    """Raises MirageError where a file cannot be written, before the work is done."""
    seen = set()
    for one in outputs:
        shown, place = str(one.path), Path(os.path.realpath(one.path))
        if place.is_dir():
            raise MirageError(shown, "is a directory", f"name a file in it: {one.format}=PATH")
        if place.exists() and not place.is_file():
            raise MirageError(shown, "is not a regular file", "name one, or a new one")
        if not place.parent.is_dir():
            raise MirageError(shown, "lies in a directory that is absent", "make that first")
        if place in seen:
            raise MirageError(shown, "is named for two formats", "name a file for each")
        seen.add(place)


def deliver(
    report: Report,
    output_format: str,
    outputs: Sequence[Output],
    out: TextIO,
    inputs: Iterable[str] = (),
) -> None:
    """Write the report to standard output, and to each file at once or not at all.

    Raises MirageError before it writes anything where a file is a document or one of ``inputs``.
    """
    _spare((*report.sources, *inputs), outputs)
    for one in outputs:
        _write(report, one)
    colour, width = terminal.is_coloured(out), terminal.columns(out)
    out.write(reporter(output_format)(report._replace(colour=colour, width=width)))
    if output_format == "github" and report.findings:
        _add_summary(report)


def _spare(inputs: Iterable[str], outputs: Sequence[Output]) -> None:
    if not outputs:
        return
    read = set(map(os.path.realpath, inputs))
    for one in outputs:
        if os.path.realpath(one.path) in read:
            raise MirageError(str(one.path), "is read by this check", "name another file")


def _write(report: Report, output: Output) -> None:
    put(reporter(output.format)(report), output, report.sources)


def put(text: str, output: Output, sources: Iterable[str]) -> None:
    """Write a file at once or not at all; ``sources`` are documents, which are not written over."""
    from mirage_lint.system import writing

    place = os.path.realpath(output.path)
    if any(os.path.realpath(path) == place for path in sources):
        raise MirageError(str(output.path), "is a document that was checked", "name another file")
    writing.replace(output.path, text.encode("utf-8", "backslashreplace").decode())


def concluded(unread: Iterable[UnreadableError], status: int) -> int:
    """The exit status of a command that is done: ``status``, or else 2 where documents could not be
    read, each of which is told.
    """
    lines = [failure(str(one)) for one in unread]
    with suppress(OSError):  # nobody can be told; the status tells
        sys.stderr.writelines(lines)
    return 2 if lines else status


def root(here: str) -> str:
    """Where the repository begins that the folder ``here`` belongs to, where the CI tells that;
    ``here`` itself elsewhere.
    """
    told = (os.environ.get(name, "") for name in _CHECKOUTS)
    places = (os.path.realpath(place) for place in told if place)
    return next((place for place in places if here.startswith(f"{place}{os.sep}")), here)


def _add_summary(report: Report) -> None:
    """What GitHub shows on the page of the run, in a file that it names."""
    from mirage_lint.reports import github

    if place := os.environ.get(github.VARIABLE):
        try:
            with open(place, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(github.aside(report))
        except OSError as error:
            problem = f"cannot be written ({error.strerror})"
            raise MirageError(place, problem, f"see {github.VARIABLE}") from None
