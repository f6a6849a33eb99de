"""Metrics that were logged step by step: their course, and the last, least and greatest of each."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

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
    courses: dict[str, list[Record]] = {}
    for row in filter(_is_measured, records):
        courses.setdefault(row["metric"], []).append(row)
    root = {
        "last": last,
        "min": {name: min(course, key=_value) for name, course in courses.items()},
        "max": {name: max(course, key=_value) for name, course in courses.items()},
    }
    return Content(told=tuple(_losses(last)), records=records, root=root)


def _is_measured(row: Record) -> bool:
    return values.is_number(row["value"]) and not {"%", "/"} & set(row["value"])


def _value(row: Record) -> Decimal:
    return Decimal(row["value"])


def _losses(last: dict[str, Record]) -> Iterator[Datum]:
    known = vocabulary.load("formats")["logged"]
    for name in filter(last.__contains__, known):
        pointer = values.pointer("last", name, "value")
        item = fields.known(known[name], last[name]["value"], pointer)
        if item:
            yield item
