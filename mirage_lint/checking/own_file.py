"""Pages that have a file of their own: ``ranking.md`` is made from the ``ranking.csv`` beside it.
No file elsewhere tells its numbers, as far as a draft knows.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.slots import FILE
from mirage_lint.claims.claim import QUANTITIES
from mirage_lint.core import words

_DATA = (".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".parquet", ".xlsx")
"""What results end in, whether or not the registry has any of them."""
_MOST_FILES = 10_000
_FEWEST_WORDS = 2
"""Words at the start of two names that make them those of one thing, but for the last of each."""


def without(bindings: Sequence[Binding], index: Index, page: Path, directory: str) -> list[Binding]:
    """The bindings of ``page``, which lies in ``directory``; numbers are not called wrong by files
    elsewhere where it has a file of its own, and the text does not name the other.
    """
    wrong = [one for one in bindings if _is_judged(one, index)]
    own = {f"{directory}/{name}".lstrip("/") for name in _own(page)} if wrong else set()
    if not own:
        return list(bindings)
    elsewhere = {
        id(one) for one in wrong if own.isdisjoint(fact.source.artifact for fact in one.facts)
    }
    return [
        Binding(one.claim, UNBOUND, one.facts) if id(one) in elsewhere else one for one in bindings
    ]


def _is_judged(one: Binding, index: Index) -> bool:
    is_number = one.claim.kind in QUANTITIES and one.equation is None and bool(one.facts)
    is_wrong = one.status == CONTRADICTED and one.run_by != FILE
    return is_wrong and is_number and index.may_be_of_others(one.facts)


def _own(page: Path) -> list[str]:
    """The files of data beside a page that are called like it."""
    try:
        with os.scandir(page.parent) as entries:
            names = [one.name for one, _ in zip(entries, range(_MOST_FILES), strict=False)]
    except OSError:
        return []
    called = words.split(page.stem.lower())
    return [
        name
        for name in names
        if name.endswith(_DATA) and _is_alike(called, words.split(Path(name).stem.lower()))
    ]


def _is_alike(one: list[str], other: list[str]) -> bool:
    """Whether two names are the same, or but for the last word of each: "a_b_report", "a_b"."""
    if one == other:
        return True
    same = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return same >= _FEWEST_WORDS and max(len(one), len(other)) - same <= 1
