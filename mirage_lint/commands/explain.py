"""``explain``: a rule's manual page, or how the claims of a line were read."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from inspect import getdoc
from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

from mirage_lint.binding.binding import Binding
from mirage_lint.checking.collect import Target, targets
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError
from mirage_lint.reports.printable import place, printable
from mirage_lint.rules.catalog import RULES

_PLACE = re.compile(r"(.+?):(\d{1,9})(?::(\d{1,9}))?:?")


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Print the page of a rule, or the readings of the claims at ``FILE:LINE``; always 0."""
    found = _PLACE.fullmatch(arguments.subject)
    if found:
        file, line, column = found[1], int(found[2]), int(found[3] or 0)
        out.writelines(_place(arguments, file, line, column))
    else:
        out.write(f"{_page(arguments.subject)}\n")
    return 0


def _page(code: str) -> str:
    """What the rule finds, why it is bad, a bad and a good example."""
    pages = {name: rule for rule in RULES for name in (rule.CODE, rule.NAME)}
    names = {name.lower(): name for name in pages}
    name = names.get(code.lower())
    if name is None:
        near = get_close_matches(code.lower(), names, n=1)
        mend = f"did you mean {names[near[0]]}?" if near else ""
        known = ", ".join(rule.CODE for rule in RULES)
        raise MirageError(code, "no such rule", mend or f"the rules are {known}; or give FILE:LINE")
    return getdoc(pages[name]) or ""


def _place(arguments: SimpleNamespace, file: str, line: int, column: int) -> Iterator[str]:
    """The claims of a line, or those that stand at its column where one is given and some do."""
    from mirage_lint.checking.engine import Checker
    from mirage_lint.explaining.claims import explain

    target = _target(arguments, file)
    source = target.read()
    if not 1 <= line <= len(source.line_starts):
        lines = f"it has lines 1 to {len(source.line_starts)}"
        raise MirageError(f"{file}:{line}", "is no line of it", lines)
    checker = Checker(target.claims)

    def bind(text: Source) -> list[Binding]:
        return checker.bind(text, target.path).bindings

    found = _at(bind(source), source, line, column)
    for span, binding in found:
        text = printable(" ".join(source.text[slice(*span)].split()))
        yield f"{place(source.path, *source.position(span[0]))}: {text} ({binding.claim.kind})\n"
        for label, told in explain(binding, source, checker.index, bind):
            yield f"  {label + ':':<9} {printable(told)}\n"
    if not found:
        yield f"{place(source.path, line, 1)}: nothing on this line is read as a claim\n"


def _target(arguments: SimpleNamespace, file: str) -> Target:
    if Path(file).is_dir():
        raise MirageError(file, "is a folder", "name a document and a line of it, as README.md:12")
    named = SimpleNamespace(**{**vars(arguments), "paths": [file], "stdin_filename": None})
    (target,) = targets(named)
    return target


def _at(
    bindings: Iterable[Binding], source: Source, line: int, column: int
) -> list[tuple[tuple[int, int], Binding]]:
    """The claims of a line with their spans."""
    found = []
    for one in bindings:
        span = one.claim.passage.source_span(one.claim.start, one.claim.end)
        if source.position(span[0])[0] <= line <= source.position(span[1])[0]:
            found.append((span, one))
    offset = source.line_starts[line - 1] + column - 1
    return [one for one in found if column and one[0][0] <= offset < one[0][1]] or found
