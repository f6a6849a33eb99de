"""For Python programs: the same check as on the command line, see ``docs/api.md``."""

import os
from pathlib import Path

from mirage_lint import engine
from mirage_lint.core.facts import Fact
from mirage_lint.documents import source as sources
from mirage_lint.engine import Checker
from mirage_lint.errors import MirageError
from mirage_lint.home import CLAIMS
from mirage_lint.reports import items
from mirage_lint.reports.contract import Finding

__all__ = ["Finding", "MirageError", "Registry", "check_text", "load_registry"]


class Registry:
    """A registry that documents can be held against; `load_registry` makes it."""

    def __init__(self, claims: Path) -> None:
        self.claims = claims
        self._checker = Checker(claims)

    def __repr__(self) -> str:
        return f"Registry({str(self.claims)!r})"

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
    read (a notebook by its ending), and which families own it. Raises MirageError where the text
    cannot be read, as a notebook that is no JSON.
    """
    place = Path(path)
    source = sources.make(place.as_posix(), text)
    checked = engine.check(registry._checker, source, place)
    return [items.finding(one, source) for one in checked.findings]
