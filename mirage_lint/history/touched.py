"""What tells when something was touched."""

from __future__ import annotations

from math import inf

from mirage_lint.core.record import NamedTuple
from mirage_lint.history.trace import Trace
from mirage_lint.rules.finding import Touch


class Evidence(NamedTuple):
    """A touch with its time in seconds; of a value in a lock, the path of that, and the value that
    stood there before, if that is known.
    """

    seconds: float
    touch: Touch
    lock: str = ""
    was: str = ""


NOW = inf
"""When that was touched which is not committed."""


def evidence(trace: Trace, text: str) -> Evidence:
    """When a line came to tell ``text``: surely then only where it had stood nowhere before, and
    nothing of what it came for told that.
    """
    change = trace.change
    is_new = bool(change and not change.stood(trace.origin.line) and not change.lost_tell(text))
    return Evidence(trace.origin.seconds, touch(trace, is_exact=is_new))


def touch(trace: Trace, *, is_exact: bool) -> Touch:
    """The commit of a trace."""
    return Touch(trace.origin.commit, trace.origin.day, is_exact)
