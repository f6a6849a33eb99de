"""``check --fix`` and ``check --diff``: mend what has one right answer, or show how."""

import gc
import sys
from collections.abc import Callable
from difflib import unified_diff
from types import SimpleNamespace
from typing import NamedTuple, TextIO

from mirage_lint.checking import telling
from mirage_lint.checking.session import Judged, Session
from mirage_lint.commands import delivery
from mirage_lint.core.edits import Edit, applied
from mirage_lint.editing import mending
from mirage_lint.editing.rewriting import rewrite
from mirage_lint.errors import MirageError
from mirage_lint.reports.printable import printable
from mirage_lint.rules.wording import counted

_MOST_ROUNDS = 5
"""How often a document is mended: one fix may show what another number is about."""


class Mended(NamedTuple):
    """Documents as they are now, and what was done to them."""

    judged: list[Judged]
    fixed: int
    documents: int


def mend(session: Session, unsafe: bool) -> Mended:
    """Mend all documents where they lie; each is read again from there."""
    gc.enable()  # many checks in one run
    judged, fixed, documents = list[Judged](), 0, 0
    for one in _writable(session):
        now, count = _mend(one, session, unsafe)
        judged.append(now)
        fixed += count
        documents += count > 0
    return Mended(judged, fixed, documents)


def _mend(judged: Judged, session: Session, unsafe: bool) -> tuple[Judged, int]:
    """A document, mended as far as it goes, and how many findings that took away."""
    count = 0
    for _ in range(_MOST_ROUNDS):
        found = mending.fixes(judged, session, unsafe)
        if not found:
            break
        rewrite(judged.target.path, judged.checked.source, _edits(found))
        judged = session.judge(judged.target)
        count += len(found)
    return judged, count


def _edits(found: mending.Found) -> list[Edit]:
    return [edit for _, fix in found for edit in fix.edits]


def show(arguments: SimpleNamespace, out: TextIO, day: Callable[[], str] = telling.today) -> int:
    """Print what would be mended as a diff, and write nothing; 1 where something was found."""
    gc.enable()  # many checks in one run
    session = Session(arguments, day)
    fixed, total = 0, 0
    for judged in session.all():
        found = mending.fixes(judged, session, arguments.unsafe_fixes)
        fixed, total = fixed + len(found), total + len(judged.told.findings)
        out.writelines(_diff(judged, _edits(found)))
    total += len(session.stale())
    print(f"Would fix {fixed} of {counted(total, 'finding')}.", file=sys.stderr)
    return delivery.concluded(session.unread, 1 if total else 0)


def _diff(judged: Judged, edits: list[Edit]) -> list[str]:
    """The edits of a document as a unified diff; nothing in it steers a terminal."""
    source = judged.checked.source
    old, new = source.text.split("\n"), applied(source.text, edits).split("\n")
    path = printable(source.path)
    lines = unified_diff(old, new, path, path, lineterm="")
    return [f"{printable(line.replace(chr(9), '    '))}\n" for line in lines]


def _writable(session: Session) -> list[Judged]:
    judged = session.all()
    if any(one.target.text is not None for one in judged):
        raise MirageError("<stdin>", "cannot be written to", "name the file, or give --diff")
    return judged
