"""Fixes that work: each is tried in memory before it is told or made."""

from collections.abc import Sequence

from mirage_lint.checking.session import Judged, Session
from mirage_lint.editing.trying import Trial
from mirage_lint.fixing.proposals import proposals
from mirage_lint.rules.finding import Change, Finding, Fix

Found = list[tuple[Finding, Fix]]


def fixes(judged: Judged, session: Session, unsafe: bool = True) -> Found:
    """The findings that are told of a document and can be mended, each with its fix; without
    ``unsafe``, only those that have a safe one.

    Made all together, the fixes leave none of these findings and bring no other.
    """
    checked = judged.checked
    registry = session.checker(judged.target).index.registry
    found = proposals(judged.told.findings, checked.bindings, checked.source, registry)
    found += [(one, one.fix) for one in judged.told.findings if one.fix]
    changes = {Change(fix.edits, (finding,)): fix for finding, fix in found if unsafe or fix.safe}
    working = Trial(judged, session, _checked).working(list(changes))
    return [(change.findings[0], changes[change]) for change in working]


def with_fixes(judged: Judged, session: Session) -> Judged:
    """The document, with the fix of each finding that has one."""
    known = {id(finding): fix for finding, fix in fixes(judged, session)}
    findings = tuple(one._replace(fix=known.get(id(one))) for one in judged.told.findings)
    return judged._replace(told=judged.told._replace(findings=findings))


def _checked(judged: Judged) -> Sequence[Finding]:
    return judged.checked.findings
