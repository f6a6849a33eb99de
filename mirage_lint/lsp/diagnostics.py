"""Findings as editors show them."""

from lsprotocol import types

from mirage_lint.lsp.positions import Lines
from mirage_lint.lsp.reading import Reading
from mirage_lint.rules import unused_suppression
from mirage_lint.rules.finding import ERROR, Finding

SOURCE = "mirage-lint"


def diagnostics(reading: Reading | None) -> list[types.Diagnostic]:
    """What is told of a document."""
    if reading is None:
        return []
    return [diagnostic(one, reading.lines) for one in reading.judged.told.findings]


def diagnostic(finding: Finding, lines: Lines) -> types.Diagnostic:
    """A finding in a text."""
    is_error = finding.severity == ERROR
    is_unused = finding.code == unused_suppression.CODE
    return types.Diagnostic(
        range=lines.range(finding.start, finding.end),
        message=finding.message,
        severity=types.DiagnosticSeverity.Error if is_error else types.DiagnosticSeverity.Warning,
        code=finding.code,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if is_unused else None,
    )


def on_line(message: str, line: int) -> types.Diagnostic:
    """A problem of a registry, on a line of it (from 0)."""
    place = types.Position(line, 0)
    return types.Diagnostic(
        range=types.Range(place, types.Position(line + 1, 0)),
        message=message,
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )
