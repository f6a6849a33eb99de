"""Artifacts: their bytes, and what each format says. Nothing that is read is run or unpickled."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

from mirage_lint.artifacts.content import Content, Opener, Reader, Reading, Streamer
from mirage_lint.artifacts.files import POINTER, Stored
from mirage_lint.artifacts.readers import (
    axolotl,
    csv_file,
    dvc_lock,
    eval_results,
    excel_file,
    gguf_file,
    json_file,
    jsonl_file,
    llama_factory,
    lm_eval,
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
    safetensors_file,
    safetensors_index,
    sentence_transformers,
    shell_script,
    tensorboard_events,
    toml_file,
    trainer_results,
    trainer_state,
    training_args,
    transformers_config,
    yaml_file,
)
from mirage_lint.errors import MirageError

HEAD_READERS: tuple[Reader, ...] = (safetensors_file, gguf_file)
"""Formats of weights that need only the first bytes of a file, which may be of any size."""

READERS: tuple[Reader, ...] = (
    peft_adapter,
    mlx_adapter,
    trainer_state,
    trainer_results,
    training_args,
    lm_eval,
    sentence_transformers,
    transformers_config,
    safetensors_index,
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
    axolotl,
    llama_factory,
    yaml_file,
    python_script,
    shell_script,
    makefile,
    markdown_tables,
    *HEAD_READERS,
)
"""Every format, the particular before the general: the first that matches reads the file."""

STREAMED: tuple[Streamer, ...] = (csv_file, jsonl_file)
"""Formats of rows, whose files may be of any size."""

LARGE = 4 * 2**20
"""Bytes up to which the rows of a file are kept; those of a larger one are read each time anew."""

_HEAD = 2**16


def read(
    stored: Stored, readers: Sequence[Reader] = READERS, opener: Opener | None = None
) -> Reading:
    """What ``stored`` says, by the first of ``readers`` that matches it.

    ``opener`` opens a large file of rows again. Raises MirageError if no reader matches, if
    the file is broken, or not here.
    """
    if not stored.is_here:
        raise MirageError(stored.path, f"is {POINTER}", "run `git lfs pull`")
    reader = reader_of(stored, readers)
    if reader is None and not stored.is_whole:
        problem = f"is larger than {len(stored.data):,} bytes, the most that is read"
        raise MirageError(stored.path, problem)
    if reader is None:
        known = ", ".join(reader.NAME for reader in readers)
        raise MirageError(stored.path, "is of no known format", f"known are: {known}")
    return Reading(_content(reader, stored, opener), reader.TIER, reader.NAME)


def _content(reader: Reader, stored: Stored, opener: Opener | None) -> Content:
    streamer = next((each for each in STREAMED if each is reader), None)
    if streamer is None or stored.size <= LARGE:
        return reader.read(stored.data, stored.path).sifted()
    return streamer.stream(opener or partial(BytesIO, stored.data), stored.path)


def reader_of(stored: Stored, readers: Sequence[Reader] = READERS) -> Reader | None:
    """The first of ``readers`` that matches an artifact by its path and its first bytes.

    None where that reader needs the whole of a file that is too large to be kept whole.
    """
    plain, head = stored.path.replace("::", "/"), stored.data[:_HEAD]
    found = next((reader for reader in readers if reader.matches(plain, head)), None)
    return found if stored.is_whole or found in (*HEAD_READERS, *STREAMED) else None


def is_streamed(path: str) -> bool:
    """Whether a file at this path is one of rows, of which `LARGE` bytes are enough to keep."""
    return any(reader.matches(path, b"") for reader in STREAMED)
