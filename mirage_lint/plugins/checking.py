"""A check as the command line does it, of the documents that another program knows."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from mirage_lint.checking import collect
from mirage_lint.checking.session import Session
from mirage_lint.commands.check import reported
from mirage_lint.errors import UnreadableError
from mirage_lint.reports.printable import place, printable
from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import Finding
from mirage_lint.settings.find import Finder


class Told(NamedTuple):
    """A finding in words, with its ``place`` as ``path:line:column``."""

    place: str
    code: str
    message: str


def documents(paths: Iterable[str]) -> list[str]:
    """Those of ``paths`` that would be checked in a folder, as they are written from here.

    Raises MirageError where settings cannot be read.
    """
    finder = Finder(SimpleNamespace())
    near = map(_near, paths)
    named = [one for one in near if finder.at(Path(one).parent).is_document(Path(one))]
    found = collect.documents(SimpleNamespace(paths=named, force_exclude=True))
    return [path.as_posix() for path, _, _ in found]


def check(paths: Iterable[str]) -> Report:
    """The report of documents, which names those that cannot be read; raises MirageError where that
    is the only one, or a registry.
    """
    session = _session(paths)
    return reported(session, session.all())


def check_each(paths: Iterable[str]) -> Iterator[tuple[str, Report | UnreadableError]]:
    """Each document's path with its own report, which tells of its registry, too, or with why it
    cannot be read.

    They are checked together, as some rules hold one against another; raises MirageError as
    `check` does.
    """
    session = _session(paths)
    for judged in session.all():
        target, report = judged.target, reported(session, [judged])._replace(unread=())
        about = (target.shown, str(target.claims))
        findings = tuple(one for one in report.findings if one.path in about)
        yield target.shown, report._replace(findings=findings)
    yield from ((error.path, error) for error in session.unread)


def told(report: Report) -> Iterator[Told]:
    """The findings of a report, safe to be shown."""
    for one in report.findings:
        yield Told(_place(one, report), one.code, printable(one.message))


def _session(paths: Iterable[str]) -> Session:
    return Session(SimpleNamespace(paths=list(paths), claims=None))


def _place(finding: Finding, report: Report) -> str:
    source = report.sources.get(finding.path)
    return place(finding.path, *(source.position(finding.start) if source else (1, 1)))


def _near(path: str) -> str:
    """``path`` as it is written from here, where it is on the same drive."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return path
