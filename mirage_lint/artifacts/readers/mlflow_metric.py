"""Metrics in MLflow's file store: ``metrics/NAME`` of a run, a line for each value.

A line holds the time in milliseconds, the value and the step.
Source: https://mlflow.org/docs/latest/self-hosting/architecture/backend-store/
"""

import re

from mirage_lint.artifacts import series, text
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.artifacts.values import MAX_VALUES
from mirage_lint.core.facts import METADATA
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "MLflow metric"

_PATH = re.compile(r"(?:.*/)?metrics/(?P<name>.+)", re.DOTALL)
_LINE = re.compile(r"(?P<time>[0-9]{10,16}) (?P<value>\S+)(?: (?P<step>-?[0-9]{1,18})(?: \S.*)?)?")
_FIRST = re.compile(rb"[0-9]{12,14} [+-]?(?:[0-9]|nan|inf|NaN|Inf)\S*(?: -?[0-9]{1,18})?[ \r\n]")


def matches(path: str, head: bytes) -> bool:
    """By its folder, and a first line of time and value."""
    return _PATH.fullmatch(path) is not None and _FIRST.match(head) is not None


def read(data: bytes, where: str) -> Content:
    """Its values in the order in which MLflow has them: by step, then by time."""
    path = _PATH.fullmatch(where.replace("::", "/"))
    lines = text.decode(data, where).rstrip().split("\n")
    if len(lines) > MAX_VALUES:
        raise MirageError(where, f"holds more than {MAX_VALUES:,} values, the most read")
    name = path["name"] if path else where
    numbered = enumerate(lines, start=1)
    rows = [_row(name, line.rstrip(), f"{where}:{number}") for number, line in numbered]
    return series.content(sorted(rows, key=_moment))


def _row(name: str, line: str, where: str) -> Record:
    found = _LINE.fullmatch(line)
    if found is None:
        raise MirageError(where, "is no line of time, value and step", "log the metric again")
    step, time = found["step"] or "0", found["time"]
    return {"metric": name, "step": step, "value": found["value"], "timestamp": time}


def _moment(row: Record) -> tuple[int, int]:
    return int(row["step"]), int(row["timestamp"])
