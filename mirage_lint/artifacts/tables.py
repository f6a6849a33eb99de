"""Rows of tables that are laid out for people: Markdown and spreadsheets."""

from collections import Counter
from collections.abc import Iterable, Sequence

from mirage_lint.artifacts.content import Record


def rows(head: Sequence[str], body: Iterable[Sequence[str]]) -> tuple[Record, ...]:
    """The rows of a table, by the names in its head; missing cells are empty.

    A column without a name, or with that of another, is left out: nothing could tell which is
    meant. The first alone may have none, as a column of row labels often has.
    """
    counts = Counter(head)
    kept = [
        (index, name)
        for index, name in enumerate(head)
        if (counts[name] == 1 if name else index == 0)
    ]
    return tuple(
        {name: row[index] if index < len(row) else "" for index, name in kept} for row in body
    )
