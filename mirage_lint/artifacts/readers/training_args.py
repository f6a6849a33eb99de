"""The arguments of a transformers Trainer: ``training_args.bin``, a pickle read without running it.

``torch.save`` writes it as a zip around a pickle, or, in its older form, as pickles in a row. What
keys that end in "token" hold are secrets, and stay in this file.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from mirage_lint.artifacts import archives, fields, pickled, values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA, Datum
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "training arguments"

_ZIP = b"PK\x03\x04"


def matches(path: str, head: bytes) -> bool:
    """By the name that transformers gives it."""
    return path.endswith("training_args.bin")


def read(data: bytes, where: str) -> Content:
    """Its training settings, and all other plain values, by attribute name."""
    for value in pickled.load(_pickle(data, where), where):
        settings = value.state if isinstance(value, pickled.Opaque) else value
        if isinstance(settings, dict) and "num_train_epochs" in settings:
            told = fields.of_training("training_args", settings.get)
            return Content(tuple(told), data=tuple(_plain(settings, where)))
    raise MirageError(where, "holds no training arguments", "check that it is the right file")


def _plain(settings: dict[str, Any], where: str) -> Iterator[Datum]:
    """Numbers and texts at ``key``, those of nested settings at ``key/key``."""
    for datum in values.leaves(settings, where):
        pointer = datum.pointer.removeprefix("/")
        if not any(part.lower().endswith("token") for part in pointer.split("/")):
            yield datum._replace(pointer=pointer)


def _pickle(data: bytes, where: str) -> bytes:
    if not data.startswith(_ZIP):
        return data
    try:
        with zipfile.ZipFile(BytesIO(data)) as members:
            names = [name for name in members.namelist() if name.endswith("/data.pkl")]
    except Exception:  # a damaged zip raises almost any kind
        raise MirageError(where, "is a damaged zip", "fetch it again") from None
    if not names:
        raise MirageError(where, "is a zip without the data.pkl that torch.save writes")
    return archives.member(BytesIO(data), names[0], where, pickled.MAX_PICKLE)
