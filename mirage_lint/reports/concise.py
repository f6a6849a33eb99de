"""Findings one a line: ``path:line:column: CODE message``."""

from collections.abc import Iterator

from mirage_lint.reports import paint
from mirage_lint.reports.printable import place, printable
from mirage_lint.reports.report import Report


def report(report: Report) -> str:
    """A line for each finding, and what was looked at."""
    return "\n".join([*_lines(report), report.conclusion, ""])


def _lines(report: Report) -> Iterator[str]:
    for one in report.findings:
        source = report.sources.get(one.path)
        at = place(one.path, *(source.position(one.start) if source else (1, 1)))
        yield paint.head(at, one.code, one.severity, printable(one.message), report.colour)
