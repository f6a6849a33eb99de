"""Annotations of GitHub Actions: a command a line, and what is found as a job's summary."""

from collections.abc import Iterator

from mirage_lint.reports import listing
from mirage_lint.reports.evidence import evidence
from mirage_lint.reports.printable import printable
from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import ERROR, WARNING, Finding
from mirage_lint.rules.wording import counted

VARIABLE = "GITHUB_STEP_SUMMARY"
"""Names the file that takes the summary."""
_MOST = 10
"""Annotations of one severity that GitHub shows of a step; it drops the others silently."""
_MOST_BYTES = 900_000
"""Of a summary; GitHub refuses one that is larger than a megabyte."""


def report(report: Report) -> str:
    """The annotations, the weightiest first, how many are not among them, and what was looked
    at.
    """
    told = [one for severity in (ERROR, WARNING) for one in _graver(report, severity)[:_MOST]]
    more = len(report.findings) - len(told)
    lines = [_annotation(one, report) for one in told]
    if more:
        left = counted(more, "more finding")
        lines.append(f"::notice title=mirage-lint::{left} in the summary of this job")
    return "\n".join([*lines, report.conclusion, ""])


def aside(report: Report) -> str:
    """The summary, in Markdown: all findings, as far as there is room."""
    return listing.listing(report, _MOST_BYTES)


def _graver(report: Report, severity: str) -> list[Finding]:
    return [one for one in report.by_weight if one.severity == severity]


def _annotation(finding: Finding, report: Report) -> str:
    properties = ",".join(
        f"{key}={_property(value)}" for key, value in _properties(finding, report)
    )
    text = "\n".join([printable(finding.message), *evidence(finding.binding)])
    return f"::{finding.severity} {properties}::{_data(text)}"


def _properties(finding: Finding, report: Report) -> Iterator[tuple[str, str]]:
    source = report.sources.get(finding.path)
    line, column = source.position(finding.start) if source else (1, 1)
    end_line, end_column = source.position(finding.end) if source else (1, 1)
    yield "file", printable(report.from_root(finding.path))
    yield "line", str(line)
    yield "endLine", str(end_line)
    if end_line == line:  # GitHub knows columns within one line only
        yield "col", str(column)
        yield "endColumn", str(end_column)
    yield "title", f"{finding.code} {finding.rule}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
