"""Artifacts: their bytes, and what each format says. Nothing that is read is run or unpickled."""

from collections.abc import Sequence

from mirage_lint.artifacts.content import Reader, Reading
from mirage_lint.artifacts.files import Stored
from mirage_lint.artifacts.readers import (
    csv_file,
    dvc_lock,
    eval_results,
    excel_file,
    json_file,
    jsonl_file,
    makefile,
    markdown_tables,
    metafile,
    mlflow_metric,
    mlflow_param,
    mlx_adapter,
    model_card,
    notebook,
    parquet_file,
    peft_adapter,
    python_script,
    shell_script,
    tensorboard_events,
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
    mlflow_metric,
    mlflow_param,
    tensorboard_events,
    dvc_lock,
    eval_results,
    model_card,
    notebook,
    json_file,
    jsonl_file,
    csv_file,
    parquet_file,
    excel_file,
    toml_file,
    metafile,
    yaml_file,
    python_script,
    shell_script,
    makefile,
    markdown_tables,
)
"""Every format, the particular before the general: the first that matches reads the file."""

_HEAD = 2**16


def read(stored: Stored, readers: Sequence[Reader] = READERS) -> Reading:
    """What ``stored`` says, by the first of ``readers`` that matches it.

    Raises MirageError if none does, or if the file is broken.
    """
    reader = reader_of(stored, readers)
    if reader is None:
        known = ", ".join(reader.NAME for reader in readers)
        raise MirageError(stored.path, "is of no known format", f"known are: {known}")
    return Reading(reader.read(stored.data, stored.path), reader.TIER, reader.NAME)


def reader_of(stored: Stored, readers: Sequence[Reader] = READERS) -> Reader | None:
    """The first of ``readers`` that matches an artifact by its path and its first bytes."""
    plain, head = stored.path.replace("::", "/"), stored.data[:_HEAD]
    return next((reader for reader in readers if reader.matches(plain, head)), None)
