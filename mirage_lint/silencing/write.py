"""Comments that silence findings, as they would be put into a document."""

import json
import re
from collections.abc import Callable, Iterable

from mirage_lint.core.edits import Edit
from mirage_lint.documents.comments import Found, find
from mirage_lint.documents.source import Source, front_matter
from mirage_lint.errors import MirageError
from mirage_lint.rules.finding import Change, Finding

_HEADING = re.compile(r"[ \t>]*#")
_LEAD = re.compile(r"[ \t>]*")


_Moves = tuple[Callable[[int, int], tuple[int, int]], Callable[[int], int]]
"""Tells where a span of what is read stands in the source, and the other way round."""

_AS_IS: _Moves = (lambda start, end: (start, end), lambda offset: offset)


_Put = tuple[int, str]
"""Where a comment is put in, and it, with % for what it orders."""


def checked(reason: str) -> str:
    """A reason that a comment can hold; raises MirageError for another."""
    if any(sign in reason for sign in ('"', "-->", "--!>", "\n", "\r")):
        problem = "--reason: holds a quote, a line end or the end of a comment"
        raise MirageError("check", problem, "write it without")
    return reason


def comments(source: Source, findings: Iterable[Finding], reason: str) -> list[Change]:
    """A comment for each line with findings."""
    text, moves = source, _AS_IS
    escaped: Callable[[str], str] = str
    if source.path.endswith(".ipynb"):
        from mirage_lint.documents import notebook

        text, place = notebook.cells(source)
        moves, escaped = (place, _inverse(text, place)), _as_json
    place, back = moves
    found = find(text)
    puts: dict[_Put, list[Finding]] = {}
    for one in findings:
        line = text.position(back(one.start))[0] - 1
        puts.setdefault(_put(text, found, line), []).append(one)
    made = []
    for (at, form), here in puts.items():
        end = place(at - 1, at)[1] if at else 0
        told = form.replace("%", _order(here, reason))
        made.append(Change((Edit(end, end, escaped(told)),), tuple(here)))
    return made


def _order(findings: Iterable[Finding], reason: str) -> str:
    codes = ", ".join(sorted({one.code for one in findings}))
    return f"ignore {codes}" + (f' reason="{reason}"' if reason else "")


def _put(source: Source, found: Found, line: int) -> _Put:
    """Where a line (from 0) is silenced."""
    if source.line_starts[line] < front_matter(source.text):
        return source.line_starts[1], "mirage-lint: %\n"
    start, text = source.line_starts[line], source.line(line + 1)
    block = next((one for one in found.blocks if one[0] <= line < one[1]), None)
    first = source.line(block[0] + 1) if block else ""
    if block and first.lstrip(" \t>").startswith(("```", "~~~")):
        return source.line_starts[block[0]], f"{_lead(first)}<!-- mirage-lint: % -->\n"
    if _HEADING.match(text):
        return start, f"{_lead(text)}<!-- mirage-lint: % -->\n"
    bare = text.rstrip()
    if block and bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1].rstrip()
    return start + len(bare.removesuffix("\\")), " <!-- mirage-lint: % -->"


def _lead(line: str) -> str:
    """The quotes and the indent that a line starts with."""
    match = _LEAD.match(line)
    return match[0] if match else ""


def _as_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _inverse(text: Source, place: Callable[[int, int], tuple[int, int]]) -> Callable[[int], int]:
    """From places of a notebook to those of its cells' text."""

    def back(offset: int) -> int:
        low, high = 0, len(text.text)
        while low < high:
            middle = (low + high) // 2
            if place(middle, middle + 1)[1] <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    return back
