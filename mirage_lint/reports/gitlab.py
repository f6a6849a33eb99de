"""GitLab's Code Quality report."""

from mirage_lint.reports import items
from mirage_lint.reports.contract import Finding, Item
from mirage_lint.reports.fingerprints import fingerprints
from mirage_lint.reports.printable import printable
from mirage_lint.reports.report import Report

_SEVERITIES = {"error": "major", "warning": "minor"}


def report(report: Report) -> str:
    """One array, an item a finding."""
    told = zip(items.findings(report), fingerprints(report), strict=True)
    return items.dump([_item(item, mark, report.from_root(item["path"])) for item, mark in told])


def _item(item: Finding, mark: str, path: str) -> Item:
    lines = {"begin": item["line"], "end": item["end_line"]}
    return {
        "description": printable(f"{item['code']} {item['message']}"),
        "check_name": item["code"],
        "fingerprint": mark,
        "severity": _SEVERITIES[item["severity"]],
        "location": {"path": path, "lines": lines},
    }
