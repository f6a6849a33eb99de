"""The registries that open documents are held against, read anew when their files change."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from mirage_lint.artifacts import files
from mirage_lint.checking import collect
from mirage_lint.checking.collect import Target
from mirage_lint.checking.engine import Checker
from mirage_lint.checking.session import Judged, Session
from mirage_lint.core.facts import Artifact
from mirage_lint.errors import MirageError
from mirage_lint.lsp.remembering import Remembering
from mirage_lint.registry.home import CLAIMS
from mirage_lint.rules.finding import Finding
from mirage_lint.settings.find import NAMES, PROJECT, Finder

_Stamp = tuple[int, int, int] | None
_MOST_ARTIFACTS = 5_000
"""Artifacts of a registry that are watched."""
_MOST_BYTES = 2**20
"""Bytes of the largest artifact that is read to see whether it changed before the editor began."""


class Registries:
    """All that is known beyond the documents themselves; ``pause`` may end what is under way."""

    def __init__(self, pause: Callable[[], None]) -> None:
        self._pause = pause
        self._stamps: dict[Path, _Stamp] = {}
        self._artifacts: dict[Path, tuple[Path, Artifact]] = {}
        self._fresh: set[Path] = set()
        self._known: set[Path] = set()
        self.renew()

    def renew(self) -> None:
        """Forget what was read."""
        nothing = SimpleNamespace()
        make = partial(Remembering, pause=self._pause)
        self.session = Session(nothing, open_registry=make)
        self._finder = Finder(nothing)
        self._stamps, self._artifacts, self._known, self._fresh = {}, {}, set(), set()

    def target(self, path: Path, text: str) -> Target | None:
        """A document with its registry and its settings; None where it has no registry, or is no
        document that is checked. Raises MirageError where its settings are broken.
        """
        self._watch_above(path.parent)
        configured = self._finder.at(path.parent)
        if not configured.is_document(path) or configured.excludes_named(path):
            return None
        try:
            claims = collect.nearest(path.parent, configured)
        except MirageError:
            return None
        claims = Path(os.path.abspath(claims))
        for one in (claims, claims.with_suffix(".lock")):
            self._watch(one)
        return Target(path, _shown(path, claims.parent), claims, text, configured)

    def judge(self, target: Target) -> Judged:
        """A document, checked."""
        checker = self.session.checker(target)
        if target.claims not in self._known:
            self._known.add(target.claims)
            self._watch_artifacts(target.claims, checker)
        self._watch(self.session.baseline(target).place)
        return self.session.judge(target)

    def _watch_artifacts(self, claims: Path, checker: Checker) -> None:
        for artifact in checker.index.registry.artifacts[:_MOST_ARTIFACTS]:
            if "::" not in artifact.path and artifact.path != CLAIMS:
                name = os.path.expanduser(artifact.path)
                place = checker.root / name
                self._watch(place)
                self._artifacts.setdefault(place, (claims, artifact))
                self._fresh.add(place)

    def stale(self) -> list[Finding]:
        """What is told of registries whose lock was built from another claims.toml."""
        return self.session.stale()

    def changed(self) -> set[Path]:
        """The files that are not as they were when last looked at."""
        found = {path for path, stamp in self._stamps.items() if _stamp(path) != stamp}
        self._stamps.update((path, _stamp(path)) for path in found)
        return found

    def differing(self, paths: set[Path]) -> Iterator[tuple[Path, str]]:
        """Of files that changed, and of artifacts not looked at before, those that their lock knows
        otherwise: each with the claims.toml that names it.
        """
        fresh, self._fresh = self._fresh, set()
        for path in sorted((paths | fresh) & self._artifacts.keys()):
            claims, artifact = self._artifacts[path]
            if self._differs(path, claims, artifact, path in paths):
                yield claims, artifact.path

    def _differs(self, path: Path, claims: Path, artifact: Artifact, has_changed: bool) -> bool:
        try:
            if not has_changed and path.stat().st_size > _MOST_BYTES:
                return path.stat().st_size != artifact.size  # too large to be read at each start
            found = files.load_digest(artifact.path, claims.parent)
        except (MirageError, OSError):
            return False  # it is being written, or lies no more where it can be read
        return found is not None and bool(artifact.digest) and found[0] != artifact.digest

    def is_artifact(self, path: Path) -> bool:
        """Whether a file only holds values."""
        return path in self._artifacts

    def _watch(self, path: Path) -> None:
        if path not in self._stamps:
            self._stamps[path] = _stamp(path)

    def _watch_above(self, folder: Path) -> None:
        """Watch the files that a folder's documents may be checked by, those to come, too."""
        for one in (folder, *folder.parents):
            for name in (CLAIMS, *NAMES, PROJECT):
                self._watch(one / name)


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _shown(path: Path, root: Path) -> str:
    """A document's path from its registry, as a check there names it."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
