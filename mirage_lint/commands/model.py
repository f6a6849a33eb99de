"""``model``: how a model name is read, and whether two agree."""

from types import SimpleNamespace
from typing import TextIO

from mirage_lint.core.modelname import describe, difference, parse, states_as_much
from mirage_lint.errors import MirageError
from mirage_lint.reports.printable import printable


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Print the parts of one name, or the answer for two; 1 where they differ."""
    names: list[str] = arguments.name
    if len(names) > 2:
        raise MirageError("model", f"{len(names)} names given", "give one or two, in quotes")
    parsed = [parse(name) for name in names]
    if len(parsed) == 2:
        part = difference(*parsed)
        if part:
            out.write(f"different in {part}\n")
        else:
            out.write("same\n" if states_as_much(*parsed) else "compatible (one says less)\n")
    for name in parsed:
        out.write(f"  {printable(f'{name.text}: {describe(name)}')}\n")
    return 1 if len(parsed) == 2 and difference(*parsed) else 0
