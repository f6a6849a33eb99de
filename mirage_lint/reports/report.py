"""What a reporter is given."""

from __future__ import annotations

import os

from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.source import Source
from mirage_lint.errors import UnreadableError
from mirage_lint.reports.summary import Summary
from mirage_lint.rules.finding import ERROR, Finding
from mirage_lint.rules.wording import counted


class Report(NamedTuple):
    """A check, ready to be told.

    ``sources`` are all documents by path, in the order they were named. ``colour`` and ``width``
    are those of a terminal; a width of 0 is none. ``here`` is where the check ran, ``root`` where
    the repository begins, both as whole paths. ``as_before`` counts the findings that are told no
    more, as they stand as they were. ``unread`` tells of documents that could not be read.
    """

    findings: tuple[Finding, ...]
    sources: dict[str, Source]
    summary: Summary
    colour: bool = False
    width: int = 0
    here: str = os.sep
    root: str = os.sep
    as_before: int = 0
    unread: tuple[UnreadableError, ...] = ()

    @property
    def conclusion(self) -> str:
        """How many findings, and what was looked at."""
        count = len(self.findings) + self.as_before
        before = f", {self.as_before} of them as before" if self.as_before else ""
        found = f"Found {counted(count, 'finding')}{before}." if count else "All right."
        if self.unread:  # nothing is all right then
            unread = f"{counted(len(self.unread), 'document')} could not be read."
            found = f"{found} {unread}" if count else unread
        return f"{found} Looked at {self.summary}."

    def from_root(self, path: str) -> str:
        """A document's path from the root of the repository; a whole path where it lies outside."""
        whole = os.path.normpath(os.path.join(self.here, path))
        try:
            below = os.path.relpath(whole, self.root)
        except ValueError:  # another drive
            below = os.pardir
        return (whole if below.startswith(os.pardir) else below).replace(os.sep, "/")

    @property
    def by_weight(self) -> tuple[Finding, ...]:
        """The findings that matter most first: errors, what is wrong with a registry as a whole,
        what the strongest artifacts deny.
        """
        return tuple(sorted(self.findings, key=_weight))


def _weight(finding: Finding) -> tuple[bool, int]:
    facts = finding.binding.facts if finding.binding else ()
    tier = min((fact.source.tier for fact in facts), default=0)
    return finding.severity != ERROR, tier
