"""Which documents a command is about, and whose registry each is held against."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from mirage_lint import home
from mirage_lint.documents import source
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError

_ENDINGS = (".md", ".markdown", ".ipynb")
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})


class Target(NamedTuple):
    """A document: its place, the path to report, its registry, and its text where it was piped."""

    path: Path
    shown: str
    claims: Path
    text: str | None = None

    def read(self) -> Source:
        """The document's text."""
        if self.text is not None:
            return source.make(self.shown, self.text)
        return source.load(self.path, self.shown)


def targets(arguments: SimpleNamespace) -> list[Target]:
    """The documents that the command line names, each once, folders in order of path."""
    found: dict[str, Target] = {}
    registries: dict[Path, Path] = {}
    for name in arguments.paths:
        for path, text in _documents(name, arguments.stdin_filename):
            claims = arguments.claims or registries.get(path.parent) or home.find(path.parent)
            registries[path.parent] = claims
            found.setdefault(str(path), Target(path, path.as_posix(), claims, text))
    return list(found.values())


def _documents(name: str, stdin_filename: Path | None) -> Iterator[tuple[Path, str | None]]:
    if name == "-":
        yield stdin_filename or Path("stdin.md"), _piped()
        return
    path = Path(name)
    if not os.path.isdir(path):
        yield path, None
        return
    files = list(_in_folder(path))
    if not files:
        raise MirageError(name, "holds no document", f"name some ({', '.join(_ENDINGS)})")
    yield from ((file, None) for file in files)


def _piped() -> str:
    """The text of standard input."""
    data = sys.stdin.buffer.read(source.LARGEST + 1) if sys.stdin else b""
    if len(data) > source.LARGEST:
        raise MirageError("<stdin>", f"larger than {source.LARGEST} bytes", "send less")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"not UTF-8 at byte {error.start}"
        raise MirageError(f"<stdin>:{line}", problem, "send UTF-8 text") from None


def _in_folder(path: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(path, onerror=_refuse):
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and one not in _SKIPPED
        )
        paths = (Path(folder, file) for file in sorted(files) if file.endswith(_ENDINGS))
        # A link to nothing is no document; one that is named on the command line is told.
        yield from (path for path in paths if path.exists() or not path.is_symlink())


def _refuse(error: OSError) -> None:
    """A folder that cannot be listed is not passed over."""
    problem = f"cannot be read ({error.strerror})"
    raise MirageError(str(error.filename), problem, "check its rights")
