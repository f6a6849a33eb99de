"""Findings, claims and facts as values of JSON, see `contract`."""

import json
from collections.abc import Iterable

from mirage_lint.binding.binding import Binding
from mirage_lint.core import facts as core
from mirage_lint.documents.source import Source
from mirage_lint.reports.contract import Claim, Edit, Fact, Finding, Fix, History, Said, Span, Touch
from mirage_lint.reports.report import Report
from mirage_lint.rules import finding as rules


def claims(bound: Iterable[tuple[Source, Binding]]) -> str:
    """One item a claim."""
    return dump([claim(source, binding) for source, binding in bound])


def claim(source: Source, binding: Binding) -> Claim:
    """A claim, with its status and the facts that it was read against."""
    claim = binding.claim
    start, end = claim.passage.source_span(claim.start, claim.end)
    return {
        "path": source.path,
        **span(source, start, end),
        "text": source.text[start:end],
        "kind": claim.kind,
        "status": binding.status,
        "facts": [_fact(fact) for fact in binding.facts],
    }


def facts(found: Iterable[core.Fact]) -> str:
    """One item a fact."""
    return dump([_fact(fact) for fact in found])


def findings(report: Report) -> list[Finding]:
    """One item a finding."""
    return [finding(one, report.sources.get(one.path)) for one in report.findings]


def finding(finding: rules.Finding, source: Source | None) -> Finding:
    """A finding; ``source`` is its document, None where it is about the registry."""
    said: Said | None = None
    about = list[Fact]()
    if (binding := finding.binding) and source:
        text = source.text[finding.start : finding.end]
        said = {"text": text, "kind": binding.claim.kind}
        about = [_fact(fact) for fact in dict.fromkeys((*binding.facts, *binding.others))]
    return {
        "path": finding.path,
        **span(source, finding.start, finding.end),
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "claim": said,
        "facts": about,
        "fix": _fix(finding.fix, source) if finding.fix and source else None,
        "history": _history(finding.history) if finding.history else None,
    }


def _history(history: rules.History) -> History:
    return {
        "line": _touch(history.line),
        "value": _touch(history.against) if history.side == rules.VALUE else None,
        "other": _touch(history.against) if history.side == rules.OTHER else None,
        "lock": history.lock or None,
        "was": history.was or None,
        "newer": history.newer or None,
    }


def _touch(touch: rules.Touch) -> Touch:
    return {"commit": touch.commit or None, "day": touch.day or None, "exact": touch.is_exact}


def _fix(fix: rules.Fix, source: Source) -> Fix:
    edits: list[Edit] = [
        {**span(source, start, end), "text": text} for start, end, text in fix.edits
    ]
    return {"safe": fix.safe, "edits": edits}


def span(source: Source | None, start: int, end: int) -> Span:
    """Lines and columns of a stretch; where there is no document, the first place of any."""
    line, column = source.position(start) if source else (1, 1)
    end_line, end_column = source.position(end) if source else (1, 1)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _fact(fact: core.Fact) -> Fact:
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
    """JSON text, in which nothing steers a terminal or reads as a command to what keeps a build's
    log: these begin with two number signs anywhere in a line.
    """
    text = json.dumps(value, indent=indent, ensure_ascii=False).replace("##", "#\\u0023")
    if not text.replace("\n", "").isprintable():
        text = "".join(one if one.isprintable() or one == "\n" else _escaped(one) for one in text)
    return f"{text}\n"


def _escaped(unseen: str) -> str:
    return json.dumps(unseen)[1:-1]
