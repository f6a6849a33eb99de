"""TensorBoard's event files, ``events.out.tfevents.*``: the scalars in them.

A file holds an event to a record, in the wire format of Protocol Buffers. Images, graphs and
histograms are passed over. Scalars are mostly stored in 32 bits, and told by the shortest text that
stands for those bits.
Source: https://github.com/tensorflow/tensorboard, folder tensorboard/compat/proto
"""

import struct
from collections.abc import Iterator

from mirage_lint.artifacts import series, tfrecords, values, wire
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.core.facts import METADATA
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "TensorBoard events"

_STEP, _SUMMARY = 2, 5
_VALUE = 1
_TAG, _SIMPLE, _TENSOR = 1, 2, 8
_DTYPE, _SHAPE, _PACKED, _FLOATS, _DOUBLES = 1, 2, 4, 5, 6
"""Numbers of fields: of an event, of its summary, of a value in that, and of a tensor."""

_FORMATS = {1: "<f", 2: "<d"}
"""Types of tensors that can be scalars, and how one is packed."""


def matches(path: str, head: bytes) -> bool:
    """By the name that all its writers give it."""
    return "events.out.tfevents." in path.rpartition("/")[2]


def read(data: bytes, where: str) -> Content:
    """Its scalars, in rows of metric (which is their tag), step and value."""
    rows: list[Record] = []
    for record in tfrecords.records(data, where):
        try:
            found = list(_scalars(record.content))
        except ValueError:
            problem = f"holds no event at byte {record.start:,}"
            raise MirageError(where, problem, "check that it is the right file") from None
        if found:
            record.check(where)
            rows += found
        if len(rows) > values.MAX_VALUES:
            raise MirageError(where, f"holds more than {values.MAX_VALUES:,} values, the most read")
    return series.content(sorted(rows, key=lambda row: int(row["step"])))


def _scalars(event: bytes) -> Iterator[Record]:
    parts = dict(wire.fields(event))
    step = struct.unpack("<q", parts.get(_STEP, bytes(8)))[0] if _SUMMARY in parts else 0
    for field in wire.fields(parts.get(_SUMMARY, b"")):
        if field.number == _VALUE:
            value = dict(wire.fields(field.content))
            text = _text(value)
            if text is not None:
                tag = value.get(_TAG, b"").decode("utf-8")
                yield {"metric": tag, "step": str(step), "value": text}


def _text(value: dict[int, bytes]) -> str | None:
    """The scalar that a value holds, plainly or as a tensor of no dimensions; None for others."""
    if _SIMPLE in value:
        return _number("<f", value[_SIMPLE])
    tensor = dict(wire.fields(value.get(_TENSOR, b"")))
    layout = _FORMATS.get(int.from_bytes(tensor.get(_DTYPE, b""), "little"))
    if layout is None or tensor.get(_SHAPE):
        return None
    for place in (_PACKED, _FLOATS, _DOUBLES):
        if place in tensor:
            return _number(layout, tensor[place])
    return None


def _number(layout: str, packed: bytes) -> str:
    if len(packed) != struct.calcsize(layout):
        raise ValueError("a scalar is of another size")
    return values.shortest(struct.unpack(layout, packed)[0], layout)
