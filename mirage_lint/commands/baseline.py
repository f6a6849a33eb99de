"""``baseline``: count what is found now, so that a check tells only of what is new."""

from collections import Counter
from types import SimpleNamespace
from typing import TextIO

from mirage_lint.checking import baseline
from mirage_lint.checking.baseline import Baseline
from mirage_lint.checking.session import Session
from mirage_lint.commands import delivery
from mirage_lint.errors import MirageError
from mirage_lint.reports.printable import printable
from mirage_lint.rules import stale_lock
from mirage_lint.rules.wording import counted
from mirage_lint.system import writing


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Write the counts of the documents that are named; 0. Others keep theirs, as do those that
    cannot be read.
    """
    session = Session(arguments, heeds_baseline=False)
    judged = session.all()
    for one in session.stale():
        raise MirageError(one.path, stale_lock.message(), "then write the baseline")
    written: dict[str, Baseline] = {}
    for document in judged:
        base = session.baseline(document.target)
        base = written.setdefault(str(base.place), base)
        path = document.target.path
        base.counts[base.key(path)] = dict(Counter(one.code for one in document.told.findings))
    for base in written.values():
        for key in base.gone():
            del base.counts[key]
        writing.replace(base.place, baseline.dump(base.counts))
        out.write(f"{printable(str(base.place))}: {_told(base)}\n")
    return delivery.concluded(session.unread, 0)


def _told(base: Baseline) -> str:
    counts = [sum(one.values()) for one in base.counts.values() if one]
    return f"{counted(sum(counts), 'finding')} in {counted(len(counts), 'document')}"
