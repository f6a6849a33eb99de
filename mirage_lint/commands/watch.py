"""``watch``: check, and check again what changes touch, until Ctrl-C."""

import gc
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, NoReturn, TextIO

from mirage_lint.artifacts import extras
from mirage_lint.commands import delivery
from mirage_lint.errors import MirageError
from mirage_lint.reports.paint import BOLD, painted
from mirage_lint.reports.printable import printable
from mirage_lint.system import terminal
from mirage_lint.watching.watch import Look, Watch

_SETTLED = 200
"""Milliseconds from when folders are watched until what happened before that is looked for."""
_MOST_FAILURES = 5
_MOST_NAMES, _MOST_NOTES = 5, 20


def run(arguments: SimpleNamespace, out: TextIO) -> NoReturn:
    """Check and tell, again and again.

    Ends with KeyboardInterrupt, or with MirageError where there is nothing to watch.
    """
    library = extras.module("watchfiles", "watch", "watch")
    if "-" in arguments.paths:
        raise MirageError("-", "cannot be watched", "name documents or folders")
    gc.enable()  # many checks in one run
    watch = Watch(arguments)
    looks = (watch.look() for _ in _wakes(library.watch, watch.folders))
    first = next(filter(None, looks))
    _tell(first, "watching; Ctrl-C ends", arguments, out)
    for look in filter(None, looks):
        out.write("\n")
        _tell(look, _happened(look), arguments, out)
    raise AssertionError("it never ends by itself")


def _wakes(watch: Callable[..., Any], folders: Callable[[], list[str]]) -> Iterator[None]:
    """One at once, and one each time that something may have changed in the folders."""
    yield
    failures = 0
    while True:
        files = {"watch_filter": None, "recursive": False}
        try:
            waits = watch(*folders(), **files, rust_timeout=_SETTLED, yield_on_timeout=True)
            for number, changes in enumerate(waits):
                failures = 0
                if changes or not number:
                    yield
                if changes:
                    break  # other folders may matter now
        except (OSError, RuntimeError) as error:  # one went meanwhile, or a name is no text
            failures += 1
            if failures > _MOST_FAILURES:
                problem = f"the folders cannot be watched ({error})"
                mend = "watch fewer, or set WATCHFILES_FORCE_POLLING=1"
                raise MirageError("watch", problem, mend) from None
            yield


def _tell(look: Look, what: str, arguments: SimpleNamespace, out: TextIO) -> None:
    colour = terminal.is_coloured(out)
    head = f"{time.strftime('%H:%M:%S')} {printable(what)}"
    out.write(f"{painted(head, BOLD, colour)}\n")
    out.writelines(f"{printable(line)}\n" for line in look.notes[:_MOST_NOTES])
    if (more := len(look.notes) - _MOST_NOTES) > 0:
        out.write(f"and {more} more\n")
    if look.report:
        delivery.deliver(look.report, arguments.output_format, (), out)
    if look.unread:
        was = "document was" if look.unread == 1 else "documents were"
        out.write(f"{look.unread} {was} not checked.\n")
    out.flush()


def _happened(look: Look) -> str:
    """What changed, in one line."""
    names: dict[str, list[str]] = {}
    for what, name in look.changes:
        names.setdefault(what, []).append(name)
    told = (f"{what}: {_some(found)}" for what, found in names.items())
    return "; ".join(told) or "looked again"


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
