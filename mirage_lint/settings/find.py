"""The settings of each document: the nearest file above it, and what the command line says over.

A file is parsed only where there is one: a check of a page without pays for a few looks into
folders.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

from mirage_lint.core.record import NamedTuple
from mirage_lint.errors import MirageError
from mirage_lint.settings.globs import any_matches, has_place, names
from mirage_lint.settings.options import Settings
from mirage_lint.settings.selection import Choice

NAMES = (".mirage-lint.toml", "mirage-lint.toml")
PROJECT = "pyproject.toml"
_MOST_BYTES = 2**20
_TABLE = rb"""(?m)^[ \t]*+(?:\[[ \t]*+)?["']?tool["']?[ \t]*+(?:\.[ \t]*+["']?mirage-lint\b|\]|=)"""
"""A line that may begin our table; whether it does, the parser tells."""


class Configured(NamedTuple):
    """Settings with the folder that their patterns count from; ``file`` is "" without one.

    ``given`` are the fields that the command line set, whose patterns count from where it ran.
    """

    settings: Settings
    file: str
    root: str
    given: frozenset[str] = frozenset()

    def choice(self, path: Path) -> Choice:
        """Which rules are told of a document."""
        return Choice(self.settings, self._from_root(path, "per_path"))

    def is_record(self, path: Path) -> bool:
        """Whether a document tells of the past or of plans."""
        where = self._from_root(path, "records").lower()
        return any_matches((one.lower() for one in self.settings.records), where)

    def is_document(self, path: Path) -> bool:
        """Whether a file of a folder is one to check."""
        return any(self._names(one, path, "include") for one in self.settings.include)

    def excludes(self, path: Path, *, is_folder: bool) -> bool:
        """Whether a file or folder is left out, those above it aside."""
        return any(
            self._names(pattern, path, name, is_folder=is_folder)
            for name in ("exclude", "extend_exclude")
            for pattern in getattr(self.settings, name)
        )

    def _names(self, pattern: str, path: Path, name: str, is_folder: bool = False) -> bool:
        """Whether a pattern of a setting matches just this path; most look at its name alone, and
        where it lies need not be known of each of a hundred thousand files.
        """
        where = self._from_root(path, name) if has_place(pattern) else path.name
        return names(pattern, where, is_folder=is_folder)

    def excludes_named(self, path: Path) -> bool:
        """Whether a file is left out, or a folder above it that the patterns reach."""
        return any(
            any_matches(getattr(self.settings, name), self._from_root(path, name))
            for name in ("exclude", "extend_exclude")
        )

    def place(self, name: str) -> Path | None:
        """The file that a setting names, from where the setting stands; None where it is empty."""
        value = getattr(self.settings, name)
        if not value or name in self.given:
            return Path(value) if value else None
        return Path(os.path.relpath(os.path.join(self.root, value)))

    def _from_root(self, path: Path, name: str) -> str:
        """The path that patterns of a setting are held against."""
        root = os.getcwd() if name in self.given else self.root
        below = f"{root.rstrip(os.sep)}{os.sep}"
        whole = os.path.join(_real(os.path.abspath(path.parent)), path.name)
        inside = whole.removeprefix(below) if root else path.name
        # What lies elsewhere is known by its name alone.
        return path.name if inside == whole else inside.replace(os.sep, "/")


@lru_cache(maxsize=256)
def _real(folder: str) -> str:
    return os.path.realpath(folder)


PLAIN = Configured(Settings(), "", "")
"""The defaults, of a document in no folder."""


class Finder:
    """Finds settings by folder; each folder and each file is looked at once."""

    def __init__(self, arguments: SimpleNamespace) -> None:
        told = vars(arguments)
        self._given = {name: told[name] for name in Settings._fields if told.get(name) is not None}
        self._given.pop("claims", None)  # commands know it themselves
        self._known: dict[str, Configured] = {}
        self._fixed: Configured | None = None
        if told.get("config"):
            self._fixed = self._read(Path(told["config"]), must=True)
        elif told.get("isolated"):
            self._fixed = self._plain()

    def at(self, folder: Path) -> Configured:
        """The settings of documents in ``folder``."""
        if self._fixed:
            return self._fixed
        try:
            path = os.path.realpath(folder)
        except (OSError, ValueError):
            return self._plain()
        passed: list[str] = []
        while path not in self._known:
            passed.append(path)
            above = os.path.dirname(path)
            here = self._in(path) or (self._plain() if above == path else None)
            if here:
                self._known[path] = here
            else:
                path = above
        found = self._known[path]
        self._known.update(dict.fromkeys(passed, found))
        return found

    def _in(self, folder: str) -> Configured | None:
        """The settings of a folder's own file."""
        for name in (*NAMES, PROJECT):
            path = os.path.join(folder, name)
            # What is there and is no file, or leads nowhere, is told: it was meant to be heeded.
            is_there = os.path.lexists(path) and not os.path.isdir(path)
            if is_there and (found := self._read(Path(path))):
                return found
        return None

    def _read(self, path: Path, must: bool = False) -> Configured | None:
        """What a file sets; None for a pyproject.toml that is not about us."""
        data = _bytes(path)
        is_project = path.name == PROJECT
        if is_project and not must and not _may_be_ours(data):
            return None
        from mirage_lint.settings import read

        shown = _shown(path)
        settings = read.parsed(data, shown, is_project=is_project)
        if settings is None:
            if must:
                raise MirageError(
                    shown, "has no [tool.mirage-lint]", "add it, or name another file"
                )
            return None
        return self._with_given(settings, shown, os.path.dirname(os.path.realpath(path)))

    def _plain(self) -> Configured:
        """The defaults; a document outside of where we are is known by its name alone."""
        return self._with_given(Settings(), "", os.path.realpath(os.curdir))

    def _with_given(self, settings: Settings, file: str, root: str) -> Configured:
        if "select" in self._given:  # it starts anew: the file's choice is set aside
            settings = settings._replace(extend_select=(), ignore=())
        given = frozenset(self._given)
        return Configured(settings._replace(**self._given), file, root, given)


def _bytes(path: Path) -> bytes:
    if not os.path.isfile(path) and os.path.exists(path):
        raise MirageError(_shown(path), "is no regular file", "name a file of settings")
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        problem = f"cannot be read ({getattr(error, 'strerror', None) or error})"
        raise MirageError(
            _shown(path), problem, "name a file of settings, or make it readable"
        ) from None
    if len(data) > _MOST_BYTES:
        raise MirageError(_shown(path), f"is larger than {_MOST_BYTES:,} bytes", "shorten it")
    return data


def _may_be_ours(data: bytes) -> bool:
    """Whether a project's file may hold our table."""
    return b"mirage-lint" in data and re.search(_TABLE, data) is not None


def _shown(path: Path) -> str:
    """A path as people would write it from here."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if near.count("..") > 2 else near
