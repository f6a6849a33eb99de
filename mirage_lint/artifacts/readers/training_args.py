"""The arguments of a transformers Trainer: ``training_args.bin``, a pickle read without running it.

``torch.save`` writes it as a zip around a pickle, or, in its older form, as pickles in a row. Only
the listed training settings leave this file: others may be secrets.
"""

import zipfile
from io import BytesIO
from typing import Any

from mirage_lint.artifacts import archives, fields, pickled
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
    """Its training settings, by attribute name."""
    for value in pickled.load(_pickle(data, where), where):
        settings = value.state if isinstance(value, pickled.Opaque) else value
        if isinstance(settings, dict) and "num_train_epochs" in settings:
            return Content(tuple(_settings(settings)))
    raise MirageError(where, "holds no training arguments", "check that it is the right file")


def _settings(settings: dict[str, Any]) -> list[Datum]:
    steps, warmup = settings.get("max_steps"), settings.get("warmup_steps")
    limited = isinstance(steps, int | float) and steps > 0  # overrides the number of epochs
    unused = {"num_train_epochs" if limited else "max_steps"}
    unused.add("warmup_ratio" if warmup else "warmup_steps")
    if (
        isinstance(warmup, float) and 0 < warmup < 1
    ):  # newer versions have this one setting for both
        settings = {**settings, "warmup_ratio": warmup}
        unused ^= {"warmup_ratio", "warmup_steps"}
    used = {key: value for key, value in settings.items() if key not in unused}
    return fields.of_format("training_args", used.get)


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
