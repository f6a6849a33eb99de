"""Artifacts: their bytes, and what each format says. Nothing that is read is run or unpickled."""

from mirage_lint.artifacts.content import Reader, Reading
from mirage_lint.artifacts.files import Stored
from mirage_lint.artifacts.readers import (
    csv_file,
    json_file,
    jsonl_file,
    metafile,
    mlx_adapter,
    notebook,
    peft_adapter,
    python_script,
    shell_script,
    toml_file,
    trainer_state,
    training_args,
    yaml_file,
)
from mirage_lint.errors import MirageError

READERS: tuple[Reader, ...] = (
    peft_adapter,
    mlx_adapter,
    trainer_state,
    training_args,
    notebook,
    json_file,
    jsonl_file,
    csv_file,
    toml_file,
    metafile,
    yaml_file,
    python_script,
    shell_script,
)
"""Every format, the particular before the general: the first that matches reads the file."""

_HEAD = 2**16


def read(stored: Stored) -> Reading:
    """What ``stored`` says, by the first reader that matches it.

    Raises MirageError if none does, or if the file is broken.
    """
    reader = reader_of(stored.path, stored.data)
    if reader is None:
        known = ", ".join(reader.NAME for reader in READERS)
        raise MirageError(stored.path, "is of no known format", f"known are: {known}")
    return Reading(reader.read(stored.data, stored.path), reader.TIER, reader.NAME)


def reader_of(path: str, data: bytes) -> Reader | None:
    """The first reader that matches an artifact by its path and its first bytes."""
    plain, head = path.replace("::", "/"), data[:_HEAD]
    return next((reader for reader in READERS if reader.matches(plain, head)), None)
