"""Which documents a command is about, and whose registry each is held against."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

from mirage_lint.core.record import NamedTuple
from mirage_lint.documents import source
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError
from mirage_lint.registry import home
from mirage_lint.settings.find import PLAIN, Configured, Finder


class Target(NamedTuple):
    """A document: its place, the path to report, its registry, its text where it was piped, and
    its settings.
    """

    path: Path
    shown: str
    claims: Path
    text: str | None = None
    configured: Configured = PLAIN

    def read(self) -> Source:
        """The document's text."""
        if self.text is not None:
            return source.make(self.shown, self.text)
        return source.load(self.path, self.shown)


def targets(arguments: SimpleNamespace) -> list[Target]:
    """The documents that the command line names, each once, folders in order of path."""
    found: dict[str, Target] = {}
    registries: dict[Path, Path] = {}
    for path, text, configured in documents(arguments):
        folder = path.parent
        claims = arguments.claims or registries.get(folder) or nearest(folder, configured)
        registries[folder] = claims
        found.setdefault(str(path), Target(path, path.as_posix(), claims, text, configured))
    return list(found.values())


def nearest(folder: Path, configured: Configured) -> Path:
    """The registry of a folder's documents: that of their settings, or the next above."""
    return configured.place("claims") or home.find(folder)


def registry(arguments: SimpleNamespace) -> Path:
    """The registry of the folder that we are in, for commands that take no document."""
    here = Path()
    return arguments.claims or nearest(here, Finder(arguments).at(here))


def documents(
    arguments: SimpleNamespace,
) -> Iterator[tuple[Path, str | None, Configured]]:
    """The documents that the command line names with their settings, whether or not a registry
    is there for them; of one that was piped, its text.
    """
    finder = Finder(arguments)
    piped = arguments.stdin_filename or Path("stdin.md") if "-" in arguments.paths else Path()
    names = {one: piped if one == "-" else Path(one) for one in arguments.paths}
    folders = {one for one in names if one != "-" and os.path.isdir(one)}
    kept = dict(_named((path for one, path in names.items() if one not in folders), finder))
    for name, path in names.items():
        if name in folders:
            yield from ((one, None, configured) for one, configured in _in_folder(name, finder))
        elif path in kept:
            yield path, _piped() if name == "-" else None, kept[path]


def searched(arguments: SimpleNamespace) -> Iterator[Path]:
    """The folders in which a document that the command line means may come to lie."""
    finder = Finder(arguments)
    for name in arguments.paths:
        if os.path.isdir(name):
            found = [(here, configured) for here, configured, _ in _folders(Path(name), finder)]
            yield from (here for here, _ in _kept(found, Path(name)))
        else:
            yield Path(name).parent


def _named(paths: Iterable[Path], finder: Finder) -> Iterator[tuple[Path, Configured]]:
    """Documents that are named, but for those that are left out though they are named."""
    asked: dict[Path, list[tuple[Path, Configured]]] = {}
    for path in paths:
        configured = finder.at(path.parent)
        if not configured.settings.force_exclude:
            yield path, configured
        elif not configured.excludes_named(path):
            asked.setdefault(path.parent, []).append((path, configured))
    for folder, named in asked.items():  # git is asked once for each folder
        yield from _kept(named, folder)


def _piped() -> str:
    """The text of standard input."""
    if sys.stdin is None:
        raise MirageError("<stdin>", "is closed", "pipe a text, or name a file")
    data = sys.stdin.buffer.read(source.LARGEST + 1)
    if len(data) > source.LARGEST:
        raise MirageError("<stdin>", f"larger than {source.LARGEST} bytes", "send less")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"not UTF-8 at byte {error.start}"
        raise MirageError(f"<stdin>:{line}", problem, "send UTF-8 text") from None


def _in_folder(name: str, finder: Finder) -> list[tuple[Path, Configured]]:
    """The documents of a folder; raises MirageError where there is none."""
    found = list(_walked(Path(name), finder))
    kept = _kept(found, Path(name))
    if kept:
        return kept
    if found:
        raise MirageError(name, "holds no document that git does not ignore", "name one itself")
    include = (one.removeprefix("*") for one in finder.at(Path(name)).settings.include)
    raise MirageError(name, "holds no document", f"name some ({', '.join(include)})")


def _walked(path: Path, finder: Finder) -> Iterator[tuple[Path, Configured]]:
    for here, configured, files in _folders(path, finder):
        for file in sorted(files):
            one = here / file
            is_chosen = configured.is_document(one) and not configured.excludes(
                one, is_folder=False
            )
            # A link to nothing is no document; one that is named is told.
            if is_chosen and (one.exists() or not one.is_symlink()):
                yield one, configured


def _folders(path: Path, finder: Finder) -> Iterator[tuple[Path, Configured, list[str]]]:
    """A folder and those below it that settings leave in, with the names of their files."""
    for folder, folders, files in os.walk(path, onerror=_refuse):
        here, configured = Path(folder), finder.at(Path(folder))
        folders[:] = sorted(
            one for one in folders if not configured.excludes(here / one, is_folder=True)
        )
        yield here, configured, files


def _kept(found: Sequence[tuple[Path, Configured]], folder: Path) -> list[tuple[Path, Configured]]:
    """Those of ``found`` that git does not ignore, where settings heed it."""
    asked = [path for path, configured in found if configured.settings.respect_gitignore]
    if not asked:
        return list(found)
    from mirage_lint.settings.ignored import ignored

    left_out = ignored(asked, folder)
    return [one for one in found if one[0] not in left_out]


def _refuse(error: OSError) -> None:
    """A folder that cannot be listed is not passed over."""
    problem = f"cannot be read ({error.strerror})"
    raise MirageError(str(error.filename), problem, "check its rights")
