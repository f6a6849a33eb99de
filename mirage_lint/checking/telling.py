"""Which findings are told: those that the document does not silence and that settings choose, as
grave as they say.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.source import Source, front_matter, may_say
from mirage_lint.rules.finding import ACROSS, Finding
from mirage_lint.settings.find import Configured

RECORD, NOT_SELECTED, SILENCED, KNOWN, UNCHANGED = (
    "in records of the past",
    "of rules that are not selected",
    "silenced where they stand",
    "in the baseline",
    "where nothing changed",
)
"""Why a finding is not told, as the last line of a report counts it."""

_NOTHING: Mapping[str, int] = {}
_MARK = "mirage-lint"
"""Without it, a document says nothing to us."""


class Told(NamedTuple):
    """The findings that are told, and why others are not; ``fewer`` is by how many there are
    fewer than were known.
    """

    findings: tuple[Finding, ...]
    untold: tuple[str, ...] = ()
    fewer: int = 0


def today() -> str:
    """The day, the same all over the world."""
    return time.strftime("%Y-%m-%d", time.gmtime())


def told(
    findings: tuple[Finding, ...],
    source: Source,
    configured: Configured,
    path: Path,
    day: Callable[[], str] = today,
    known: Mapping[str, int] = _NOTHING,
) -> Told:
    """What is told of the findings of the document at ``path``; ``known`` counts by rule those
    that a baseline holds.
    """
    untold, is_record = list[str](), False
    if may_say(source, _MARK):
        from mirage_lint.silencing import silences
        from mirage_lint.silencing.apply import apply

        said = silences.read(source)
        findings, silenced = apply(findings, said, source, day)
        untold, is_record = [SILENCED] * silenced, said.is_record
    left = chosen(_new(findings, known), configured, path, is_record=is_record)
    untold += [KNOWN] * (len(findings) - len(left.findings) - len(left.untold))
    return Told(left.findings, (*left.untold, *untold), _fewer(findings, known))


def is_record(source: Source, configured: Configured, path: Path) -> bool:
    """Whether a document tells of the past or of plans, as its path or its front matter says."""
    if configured.is_record(path):
        return True
    if not (_MARK in source.text and front_matter(source.text)):
        return False
    from mirage_lint.silencing import silences

    return silences.read(source).is_record


def _new(findings: tuple[Finding, ...], known: Mapping[str, int]) -> tuple[Finding, ...]:
    """The findings of rules that have more than are known."""
    counts = Counter(one.code for one in findings) if known else {}
    return tuple(one for one in findings if not known or counts[one.code] > known.get(one.code, 0))


def _fewer(findings: tuple[Finding, ...], known: Mapping[str, int]) -> int:
    """By how many there are fewer than known."""
    counts = Counter(one.code for one in findings)
    return sum(max(count - counts[code], 0) for code, count in known.items() if code not in ACROSS)


def chosen(
    findings: tuple[Finding, ...], configured: Configured, path: Path, is_record: bool = False
) -> Told:
    """What settings leave of the findings of a document; of a record of the past, nothing."""
    if not findings:
        return Told(())
    choice, is_record = configured.choice(path), is_record or configured.is_record(path)
    told, untold = list[Finding](), list[str]()
    for one in findings:
        if not choice.tells(one.code):
            untold.append(NOT_SELECTED)
        elif is_record:
            untold.append(RECORD)
        else:
            told.append(one._replace(severity=choice.severity(one.code, one.severity)))
    return Told(tuple(told), tuple(untold))
