"""Which findings are told: those that settings choose, as grave as they say."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mirage_lint.rules.finding import Finding
from mirage_lint.settings.find import Configured

RECORD, NOT_SELECTED = "in records of the past", "of rules that are not selected"
"""Why a finding is not told, as the last line of a report counts it."""


class Told(NamedTuple):
    """The findings that are told, and why others are not."""

    findings: tuple[Finding, ...]
    untold: tuple[str, ...]


def chosen(findings: Iterable[Finding], configured: Configured, path: Path) -> Told:
    """What settings leave of the findings of the document at ``path``."""
    told, untold = list[Finding](), list[str]()
    found = list(findings)
    if not found:
        return Told((), ())
    choice, is_record = configured.choice(path), configured.is_record(path)
    for one in found:
        if not choice.tells(one.code):
            untold.append(NOT_SELECTED)
        elif is_record:
            untold.append(RECORD)
        else:
            told.append(one._replace(severity=choice.severity(one.code, one.severity)))
    return Told(tuple(told), tuple(untold))
