"""Findings, claims and facts as the values of JSON: a contract, to which fields are added and none
renamed.
"""

import json
from collections.abc import Iterable
from typing import Any

from mirage_lint.binding.binding import Binding
from mirage_lint.core.facts import Fact
from mirage_lint.documents.source import Source
from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import Finding, Fix

Item = dict[str, Any]


def claims(bound: Iterable[tuple[Source, Binding]]) -> str:
    """One item a claim."""
    return dump([claim(source, binding) for source, binding in bound])


def claim(source: Source, binding: Binding) -> Item:
    """A claim, with its status and the facts that it was read against."""
    claim = binding.claim
    start, end = claim.passage.source_span(claim.start, claim.end)
    return _place(source.path, source, start, end) | {
        "text": source.text[start:end],
        "kind": claim.kind,
        "status": binding.status,
        "facts": [_fact(fact) for fact in binding.facts],
    }


def facts(found: Iterable[Fact]) -> str:
    """One item a fact."""
    return dump([_fact(fact) for fact in found])


def findings(report: Report) -> list[Item]:
    """One item a finding."""
    return [_finding(one, report.sources.get(one.path)) for one in report.findings]


def _finding(finding: Finding, source: Source | None) -> Item:
    binding = finding.binding
    item = _place(finding.path, source, finding.start, finding.end)
    item |= {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "claim": None,
        "facts": [],
        "fix": _fix(finding.fix, source) if finding.fix and source else None,
    }
    if binding and source:
        text = source.text[finding.start : finding.end]
        item["claim"] = {"text": text, "kind": binding.claim.kind}
        item["facts"] = [_fact(fact) for fact in dict.fromkeys((*binding.facts, *binding.others))]
    return item


def _fix(fix: Fix, source: Source) -> Item:
    edits = [
        {name: value for name, value in _place("", source, start, end).items() if name != "path"}
        | {"text": text}
        for start, end, text in fix.edits
    ]
    return {"safe": fix.safe, "edits": edits}


def _place(path: str, source: Source | None, start: int, end: int) -> Item:
    line, column = source.position(start) if source else (1, 1)
    end_line, end_column = source.position(end) if source else (1, 1)
    return {
        "path": path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _fact(fact: Fact) -> Item:
    return {
        "id": fact.id,
        "family": fact.family,
        "metric": fact.metric,
        "population": fact.population or None,
        "dimensions": dict(fact.dimensions),
        "value": fact.value,
        "unit": fact.unit or None,
        "source": {
            "artifact": fact.source.artifact,
            "pointer": fact.source.pointer,
            "tier": fact.source.tier,
        },
    }


def dump(value: object, indent: int | None = 2) -> str:
    """JSON text, in which nothing reads as a command to what keeps a build's log: these begin with
    two number signs anywhere in a line.
    """
    return json.dumps(value, indent=indent, ensure_ascii=False).replace("##", "#\\u0023") + "\n"
