"""Reviewdog's diagnostic format, whose columns count bytes of UTF-8."""

from mirage_lint.core.edits import Edit, applied
from mirage_lint.documents.source import Source
from mirage_lint.reports import items
from mirage_lint.reports.contract import Finding, Item, Span
from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import Fix

_SOURCE = {"name": "mirage-lint"}


def report(report: Report) -> str:
    """One result, with a diagnostic a finding."""
    told = [
        _diagnostic(item, one.fix, report.sources.get(one.path))
        for item, one in zip(items.findings(report), report.findings, strict=True)
    ]
    return items.dump({"source": _SOURCE, "diagnostics": told})


def _diagnostic(item: Finding, fix: Fix | None, source: Source | None) -> Item:
    told: Item = {
        "message": item["message"],
        "location": {"path": item["path"], "range": _range(item, source)},
        "severity": item["severity"].upper(),
        "source": _SOURCE,
        "code": {"value": item["code"]},
    }
    if fix and source:
        told["suggestions"] = [_suggestion(fix, source)]
    return told


def _suggestion(fix: Fix, source: Source) -> Item:
    """All edits as one, from the first to the last: several suggestions would be alternatives."""
    start, end = min(one.start for one in fix.edits), max(one.end for one in fix.edits)
    moved = [Edit(one.start - start, one.end - start, one.text) for one in fix.edits]
    text = applied(source.text[start:end], moved)
    return {"range": _range(items.span(source, start, end), source), "text": text}


def _range(item: Span, source: Source | None) -> Item:
    return {
        "start": _position(item["line"], item["column"], source),
        "end": _position(item["end_line"], item["end_column"], source),
    }


def _position(line: int, column: int, source: Source | None) -> Item:
    before = source.line(line)[: column - 1] if source else ""
    return {"line": line, "column": len(before.encode()) + 1}
