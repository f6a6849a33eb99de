"""For Python programs: the same check as on the command line, see ``docs/api.md``."""

import os
from pathlib import Path
from types import SimpleNamespace

from mirage_lint.checking.collect import Target
from mirage_lint.checking.engine import Checker
from mirage_lint.checking.session import Session
from mirage_lint.core.facts import Fact
from mirage_lint.editing import mending
from mirage_lint.errors import MirageError
from mirage_lint.registry.home import CLAIMS
from mirage_lint.reports import items
from mirage_lint.reports.contract import Finding
from mirage_lint.settings.find import Finder

__all__ = ["Finding", "MirageError", "Registry", "check_text", "load_registry"]


class Registry:
    """A registry that documents can be held against; `load_registry` makes it."""

    def __init__(self, claims: Path) -> None:
        self.claims = claims
        self._session = Session(SimpleNamespace())
        self._finder = Finder(SimpleNamespace())
        self._session.checker(self._target(claims, ""))  # what is broken is told at once

    def __repr__(self) -> str:
        return f"Registry({str(self.claims)!r})"

    def _target(self, path: Path, text: str) -> Target:
        configured = self._finder.at(path.parent)
        return Target(path, path.as_posix(), self.claims, text, configured)

    @property
    def _checker(self) -> Checker:
        return self._session.checker(self._target(self.claims, ""))

    @property
    def is_stale(self) -> bool:
        """Whether claims.toml has changed since its lock was built (MIR901)."""
        return self._checker.is_stale

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All that is known to be true."""
        return self._checker.index.registry.facts


def load_registry(path: str | os.PathLike[str] = CLAIMS) -> Registry:
    """The registry of a ``claims.toml``, or of the folder that it lies in.

    Raises MirageError where it, or its lock, is absent or broken.
    """
    place = Path(path)
    return Registry(place / CLAIMS if place.is_dir() else place)


def check_text(text: str, path: str | os.PathLike[str], registry: Registry) -> list[Finding]:
    """What is found in the text of a document, in order of place, as ``check --output-format json``
    tells it.

    ``path`` is where the document lies or belongs; it need not be there. It says how the text is
    read (a notebook by its ending), which families own it, and which settings hold. What the text
    silences, and what a baseline knows, is not told. Raises MirageError where the text or its
    settings cannot be read.
    """
    session = registry._session
    judged = session.judge(registry._target(Path(path), text))
    if judged.told.findings:
        judged = mending.with_fixes(judged, session)
    return [items.finding(one, judged.checked.source) for one in judged.told.findings]
