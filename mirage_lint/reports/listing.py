"""A check in Markdown: a list by document, in which no text of a document is Markdown."""

import re
from collections.abc import Iterator

from mirage_lint.reports.printable import printable
from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import Finding

_MARK = "<!-- mirage-lint -->"
"""By which a comment is found again, to be written anew."""


def listing(report: Report, most: int) -> str:
    """The findings by document, of at most ``most`` bytes; what is left out is counted."""
    head = f"{_MARK}\n### mirage-lint\n\n{report.conclusion}\n"
    parts, told, size = [head], 0, len(head) + 100
    for part, count in _parts(report):
        size += len(part.encode("utf-8", "backslashreplace"))
        if size > most:
            break
        parts.append(part)
        told += count
    if left := len(report.findings) - told:
        parts.append(f"\nand {left} more, for which there is no room here.\n")
    return "".join(parts)


def _parts(report: Report) -> Iterator[tuple[str, int]]:
    """Each document's head and findings, with how many findings a part is."""
    path = None
    for one in report.findings:
        if one.path != path:
            path = one.path
            yield f"\n{_code(report.from_root(path))}\n\n", 0
        yield _item(one, report), 1


def _item(finding: Finding, report: Report) -> str:
    source = report.sources.get(finding.path)
    line, column = source.position(finding.start) if source else (1, 1)
    rule = f"**{finding.code}** {finding.rule}"
    return f"- {line}:{column} {rule} ({finding.severity}): {_code(finding.message)}\n"


def _code(text: str) -> str:
    """``text`` as a code span: there it neither links, mentions, embeds nor ends early."""
    shown = printable(text)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
