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
        read("weights.xyz", b"\0\0")
    known = ", ".join(reader.NAME for reader in READERS)
    assert str(error.value) == f"weights.xyz: is of no known format; known are: {known}"
