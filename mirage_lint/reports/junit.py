"""JUnit's XML: a suite a document, a failed case a finding; a document without one has a case that
passed, and one that could not be read has one that is an error.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from mirage_lint.errors import UnreadableError
from mirage_lint.reports.evidence import evidence
from mirage_lint.reports.excerpt import excerpt
from mirage_lint.reports.printable import place, printable
from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import Finding

_Attributes = dict[str, str]


def report(report: Report) -> str:
    """The whole report, in order of the documents."""
    failures, errors = str(len(report.findings)), str(len(report.unread))
    counts = {"tests": "0", "failures": failures, "errors": errors}
    root = ElementTree.Element("testsuites", {"name": "mirage-lint", **counts})
    by_path: dict[str, list[Finding]] = {}
    for one in report.findings:
        by_path.setdefault(one.path, []).append(one)
    for path in dict.fromkeys((*by_path, *report.sources)):
        _add_suite(root, path, by_path.get(path, []), report)
    for error in report.unread:
        _add_error(root, error)
    root.set("tests", str(len(root.findall("testsuite/testcase"))))
    ElementTree.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ElementTree.tostring(root, 'unicode')}\n"


def _add_suite(
    root: ElementTree.Element, path: str, findings: list[Finding], report: Report
) -> None:
    count = str(max(len(findings), 1))
    shown = printable(path)
    counts = {"tests": count, "failures": str(len(findings)), "errors": "0", "skipped": "0"}
    suite = ElementTree.SubElement(root, "testsuite", {"name": shown, **counts})
    for name, failure, details in _cases(findings, report):
        case = ElementTree.SubElement(suite, "testcase", {"classname": shown, "name": name})
        if failure:
            ElementTree.SubElement(case, "failure", failure).text = details


def _add_error(root: ElementTree.Element, error: UnreadableError) -> None:
    shown, told = printable(error.path), printable(str(error))
    counts = {"tests": "1", "failures": "0", "errors": "1", "skipped": "0"}
    suite = ElementTree.SubElement(root, "testsuite", {"name": shown, **counts})
    named = {"classname": shown, "name": "it can be read"}
    case = ElementTree.SubElement(suite, "testcase", named)
    ElementTree.SubElement(case, "error", {"type": "unreadable", "message": told}).text = told


def _cases(findings: list[Finding], report: Report) -> Iterator[tuple[str, _Attributes, str]]:
    """Each case's name, and what its failure is where it has one."""
    for one in findings:
        source = report.sources.get(one.path)
        line, column = source.position(one.start) if source else (1, 1)
        message = printable(one.message)
        lines = [f"{place(one.path, line, column)}: {one.code} {message}"]
        if source:
            lines.append(f"{line} | {excerpt(source, one.start, one.end).text}")
        details = "\n".join([*lines, *evidence(one.binding)])
        name = f"{line}:{column} {one.code} {one.rule}"
        yield name, {"type": one.code, "message": message}, details
    if not findings:
        yield "all that is judged is right", {}, ""
