"""The arguments of a transformers Trainer: ``training_args.bin``, a pickle read without running it.

``torch.save`` writes it as a zip around a pickle, or, in its older form, as pickles in a row. Only
the listed training settings leave this file: others may be secrets.
"""

import zipfile
from io import BytesIO

from mirage_lint.artifacts import archives, fields, pickled
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA
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
            return Content(tuple(fields.of_training("training_args", settings.get)))
    raise MirageError(where, "holds no training arguments", "check that it is the right file")


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
