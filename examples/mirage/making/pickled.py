"""``training_args.bin`` as ``torch.save`` lays it out, written without torch or transformers.

The layout is torch's zip: every record under one top folder, stored uncompressed, its bytes on a
64-byte border reached by an extra field ``FB`` in its header. The pickle (protocol 2) names
classes of ``transformers``, for which stand-ins take their place while it is written.
"""

import io
import pickle
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType

_LOCAL_HEADER = 30
_EXTRA_HEADER = 4
_ALIGNMENT = 64


class TrainingArguments:
    """Stands in for ``transformers.training_args.TrainingArguments``: plain attributes."""

    __module__ = "transformers.training_args"


class _Choice:
    """Stands in for the string enumerations of ``transformers``, pickled as class and value."""

    def __init__(self, value: str) -> None:
        self.value = value

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (sys.intern(self.value),)


class IntervalStrategy(_Choice):
    """Stands in for ``transformers.trainer_utils.IntervalStrategy``."""

    __module__ = "transformers.trainer_utils"


class SchedulerType(_Choice):
    """Stands in for ``transformers.trainer_utils.SchedulerType``."""

    __module__ = "transformers.trainer_utils"


@contextmanager
def _stand_ins() -> Iterator[None]:
    """Lets pickle find the stand-ins by the names that they go by."""
    before = dict(sys.modules)
    for kind in (TrainingArguments, IntervalStrategy, SchedulerType):
        module = sys.modules.setdefault(kind.__module__, ModuleType(kind.__module__))
        setattr(module, kind.__name__, kind)
    sys.modules["transformers"] = ModuleType("transformers")
    try:
        yield
    finally:
        sys.modules.clear()
        sys.modules.update(before)


def _arguments(fields: Mapping[str, object]) -> TrainingArguments:
    """The stand-in with ``fields``; equal strings are one object, so that memos never differ."""
    arguments = TrainingArguments()
    for name, value in fields.items():
        shared = sys.intern(value) if isinstance(value, str) else value
        setattr(arguments, sys.intern(name), shared)
    return arguments


def _store(archive: zipfile.ZipFile, stream: io.BytesIO, name: str, data: bytes) -> None:
    """Adds one stored record whose data starts on a 64-byte border."""
    record = zipfile.ZipInfo(name)
    start = stream.tell() + _LOCAL_HEADER + len(name) + _EXTRA_HEADER
    padding = -start % _ALIGNMENT
    record.extra = b"FB" + padding.to_bytes(2, "little") + b"Z" * padding
    record.create_system = 0
    archive.writestr(record, data)


def training_arguments(fields: Mapping[str, object]) -> bytes:
    """The file's bytes; ``fields`` are the attributes of the pickled arguments, in order."""
    with _stand_ins():
        pickled = pickle.dumps(_arguments(fields), protocol=2)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        _store(archive, stream, "training_args/data.pkl", pickled)
        _store(archive, stream, "training_args/byteorder", b"little")
        _store(archive, stream, "training_args/version", b"3\n")
        _store(archive, stream, "training_args/.data/serialization_id", b"0" * 40)
    return stream.getvalue()
