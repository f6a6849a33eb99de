"""Findings as one JSON array, an item a finding: a contract, see `items`."""

from mirage_lint.reports import items
from mirage_lint.reports.report import Report


def report(report: Report) -> str:
    """The array."""
    return items.dump(items.findings(report))
