"""A small repository with a registry, and the command line run in it."""

from pathlib import Path
from typing import NamedTuple

import pytest

from mirage_lint import cli

CLAIMS = """\
version = 1
[family.run]
title = "A run"
aliases = ["run a"]
artifacts = ["adapter_config.json"]
"""
DRAFT = """\
version = 1
[family.zoo]
title = "Zoo"
others = true
"""
"""A family as `init` drafts it."""
PEFT = '{"peft_type": "LORA", "r": 8, "base_model_name_or_path": "org/llama-3-8b"}'
FALSE = "Run A has rank 16.\n"
TRUE = "Run A has rank 8.\n"


class Result(NamedTuple):
    """What a run of the command line gave."""

    status: int
    out: str
    err: str


class World:
    """The repository; it is the working directory."""

    def __init__(self, root: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capture = capture

    def run(self, *arguments: str) -> Result:
        """The command line, in this process."""
        self._capture.readouterr()
        try:
            status = cli.main(arguments)
        except SystemExit as stop:  # argparse: help, version, bad usage
            status = int(stop.code or 0)
        return Result(status, *self._capture.readouterr())

    def write(self, name: str, content: str | bytes) -> None:
        """A file, with its folders."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def files(self) -> dict[str, bytes]:
        """Path to bytes of every regular file."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}

    def refused(self, *arguments: str) -> str:
        """What is said of bad input; all else that must then hold is checked here."""
        before = self.files()
        status, out, err = self.run(*arguments)
        assert (status, out, self.files()) == (2, "", before)
        assert err.startswith("mirage-lint: ")
        assert err.count("\n") == 1
        return err.removeprefix("mirage-lint: ").rstrip("\n")
