"""Findings for people: place, rule and message; the line with the span underlined; the truth with
its source; why it was read so.
"""

from __future__ import annotations

from mirage_lint.documents.source import Source
from mirage_lint.reports.paint import BLUE, RED, head, painted
from mirage_lint.reports.printable import place, printable
from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import Finding


def report(report: Report) -> str:
    """A block for each finding, and what was looked at."""
    blocks = [_block(one, report.sources.get(one.path), report) for one in report.findings]
    return "\n".join([*blocks, report.conclusion, ""])


def _block(finding: Finding, source: Source | None, report: Report) -> str:
    # Imported here, as most checks find nothing to tell.
    from mirage_lint.reports.evidence import evidence, history

    at = place(finding.path, *(source.position(finding.start) if source else (1, 1)))
    message, colour = printable(finding.message), report.colour
    lines = [head(at, finding.code, finding.severity, message, colour)]
    if source:
        lines += _excerpt(finding, source, colour, report.width)
    told = (*evidence(finding.binding), *history(finding.history))
    lines += [f"  {painted('=', BLUE, colour)} {line}" for line in told]
    return "\n".join([*lines, ""])


def _excerpt(finding: Finding, source: Source, colour: bool, width: int) -> list[str]:
    from mirage_lint.reports.excerpt import excerpt

    number, text, carets = excerpt(source, finding.start, finding.end, width)
    margin = " " * len(str(number))
    bar = painted("|", BLUE, colour)
    indent = len(carets) - len(carets.lstrip())
    return [
        f"{margin} {bar}",
        f"{painted(str(number), BLUE, colour)} {bar} {text}",
        f"{margin} {bar} {carets[:indent]}{painted(carets[indent:], RED, colour)}",
    ]
