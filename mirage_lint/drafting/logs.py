"""What an artifact logged in the course of a run: lists of objects, of which a number that only
grows tells one from the next.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from mirage_lint.artifacts import json_text
from mirage_lint.artifacts.content import Record
from mirage_lint.drafting.keys import is_setting
from mirage_lint.drafting.rows import Rows, is_number, joined
from mirage_lint.registry import values

MAX_LOGGED = 50
"""Entries of a log that is drafted: prose tells of some epochs, not of every step."""


def series(root: object) -> list[Rows]:
    """The logs of a nested artifact, entries of one kind together, each with its key."""
    items = root.items() if isinstance(root, dict) else ()
    return [rows for name, item in items for rows in _kinds(joined("", name), item)]


def _kinds(path: str, listed: object) -> Iterator[Rows]:
    """Entries by the column that only their kind has."""
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        return
    records = json_text.records(listed)
    marks = _marks(records)
    for mark in marks:
        kind = tuple(record for record in records if mark in record)
        key = _key(kind, marks)
        if key and len(kind) > 1:
            chosen = f"[?{joined('', mark)}]" if len(kind) < len(records) else ""
            yield Rows(path + chosen, kind, key)


def _marks(records: Sequence[Record]) -> list[str]:
    """One column for each kind of entry, that no other kind has: a measure before a setting."""
    kinds: dict[frozenset[str], list[str]] = {}
    for record in records:
        kinds.setdefault(frozenset(record), list(record))
    found = []
    for columns, names in kinds.items():
        others = {name for other in kinds if other != columns for name in other}
        own = [name for name in names if name not in others and is_number_in(records, name)]
        found += sorted(own, key=is_setting)[:1]
    return found


def is_number_in(records: Sequence[Record], name: str) -> bool:
    """Whether a column holds numbers alone, none of them nought: JMESPath takes no text for it."""
    return all(is_number(record[name]) for record in records if name in record)


def _key(kind: Sequence[Record], marks: Sequence[str]) -> str:
    """The column that grows from each entry to the next: whole numbers rather than others."""
    shared = [name for name in kind[0] if name not in marks and all(name in one for one in kind)]
    growing = [name for name in shared if _grows([values.parse(one[name]) for one in kind])]
    whole = [name for name in growing if all(one[name].isdecimal() for one in kind)]
    return next(iter((*whole, *growing)), "")


def _grows(cells: Sequence[values.Value | None]) -> bool:
    exact = [values.exact(cell.text) if cell else None for cell in cells]
    numbers = [one for one in exact if isinstance(one, Fraction)]
    return len(numbers) == len(cells) and all(before < after for before, after in pairwise(numbers))
