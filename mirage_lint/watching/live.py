"""A registry as `build` would write it now, held in memory."""

from collections.abc import Iterator
from pathlib import Path

from mirage_lint.checking.engine import Checker
from mirage_lint.checking.staleness import staleness
from mirage_lint.core.facts import Registry
from mirage_lint.errors import MirageError
from mirage_lint.registry import lock
from mirage_lint.registry.build import build
from mirage_lint.watching.reached import Reached
from mirage_lint.watching.stamps import Change, changes, stamps


class Live:
    """The registry of ``claims``, made anew where something changed that it rests on.

    ``checker`` holds it; None where there never was one. Where it cannot be made, the last one
    stays, at first that of the lock. ``notes`` are lines on what is wrong with it or its lock, and
    ``differences`` on how the lock is otherwise.
    """

    def __init__(self, claims: Path, *, is_trusted: bool) -> None:
        self.claims = claims
        self.checker: Checker | None = None
        self.notes: list[str] = []
        self.differences: list[str] = []
        self._lock = claims.with_suffix(".lock")
        self._is_trusted = is_trusted
        self._make()

    def refresh(self) -> list[Change]:
        """What changed since the registry was made; then it is made anew."""
        reached = self._reached
        found = changes(reached.stamps, stamps(reached.stamps))
        if not found and reached.sees(reached.seen):
            return []
        self._make()
        return found or changes(reached.stamps, self._reached.stamps)

    def folders(self) -> Iterator[Path]:
        """The folders in which something may change that the registry rests on."""
        return self._reached.around()

    def _make(self) -> None:
        self._reached = Reached(self.claims.parent, is_trusted=self._is_trusted)
        for place in (self.claims, self._lock):
            self._reached.note(place)
        old, self.notes = self._held()
        self.differences = []
        known = None if self.checker else old
        try:
            known = self._built(old)
        except MirageError as error:
            self.notes.append(str(error))
        if known:
            self.checker = Checker(self.claims, known)

    def _held(self) -> tuple[Registry | None, list[str]]:
        """What the lock holds, and what is wrong with it."""
        try:
            return (lock.load(self._lock) if self._lock.exists() else None), []
        except MirageError as error:
            return None, [str(error)]

    def _built(self, old: Registry | None) -> Registry:
        """The registry as it would be built now; that the lock has another is noted."""
        for path in (self.claims, self._lock):
            self._reached.check(path.name, str(path))
        made = build(self.claims, old, self._reached).registry
        if not self.notes:
            self.notes, self.differences = self._otherwise(old, made)
        return made

    def _otherwise(self, old: Registry | None, made: Registry) -> tuple[list[str], list[str]]:
        """That the lock is stale, and why."""
        try:
            lines = staleness(self._lock, old, made, lock.dump(made))
        except OSError:  # it went meanwhile, which the next look sees
            lines = []
        return lines[:1], lines[1:]
