"""``check``: lint documents."""

import os
from types import SimpleNamespace
from typing import TextIO

from mirage_lint import engine
from mirage_lint.collect import Target, targets
from mirage_lint.documents.source import Source
from mirage_lint.engine import Checked, Checker
from mirage_lint.rules.finding import Finding


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Check the documents and report; 1 where something was found."""
    checkers: dict[str, Checker] = {}
    checked = [_check(target, checkers) for target in targets(arguments)]
    findings: list[Finding] = []
    for claims, checker in sorted(checkers.items()):
        findings += engine.stale(checker, claims)
    findings += (finding for one in checked for finding in one.findings)
    sources = {one.source.path: one.source for one in checked}
    out.write(_report(findings, sources, checked, arguments.output_format, out))
    return 1 if findings else 0


def _check(target: Target, checkers: dict[str, Checker]) -> Checked:
    """Check one document against its registry, which is read once."""
    key = str(target.claims)
    if key not in checkers:
        checkers[key] = Checker(target.claims)
    return engine.check(checkers[key], target.read(), target.path)


def _report(
    findings: list[Finding],
    sources: dict[str, Source],
    checked: list[Checked],
    output_format: str,
    out: TextIO,
) -> str:
    if output_format == "json":
        from mirage_lint.reports import json_report

        return json_report.report(findings, sources)
    from mirage_lint.reports import text

    colour = out.isatty() and not os.environ.get("NO_COLOR")
    return text.report(findings, sources, engine.summary(checked), colour)
