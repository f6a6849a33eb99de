"""A repository's history, asked of git: commits only, never the files that lie there, so that
nothing of what a repository configures (filters, hooks, drivers) is run.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from mirage_lint.core.record import NamedTuple
from mirage_lint.history.porcelain import EDIT, Edit, Origin, contents, edits, origins, sizes
from mirage_lint.system import git

_SECONDS = 10
"""That all questions about a repository may take together."""
_LARGEST, _MOST = 8 * 2**20, 64 * 2**20
"""Bytes of a file that is read, and of all that are read at once."""

Version = tuple[str, str]
"""A file at a commit: the commit, and the path from the root."""


class Repository(NamedTuple):
    """A working tree by its ``root``, its last commit, and whether older ones are missing;
    ``until`` is when the time is up, by the clock of `time.monotonic`.
    """

    root: str
    head: str
    is_shallow: bool
    until: float

    def place(self, path: Path) -> str | None:
        """The path of a file from the root; None where it lies outside, or git cannot be told."""
        try:
            inside = os.path.relpath(os.path.realpath(path), self.root)
        except (OSError, ValueError):  # no path at all, or on another drive
            return None
        is_told = not inside.startswith(os.pardir) and "\n" not in inside
        return Path(inside).as_posix() if is_told else None

    def texts(self, versions: Iterable[Version]) -> dict[Version, str]:
        """The files as they were, with ``\\n`` line ends; none that is absent, too large, or no
        UTF-8 text.
        """
        asked = list(dict.fromkeys(versions))
        if not asked:
            return {}
        told = sizes(self._ask("cat-file", "--batch-check", told=_names(asked)))
        held, total = [], 0
        for version, size in zip(asked, told, strict=True):
            if size <= _LARGEST and total + size <= _MOST:
                held.append(version)
                total += size
        found = contents(self._ask("cat-file", "--batch", told=_names(held))) if held else []
        texts = zip(held, map(_text, found), strict=True)
        return {version: text for version, text in texts if text is not None}

    def blame(self, version: Version, numbers: Iterable[int]) -> dict[int, Origin]:
        """Where lines of a file at a commit come from, by their numbers; the lines that come from
        where the history here ends are left out.
        """
        commit, path = version
        ranges = (f"-L{number},{number}" for number in sorted(set(numbers)))
        told = self._ask("blame", *_BLAME, *ranges, commit, "--", path)
        return {
            number: origin
            for number, origin in origins(told).items()
            if not (origin.is_end and self.is_shallow)
        }

    def edits(self, paths: Iterable[str]) -> dict[str, list[Edit]]:
        """The commits that changed files, of each the last first; of the many, the last alone."""
        asked = [f":(literal){path}" for path in paths]
        return edits(self._ask("log", *_LOG, self.head, "--", *asked)) if asked else {}

    def ancestors(self, commit: str, others: Iterable[str]) -> set[str]:
        """Those of ``others`` that ``commit`` comes after."""
        asked = set(others) - {commit}
        told = self._ask("rev-list", *sorted(asked), f"^{commit}") if asked else b""
        return asked - set(told.decode("ascii").split())

    def _ask(self, *arguments: str, told: bytes = b"") -> bytes:
        left = max(self.until - time.monotonic(), 0)
        return git.run(
            self.root, *arguments, told=told, seconds=left, offline=True, settings=_SETTINGS
        )


_BLAME = ("--line-porcelain", "--no-textconv", "-w", "-C")
_LOG = ("-n400", f"--format={EDIT}", "--name-only", "--no-renames", "--no-show-signature")
_SETTINGS = {"diff.algorithm": "default", "log.showRoot": "true"}
"""The same answers, whatever people have set."""


def open_at(folder: str) -> Repository:
    """The repository that a folder lies in; raises GitError where there is none, or no commit."""
    asked = ("rev-parse", "--show-toplevel", "--is-shallow-repository", "HEAD^{commit}")
    told = git.run(folder, *asked, seconds=_SECONDS, offline=True)
    root, shallow, head = told.decode("utf-8", "surrogateescape").rstrip("\n").rsplit("\n", 2)
    until = time.monotonic() + _SECONDS
    return Repository(os.path.realpath(root), head, shallow != "false", until)


def _names(versions: Iterable[Version]) -> bytes:
    names = "".join(f"{commit}:{path}\n" for commit, path in versions)
    return names.encode("utf-8", "surrogateescape")


def _text(data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
