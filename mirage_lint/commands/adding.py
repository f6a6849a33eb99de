"""``check --add-ignore``: silence what is told, where it stands."""

import gc
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TextIO

from mirage_lint.checking.session import Judged, Session
from mirage_lint.commands import delivery
from mirage_lint.editing.rewriting import rewrite
from mirage_lint.editing.trying import Trial
from mirage_lint.errors import MirageError
from mirage_lint.reports.printable import printable
from mirage_lint.rules import unused_suppression
from mirage_lint.rules.finding import Finding
from mirage_lint.rules.wording import counted
from mirage_lint.silencing import write


def add(arguments: SimpleNamespace, out: TextIO) -> int:
    """Write comments; 1 where something is told that no comment can silence."""
    if arguments.since is not None or arguments.changed or arguments.diff:
        problem = "--add-ignore cannot be had with --changed, --since or --diff"
        raise MirageError("check", problem, "name the documents")
    gc.enable()  # many checks in one run
    session = Session(arguments)
    judged, reason = session.all(), write.checked(arguments.reason or "")
    if any(one.target.text is not None for one in judged):
        raise MirageError("<stdin>", "cannot be written to", "name the file")
    silenced = sum(_silence(one, session, reason, out) for one in judged)
    rest = len(session.stale()) + sum(len(one.told.findings) for one in judged) - silenced
    if rest:
        out.write(f"{counted(rest, 'finding')} left as told: run `mirage-lint check` to see\n")
    elif not silenced:
        out.write("Nothing is found that could be silenced.\n")
    return delivery.concluded(session.unread, 1 if rest else 0)


def _silence(judged: Judged, session: Session, reason: str, out: TextIO) -> int:
    """Write the comments of a document that work; how many findings they silence."""
    source = judged.checked.source
    comments = write.comments(source, _silenceable(judged), reason)
    made = Trial(judged, session, _told).working(comments)
    if not made:
        return 0
    count = sum(len(each.findings) for each in made)
    rewrite(judged.target.path, source, [edit for each in made for edit in each.edits])
    out.write(f"{printable(judged.target.shown)}: {counted(count, 'finding')} silenced\n")
    return count


def _told(judged: Judged) -> Sequence[Finding]:
    return judged.told.findings


def _silenceable(judged: Judged) -> list[Finding]:
    return [one for one in judged.told.findings if one.code != unused_suppression.CODE]
