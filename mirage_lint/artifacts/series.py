"""Metrics that were logged step by step: their course, and the last, least and greatest of each."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from mirage_lint import vocabulary
from mirage_lint.artifacts import fields, values
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.core.facts import Datum


def content(rows: Iterable[Record]) -> Content:
    """What a log says: rows of ``metric``, ``step`` and ``value``, in the order of the log.

    ``last.*`` are the rows of the last values, ``/last/loss/value`` is one of them; ``min`` and
    ``max`` likewise, of the values that are numbers. The last losses are facts unasked.
    """
    records = tuple(rows)
    last = {row["metric"]: row for row in records}
    measured = [row for row in records if _is_measured(row)]
    root = {
        "last": last,
        "min": _first(sorted(measured, key=_value)),
        "max": _first(sorted(measured, key=_value, reverse=True)),
    }
    return Content(told=tuple(_losses(last)), records=records, root=root)


def _first(rows: Iterable[Record]) -> dict[str, Record]:
    """Per metric its first row."""
    found: dict[str, Record] = {}
    for row in rows:
        found.setdefault(row["metric"], row)
    return found


def _is_measured(row: Record) -> bool:
    return values.is_number(row["value"]) and not row["value"].endswith("%")


def _value(row: Record) -> Fraction:
    return Fraction(row["value"])


def _losses(last: dict[str, Record]) -> Iterator[Datum]:
    known = vocabulary.load("formats")["logged"]
    for name in filter(last.__contains__, known):
        pointer = f"/last/{values.escaped(name)}/value"
        item = fields.known(known[name], last[name]["value"], pointer)
        if item:
            yield item
