"""A broken rule at a place, ready to be reported."""

from __future__ import annotations

from mirage_lint.binding.binding import Binding
from mirage_lint.core.edits import Edit
from mirage_lint.core.record import NamedTuple

ERROR, WARNING = "error", "warning"

ACROSS = frozenset({"MIR302"})
"""Rules about several documents: whether they find anything depends on which are checked."""


class Fix(NamedTuple):
    """Edits of the document's source that mend a finding; not ``safe`` where the author may have
    meant something else.
    """

    safe: bool
    edits: tuple[Edit, ...]


class Touch(NamedTuple):
    """The commit that last touched something, and its day; both are empty where that is not
    committed. Not ``is_exact`` where what it holds may be older.
    """

    commit: str
    day: str
    is_exact: bool = True


LINE, VALUE, OTHER = "line", "value", "other"


class History(NamedTuple):
    """When the line of a finding was touched, and when what it is held against: the ``side`` is
    VALUE, or OTHER for a line of another document. Of a value, ``lock`` is the path of the lock
    where that tells it and no artifact does, ``was`` the value before that, if it is known.
    ``newer`` is LINE, the side, or empty where git does not tell.
    """

    line: Touch
    against: Touch
    side: str = VALUE
    lock: str = ""
    was: str = ""
    newer: str = ""


class Place(NamedTuple):
    """Lines of a document, from the first to the last, counted from 1, and what they say there; the
    path is as reported.
    """

    path: str
    first: int
    last: int
    text: str


class Finding(NamedTuple):
    """A broken rule: where, what, and the binding it rests on.

    ``path`` is the document's as reported; ``start`` and ``end`` are code points of its source.
    ``binding`` is None for findings about the registry itself. ``fix`` and ``history`` are worked
    out only where they are asked for. ``others`` are where the same is told otherwise, for rules
    about several documents.
    """

    path: str
    start: int
    end: int
    code: str
    rule: str
    severity: str
    message: str
    binding: Binding | None = None
    fix: Fix | None = None
    history: History | None = None
    others: tuple[Place, ...] = ()


class Change(NamedTuple):
    """Edits that go together, and the findings of which nothing is to be left behind them."""

    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
