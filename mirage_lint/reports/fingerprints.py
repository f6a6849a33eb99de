"""What makes two findings of different runs the same one, wherever its line has moved to."""

from collections import Counter
from hashlib import sha256

from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import Finding


def fingerprints(report: Report) -> list[str]:
    """One for each finding, all different: SHA-256 in hex of document, rule, what the text says,
    what that is about, and which of several alike it is.
    """
    told: Counter[tuple[str, ...]] = Counter()
    found = []
    for one in report.findings:
        key = _key(one, report)
        told[key] += 1
        text = "\0".join((*key, str(told[key])))
        found.append(sha256(text.encode("utf-8", "backslashreplace")).hexdigest())
    return found


def _key(finding: Finding, report: Report) -> tuple[str, ...]:
    source = report.sources.get(finding.path)
    text = " ".join(source.text[finding.start : finding.end].split()) if source else ""
    facts = sorted({fact.id for fact in finding.binding.facts}) if finding.binding else ()
    return (report.from_root(finding.path), finding.code, text, *facts)
