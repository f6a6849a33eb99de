"""Rows and texts that come out the same on every machine: no chance, no clock, no locale."""

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

Row = Mapping[str, object]
"""One record: column to value, in column order."""


def as_csv(rows: Sequence[Row]) -> bytes:
    """A CSV with the columns of the first row; no value here holds a comma or a quote."""
    lines = [",".join(rows[0]), *(",".join(str(value) for value in row.values()) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def as_json(value: object) -> bytes:
    """Indented JSON with a final newline, as training libraries write it."""
    return (json.dumps(value, indent=2) + "\n").encode()


def spread(count: int, total: int, start: int = 0) -> set[int]:
    """``count`` of the indices 0 .. ``total`` - 1, evenly apart, turned by ``start``."""
    return {(start + place * total // count) % total for place in range(count)}


def scatter(total: int, count: int) -> list[int]:
    """``count`` integers around their mean, none far from it, that add up to ``total``."""
    values = [total // count + (2 * rank - count + 1) // 4 for rank in range(count)]
    left = total - sum(values)
    return [value + (left + count - 1 - rank) // count for rank, value in enumerate(values)]


def mean(values: Iterable[Fraction]) -> str:
    """The mean as a float's shortest text, as pandas would have written it."""
    numbers = tuple(values)
    return repr(float(sum(numbers, Fraction(0)) / len(numbers)))
