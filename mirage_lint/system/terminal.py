"""The terminal that a stream is: its colours, its width, and what is shown while work goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO, TypeVar

    T = TypeVar("T")

_WAIT, _PAUSE = 1.0, 0.1
"""Seconds until work is shown at all, and between two times that it is."""
_CLEAR = "\r\033[K"


def is_coloured(out: TextIO) -> bool:
    """Whether ``out`` takes colours: what people say comes first, see no-color.org and
    force-color.org.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return _is_able(out)


def columns(out: TextIO) -> int:
    """The width of the terminal that ``out`` is, 0 where it is none."""
    if not out.isatty():
        return 0
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal():
        return int(told)
    try:
        return os.get_terminal_size(out.fileno()).columns
    except (OSError, ValueError):
        return 0


def watched(
    items: Sequence[T],
    name: Callable[[T], str],
    out: TextIO | None,
    clock: Callable[[], float] = monotonic,
) -> Iterator[T]:
    """The items, one by one; where ``out`` is a terminal and they take long, it shows which."""
    if out is None or not _is_able(out):
        yield from items
        return
    due, is_shown = clock() + _WAIT, False
    try:
        for number, item in enumerate(items, start=1):
            if (now := clock()) >= due:
                line = f"{number} of {len(items)}: {name(item)}"
                out.write(f"{_CLEAR}{line[: (columns(out) or 80) - 1]}")
                out.flush()
                due, is_shown = now + _PAUSE, True
            yield item
    finally:
        if is_shown:
            out.write(_CLEAR)
            out.flush()


def _is_able(out: TextIO) -> bool:
    """Whether ``out`` is a terminal that knows more than to print."""
    return out.isatty() and os.environ.get("TERM") != "dumb"
