"""Reviewdog's diagnostic format, whose columns count bytes of UTF-8."""

from mirage_lint.documents.source import Source
from mirage_lint.reports import items
from mirage_lint.reports.contract import Finding, Item, Span
from mirage_lint.reports.report import Report

_SOURCE = {"name": "mirage-lint"}


def report(report: Report) -> str:
    """One result, with a diagnostic a finding."""
    told = [_diagnostic(item, report) for item in items.findings(report)]
    return items.dump({"source": _SOURCE, "diagnostics": told})


def _diagnostic(item: Finding, report: Report) -> Item:
    source = report.sources.get(item["path"])
    told: Item = {
        "message": item["message"],
        "location": {"path": item["path"], "range": _range(item, source)},
        "severity": item["severity"].upper(),
        "source": _SOURCE,
        "code": {"value": item["code"]},
    }
    edits = item["fix"]["edits"] if item["fix"] else []
    if len(edits) == 1:  # suggestions are alternatives: several edits are not one of them
        told["suggestions"] = [{"range": _range(edits[0], source), "text": edits[0]["text"]}]
    return told


def _range(item: Span, source: Source | None) -> Item:
    return {
        "start": _position(item["line"], item["column"], source),
        "end": _position(item["end_line"], item["end_column"], source),
    }


def _position(line: int, column: int, source: Source | None) -> Item:
    before = source.line(line)[: column - 1] if source else ""
    return {"line": line, "column": len(before.encode()) + 1}
