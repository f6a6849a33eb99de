"""Findings as JSON Lines: the items of the JSON array, one a line."""

from mirage_lint.reports import items
from mirage_lint.reports.report import Report


def report(report: Report) -> str:
    """A line for each finding."""
    return "".join(items.dump(item, indent=None) for item in items.findings(report))
