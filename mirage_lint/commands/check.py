"""``check``: lint documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import SimpleNamespace

from mirage_lint.checking import telling
from mirage_lint.checking.session import Judged, Session, summary
from mirage_lint.commands import delivery
from mirage_lint.reports.formats import FOR_PEOPLE, TELL_FIXES, TELL_HISTORY
from mirage_lint.reports.printable import printable
from mirage_lint.reports.report import Report
from mirage_lint.rules.wording import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def run(arguments: SimpleNamespace, out: TextIO, day: Callable[[], str] = telling.today) -> int:
    """Check the documents and report; 1 where something was found. ``day`` tells the day."""
    delivery.require(arguments.output)
    session = Session(arguments, day)
    judged, done = _judged(arguments, session)
    report = reported(session, judged)
    inputs = session.inputs(judged)
    delivery.deliver(report, arguments.output_format, arguments.output, out, inputs)
    aside = out if arguments.output_format in FOR_PEOPLE else sys.stderr
    aside.writelines(f"{printable(line)}\n" for line in (*done, *session.fewer(judged)))
    return delivery.concluded(session.unread, 1 if report.findings else 0)


def _judged(arguments: SimpleNamespace, session: Session) -> tuple[list[Judged], list[str]]:
    """The documents, and what was done to them, where they are mended first."""
    done = []
    if arguments.fix:
        from mirage_lint.commands import fixing

        judged, fixed, documents = fixing.mend(session, arguments.unsafe_fixes)
        done = [f"Fixed {counted(fixed, 'finding')} in {counted(documents, 'document')}."]
    else:
        judged = session.all()
    formats = {arguments.output_format, *(one.format for one in arguments.output)}
    if formats & TELL_FIXES and any(one.told.findings for one in judged):
        from mirage_lint.editing import mending

        judged = [mending.with_fixes(one, session) for one in judged]
    if formats & TELL_HISTORY and any(one.told.findings for one in judged):
        judged = _dated(judged)
    return judged, done


def _dated(judged: list[Judged]) -> list[Judged]:
    """The documents with what git knows of the findings in them; it knows nothing of a text that
    was piped.
    """
    from mirage_lint.history import date

    told = [one for one in judged if one.target.text is None]
    pages = [
        date.Page(one.target.path, one.checked.source, one.target.claims, one.told.findings)
        for one in told
    ]
    known = {id(one): each for one, each in zip(told, date.dated(pages), strict=True)}
    return [
        one._replace(told=one.told._replace(findings=known[id(one)])) if id(one) in known else one
        for one in judged
    ]


def reported(session: Session, judged: list[Judged]) -> Report:
    """The report of documents that were checked, and of their registries."""
    findings = (*session.stale(), *(one for each in judged for one in each.told.findings))
    sources = {one.checked.source.path: one.checked.source for one in judged}
    here, unread = os.getcwd(), tuple(session.unread)
    return Report(
        findings, sources, summary(judged), here=here, root=delivery.root(here), unread=unread
    )
