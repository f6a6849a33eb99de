"""Which documents a command is about, and whose registry each is held against."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mirage_lint.documents import source
from mirage_lint.documents.source import Source
from mirage_lint.engine import find_claims
from mirage_lint.errors import MirageError

_ENDINGS = (".md", ".markdown")
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


def targets(arguments: argparse.Namespace) -> list[Target]:
    """The documents that the command line names, each once, folders in order of path."""
    found: dict[str, Target] = {}
    registries: dict[Path, Path] = {}
    for name in arguments.paths:
        for path, text in _documents(name, arguments.stdin_filename):
            folder = path.parent
            if arguments.claims:
                claims = arguments.claims
            else:
                claims = registries.get(folder) or find_claims(folder)
                registries[folder] = claims
            found.setdefault(str(path), Target(path, path.as_posix(), _near(claims), text))
    if not found:
        raise MirageError(" ".join(arguments.paths), "no Markdown document there", "name some")
    return list(found.values())


def _documents(name: str, stdin_filename: Path | None) -> Iterator[tuple[Path, str | None]]:
    if name == "-":
        try:
            yield stdin_filename or Path("stdin.md"), sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError as error:
            where = f"<stdin>: byte {error.start}"
            raise MirageError(where, "not UTF-8", "send UTF-8 text") from None
        return
    path = Path(name)
    if not path.is_dir():
        yield path, None
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and one not in _SKIPPED
        )
        yield from ((Path(folder, file), None) for file in sorted(files) if file.endswith(_ENDINGS))


def _near(claims: Path) -> Path:
    """The path of a registry as people would write it from here."""
    try:
        return claims.relative_to(Path.cwd())
    except ValueError:
        return claims
