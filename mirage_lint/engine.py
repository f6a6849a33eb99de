"""From registry and documents to findings: the whole of a check on one page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mirage_lint import home
from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import Registry
from mirage_lint.core.modelname import parse
from mirage_lint.documents import markdown
from mirage_lint.documents.passages import Document
from mirage_lint.documents.source import Source
from mirage_lint.reports.summary import Summary
from mirage_lint.rules.finding import Finding
from mirage_lint.rules.judge import judge


class Checker:
    """A registry, ready to check documents against; ``root`` is the folder of its claims.toml."""

    def __init__(self, claims: Path) -> None:
        self.root = claims.parent
        _, registry, self.is_stale = home.open_at(claims)
        self._turn(registry)

    def holding(self, registry: Registry) -> "Checker":
        """A checker of the same documents against another registry."""
        other = copy(self)
        other._turn(registry)
        return other

    def _turn(self, registry: Registry) -> None:
        self.index = Index(registry)
        families = {parse(fact.value).family for fact in self.index.model_facts}
        one_word = (phrase[0] for phrase in self.index.names if len(phrase) == 1)
        self.lexicon = lexicon.make(filter(None, families), one_word, registry.units)

    def bind(self, source: Source, path: Path) -> list[Binding]:
        """All claims of a document with what they are about; ``path`` is where it lies."""
        document = _read(source)._replace(path=self._home(path))
        return bind_document(document, self.lexicon, self.index, self._exists)

    def _home(self, path: Path) -> str:
        """The document's path from the root, as globs in claims.toml tell it."""
        try:
            return PurePosixPath(path.resolve().relative_to(self.root.resolve())).as_posix()
        except (OSError, RuntimeError, ValueError):
            return path.as_posix()

    def _exists(self, path: str) -> bool:
        try:
            return (self.root / path.partition("::")[0]).exists()
        except (OSError, ValueError):
            return True


def _read(source: Source) -> Document:
    """The passages of a document, by its ending."""
    if source.path.endswith(".ipynb"):
        from mirage_lint.documents import notebook

        return notebook.read(source)
    return markdown.read(source)


class Checked(NamedTuple):
    """A document with its bindings and findings."""

    source: Source
    bindings: tuple[Binding, ...]
    findings: tuple[Finding, ...]


def check(checker: Checker, source: Source, path: Path) -> Checked:
    """Check one document."""
    bindings = checker.bind(source, path)
    findings = sorted(judge(source.path, bindings), key=lambda one: (one.start, one.code))
    return Checked(source, tuple(bindings), tuple(findings))


def stale(checker: Checker, shown: str) -> Iterator[Finding]:
    """The finding about a lock that its claims.toml has left behind."""
    if checker.is_stale:
        from mirage_lint.rules import stale_lock as rule

        yield Finding(shown, 0, 0, rule.CODE, rule.NAME, rule.SEVERITY, rule.message())


_NOTHING: Mapping[str, int] = {}


def summary(checked: Iterable[Checked], untold: Mapping[str, int] = _NOTHING) -> Summary:
    """What was looked at, and how many findings were not told, by why."""
    documents = list(checked)
    status = Counter(one.status for document in documents for one in document.bindings)
    counts = [status[s] for s in (VERIFIED, CONTRADICTED, AMBIGUOUS, UNBOUND)]
    verified, contradicted, ambiguous, unbound = counts
    not_told = tuple(sorted(untold.items()))
    return Summary(len(documents), verified, contradicted, ambiguous, unbound, not_told)
