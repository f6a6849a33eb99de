"""Small artifacts, written by the test that reads them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mirage_lint import artifacts
from mirage_lint.artifacts import files
from mirage_lint.artifacts.content import Reading
from mirage_lint.errors import MirageError

ReadFile = Callable[[str, bytes | str], Reading]


@pytest.fixture
def read(tmp_path: Path) -> ReadFile:
    """Writes a file of the given name and content, and reads it as an artifact."""

    def write_and_read(name: str, content: bytes | str) -> Reading:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
        stored = files.load(name, tmp_path)
        assert stored is not None
        return artifacts.read(stored)

    return write_and_read


@pytest.fixture
def refusal(read: ReadFile) -> Callable[[str, bytes | str], str]:
    """The one line that reading such a file ends in."""

    def message(name: str, content: bytes | str) -> str:
        with pytest.raises(MirageError) as error:
            read(name, content)
        return str(error.value)

    return message


@pytest.fixture
def made() -> Callable[[str], Reading]:
    """Reads a file of ``made_data``, which the software of its format has written."""

    def read_made(name: str) -> Reading:
        stored = files.load(name, Path(__file__).parent / "made_data")
        assert stored is not None
        return artifacts.read(stored)

    return read_made


@pytest.fixture
def read_json(read: ReadFile) -> Callable[[str, object], Reading]:
    """As ``read``, of a value as JSON."""
    return lambda name, value: read(name, json.dumps(value, indent=2))
