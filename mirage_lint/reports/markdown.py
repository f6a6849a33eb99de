"""Markdown, for a comment on a pull request."""

from mirage_lint.reports.listing import listing
from mirage_lint.reports.report import Report

_MOST_BYTES = 60_000
"""GitHub refuses a comment of more than 65,536 characters."""


def report(report: Report) -> str:
    """A list by document."""
    return listing(report, _MOST_BYTES)
