"""The list of readers and what it promises."""

import pkgutil

import pytest

from mirage_lint import vocabulary
from mirage_lint.artifacts import READERS, readers
from mirage_lint.errors import MirageError


def test_every_reader_in_the_folder_is_listed() -> None:
    folder = {module.name for module in pkgutil.iter_modules(readers.__path__)}
    assert folder == {reader.__name__.rpartition(".")[2] for reader in READERS}


def test_every_field_that_a_format_names_is_in_the_vocabulary() -> None:
    formats = vocabulary.load("formats")
    named = {
        field for keys in formats.values() if isinstance(keys, dict) for field in keys.values()
    }
    assert named - set(vocabulary.load("fields")) == set()


def test_a_file_of_no_known_format_is_told_with_the_formats_that_are(read) -> None:
    with pytest.raises(MirageError) as error:
        read("weights.onnx", b"\0\0")
    assert str(error.value) == (
        "weights.onnx: is of no known format; known are: PEFT adapter config, MLX adapter config, "
        "trainer state, trainer results, training arguments, lm-evaluation-harness results, "
        "sentence-transformers config, transformers config, safetensors index, Jupyter notebook, "
        "JSON, JSON Lines, CSV or TSV, TOML, model metafile, Axolotl config, LLaMA-Factory config, "
        "YAML, Python script, shell script, safetensors, GGUF"
    )
