"""Lines of a lock: what each is about, and the value that it tells."""

from __future__ import annotations

import json

from mirage_lint.core.facts import Artifact, Fact
from mirage_lint.core.interval import stored
from mirage_lint.core.record import NamedTuple
from mirage_lint.history.lines import holding
from mirage_lint.registry import lines, lock

_KIND_AND_ID, _KIND_AND_PATH = 5, 2
"""Items of a line that tell what it is about."""


class Told(NamedTuple):
    """A value in the one form that all ways to write it have, and as it is written; the digest of
    an artifact is nothing to be read.
    """

    value: str
    text: str


def beginning(of: Fact | Artifact) -> str:
    """How all lines begin that tell a value of that, this or another."""
    if isinstance(of, Fact):
        items = lines.fact_line(of)[:_KIND_AND_ID]
    else:
        items = lines.artifact_line(of)[:_KIND_AND_PATH]
    return f"{lock.encode(items).removesuffix(']')}, "


def told(of: Fact | Artifact) -> Told:
    """Its value."""
    if isinstance(of, Artifact):
        return Told(of.digest, "")
    is_number = of.kind == "number"
    return Told(str(stored(of.value, of.unit)[0]) if is_number else of.value, of.value)


def told_in(text: str, start: str) -> dict[int, Told]:
    """What the lines of a lock tell that begin with ``start``, by their numbers."""
    read = ((number, _read(line)) for number, line in holding(text, start))
    return {number: told(one) for number, one in read if one}


def _read(line: str) -> Fact | Artifact | None:
    """None where a line is broken, or of another version."""
    try:
        items = json.loads(line)
        made: Fact | Artifact = lines.MAKERS[items[0]](items)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    return made
