"""SARIF 2.1.0, for GitHub code scanning and all else that reads static analysis results."""

import os
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

from mirage_lint import __version__
from mirage_lint.errors import UnreadableError
from mirage_lint.reports import items
from mirage_lint.reports.contract import Edit, Finding, Item, Span
from mirage_lint.reports.fingerprints import fingerprints
from mirage_lint.reports.report import Report
from mirage_lint.rules.catalog import RULES
from mirage_lint.rules.manual import manual

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_INDEX = {rule.CODE: at for at, rule in enumerate(RULES)}


def report(report: Report) -> str:
    """One log of one run."""
    told = zip(items.findings(report), fingerprints(report), strict=True)
    run = {
        "tool": {"driver": _driver()},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": [_result(item, mark, report.from_root(item["path"])) for item, mark in told],
        "properties": {"lookedAt": str(report.summary)},
    }
    if report.unread:
        notes = [_notification(one, report.from_root(one.path)) for one in report.unread]
        run["invocations"] = [{"executionSuccessful": False, "toolExecutionNotifications": notes}]
    return items.dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver() -> Item:
    rules = [_rule(rule) for rule in RULES]
    return {
        "name": "mirage-lint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": rules,
    }


def _rule(rule: ModuleType) -> Item:
    page = manual(rule)
    what, why = " ".join(page.what.split()), " ".join(page.why.split())
    return {
        "id": rule.CODE,
        "name": "".join(map(str.capitalize, rule.NAME.split("-"))),
        "shortDescription": {"text": what},
        "fullDescription": {"text": f"{what} Why it is bad: {why}"},
        "help": {"text": page.text, "markdown": page.markdown},
        "defaultConfiguration": {"level": rule.SEVERITY},
        "properties": {"problem.severity": rule.SEVERITY, "tags": ["documentation"]},
    }


def _result(item: Finding, mark: str, path: str) -> Item:
    place = _artifact(path)
    physical = {"artifactLocation": place, "region": _region(item)}
    result: Item = {
        "ruleId": item["code"],
        "ruleIndex": _INDEX[item["code"]],
        "level": item["severity"],
        "message": {"text": _unlinked(item["message"])},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {"mirageLint/v1": mark},
    }
    if fix := item["fix"]:
        told = "Write what is true." if fix["safe"] else "Write what is most likely meant."
        edits = [_replacement(edit) for edit in fix["edits"]]
        change = {"artifactLocation": place, "replacements": edits}
        result["fixes"] = [{"description": {"text": told}, "artifactChanges": [change]}]
    return result


def _notification(error: UnreadableError, path: str) -> Item:
    """That a document could not be read."""
    physical: Item = {"artifactLocation": _artifact(path)}
    if error.line:
        physical["region"] = {"startLine": error.line}
    text = _unlinked(f"{error.problem}; {error.mend}")
    place = [{"physicalLocation": physical}]
    return {"level": "error", "message": {"text": text}, "locations": place}


def _unlinked(text: str) -> str:
    """``text`` in which nothing is a link, which is told as in Markdown."""
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _replacement(edit: Edit) -> Item:
    return {"deletedRegion": _region(edit), "insertedContent": {"text": edit["text"]}}


def _region(item: Span) -> dict[str, int]:
    return {
        "startLine": item["line"],
        "startColumn": item["column"],
        "endLine": item["end_line"],
        "endColumn": item["end_column"],
    }


def _artifact(path: str) -> dict[str, str]:
    """A path below the root by the root, any other as it is on this machine."""
    if os.path.isabs(path):
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": _ROOT}
