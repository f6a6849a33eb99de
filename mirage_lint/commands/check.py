"""``check``: lint documents."""

import os
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

from mirage_lint import engine, telling
from mirage_lint.collect import Target, targets
from mirage_lint.documents.source import Source
from mirage_lint.engine import Checked, Checker
from mirage_lint.reports.summary import Summary
from mirage_lint.rules.finding import Finding
from mirage_lint.settings.find import Finder


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Check the documents and report; 1 where something was found."""
    checkers: dict[str, Checker] = {}
    findings, untold, checked = list[Finding](), Counter[str](), list[Checked]()
    for target in targets(arguments):
        one = _check(target, checkers)
        told = telling.chosen(one.findings, target.configured, target.path)
        checked.append(one)
        findings += told.findings
        untold.update(told.untold)
    finder = Finder(arguments)
    for claims, checker in sorted(checkers.items(), reverse=True):
        path = Path(claims)
        told = telling.chosen(engine.stale(checker, claims), finder.at(path.parent), path)
        findings[:0] = told.findings
    sources = {one.source.path: one.source for one in checked}
    summary = engine.summary(checked, untold)
    out.write(_report(findings, sources, summary, arguments.output_format, out))
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
    summary: Summary,
    output_format: str,
    out: TextIO,
) -> str:
    if output_format == "json":
        from mirage_lint.reports import json_report

        return json_report.report(findings, sources)
    from mirage_lint.reports import text

    colour = out.isatty() and not os.environ.get("NO_COLOR")
    return text.report(findings, sources, summary, colour)
