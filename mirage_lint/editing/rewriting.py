"""Documents changed where they lie: everything but the change stays as it was."""

import os
import re
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

from mirage_lint.core.edits import Edit, applied
from mirage_lint.documents import source as sources
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError
from mirage_lint.system import writing

_END = re.compile(r"\r\n?|\n")
_MARK = "\ufeff"


def rewrite(path: Path, source: Source, edits: Iterable[Edit]) -> None:
    """Make edits of ``source``, whose places are the text's as it was read, in its file.

    Line ends, a byte order mark and the mode stay. Raises MirageError where the file is not what
    was read, or cannot be written; it then stays as it is.
    """
    data = _bytes(path, source.path)
    text = data.decode("utf-8", "replace")
    if sources.make(source.path, text).text != source.text:
        raise MirageError(source.path, "has changed since it was read", "run this again")
    if not os.access(path, os.W_OK):
        raise MirageError(source.path, "cannot be written to", "check its rights")
    changed = applied(text, _moved(text, source, edits))
    writing.replace(path, changed, was=data)


def _moved(text: str, source: Source, edits: Iterable[Edit]) -> list[Edit]:
    """The edits in places of the file's text, whose line ends may be longer."""
    starts = [text.startswith(_MARK), *(match.end() for match in _END.finditer(text))]
    found = _END.search(text)
    line_end = found[0] if found else "\n"

    def moved(offset: int) -> int:
        line = bisect_right(source.line_starts, offset) - 1
        return starts[line] + offset - source.line_starts[line]

    return [
        Edit(moved(one.start), moved(one.end), one.text.replace("\n", line_end)) for one in edits
    ]


def _bytes(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise MirageError(shown, problem, "check path and rights") from None
