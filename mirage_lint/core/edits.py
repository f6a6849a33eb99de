"""Changes to a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mirage_lint.core.record import NamedTuple


class Edit(NamedTuple):
    """What stands from ``start`` to ``end``, in code points, becomes ``text``."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all edits in it, none of which overlap."""
    return "".join(_parts(text, edits))


def _parts(text: str, edits: Iterable[Edit]) -> Iterator[str]:
    end = 0
    for edit in sorted(edits):
        yield text[end : edit.start]
        yield edit.text
        end = edit.end
    yield text[end:]
