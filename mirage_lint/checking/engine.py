"""From registry and documents to findings: the whole of a check on one page."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from mirage_lint.binding.binding import (
    AMBIGUOUS,
    CONTRADICTED,
    PATH,
    UNBOUND,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.claims.claim import Claim
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Registry
from mirage_lint.core.modelname import parse
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents import reading
from mirage_lint.documents.passages import Document
from mirage_lint.documents.source import Source, may_say
from mirage_lint.registry import home
from mirage_lint.reports.summary import Summary
from mirage_lint.rules.finding import Finding
from mirage_lint.rules.judge import judge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mirage_lint.binding.sections import Section
    from mirage_lint.byhand.ids import Ids
    from mirage_lint.history.past import Past

Problem = tuple[str, tuple[int, int]]


class Bound(NamedTuple):
    """A document, its bindings, and what is wrong with comments that bind: each a text and a
    place.
    """

    document: Document
    bindings: list[Binding]
    problems: tuple[Problem, ...] = ()


class Checker:
    """A registry, ready to check documents against: ``registry``, or else what the lock holds.

    ``root`` is the folder of its claims.toml.
    """

    def __init__(self, claims: Path, registry: Registry | None = None) -> None:
        self.root = claims.parent
        self.is_stale = False
        if registry is None:
            _, registry, self.is_stale = home.open_at(claims)
        self._turn(registry)

    def holding(self, registry: Registry) -> Checker:
        """A checker of the same documents against another registry."""
        from copy import copy

        other = copy(self)
        other._turn(registry)
        return other

    def _turn(self, registry: Registry) -> None:
        self.index = Index(registry)
        self._ids: Ids | None = None
        families = {parse(fact.value).family for fact in self.index.model_facts}
        one_word = (phrase[0] for phrase in self.index.names if len(phrase) == 1)
        self.lexicon = lexicon.make(filter(None, families), one_word, registry.units)

    def bind(self, source: Source, path: Path) -> Bound:
        """All claims of a document with what they are about; ``path`` is where it lies."""
        document = reading.read(source)._replace(path=self._home(path))
        if not _may_bind(source):
            return Bound(document, self._sifted(self.bindings(document), source, path))
        from mirage_lint.byhand import apply, said

        by_hand = said.read(source, self.index, self.known())
        bindings = self.bindings(document, by_hand.sections)
        bound, problems = apply.apply(bindings, by_hand.anchors, source, document, self.index)
        return Bound(document, self._sifted(bound, source, path), (*by_hand.problems, *problems))

    def bindings(self, document: Document, said: Sequence[Section] = ()) -> list[Binding]:
        """What the claims of a document are about, as far as comments bind none of them."""
        return bind_document(document, self.lexicon, self.index, self.exists, said)

    def _sifted(self, bindings: list[Binding], source: Source, path: Path) -> list[Binding]:
        """The bindings, less dead paths of what a run writes, and with what is outdated: most pages
        have neither, and need no look at the repository.
        """
        if any(one.status == CONTRADICTED and one.change == PATH for one in bindings):
            from mirage_lint.checking import outputs

            bindings = outputs.without(bindings, self.root)
        if self.index.families_with_others:
            from mirage_lint.checking import once_told, outdated, own_file

            home = self._home(path)
            directory = home.rpartition("/")[0]
            asked = outdated.asked(bindings, self.index, directory)
            guessed = once_told.asked(bindings, self.index, directory)
            is_of_trials = outdated.counts_trials(source.text) or outdated.is_of_trial(home)
            if (asked or guessed) and not is_of_trials:
                page = outdated.Page(path, source.text)
                bindings = outdated.told(bindings, asked, guessed, self._past, page)
            bindings = own_file.without(bindings, self.index, path, directory)
        return bindings

    @cached_property
    def _past(self) -> Past:
        from mirage_lint.history.past import Past

        return Past(self.root)

    def known(self) -> Ids:
        """The facts by their ids, turned so when first asked for."""
        if self._ids is None:
            from mirage_lint.byhand.ids import Ids

            self._ids = Ids(self.index.registry.facts)
        return self._ids

    def _home(self, path: Path) -> str:
        """The document's path from the root, as globs in claims.toml tell it."""
        try:
            return PurePosixPath(path.resolve().relative_to(self.root.resolve())).as_posix()
        except (OSError, RuntimeError, ValueError):
            return path.as_posix()

    def exists(self, path: str) -> bool:
        """Whether a path that a document names is there, from the root."""
        try:
            os.stat(f"{self.root}/{path.partition('::')[0]}")  # a Path takes thrice as long
        except (FileNotFoundError, NotADirectoryError):
            return False
        except (OSError, ValueError):
            return True
        return True


def _may_bind(source: Source) -> bool:
    """Whether a document may say by hand what it is about: most do not, and need no look."""
    is_context = "family" in source.text or "population" in source.text
    return may_say(source, "claim:") or (is_context and may_say(source, "mirage-lint"))


class Checked(NamedTuple):
    """A document with its passages, bindings and findings."""

    source: Source
    document: Document
    bindings: tuple[Binding, ...]
    findings: tuple[Finding, ...]

    @property
    def claims(self) -> list[Claim]:
        """All that the document claims, calculations aside."""
        return [one.claim for one in self.bindings if one.equation is None]

    def plus(self, findings: Iterable[Finding]) -> Checked:
        """With further findings."""
        return self._replace(findings=_in_order([*self.findings, *findings]))


def check(checker: Checker, source: Source, path: Path) -> Checked:
    """Check one document."""
    document, bindings, problems = checker.bind(source, path)
    found = [*judge(source.path, bindings), *_broken(source.path, problems)]
    return Checked(source, document, tuple(bindings), _in_order(found))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: (one.start, one.code)))


def _broken(path: str, problems: Sequence[Problem]) -> Iterator[Finding]:
    """The findings about comments that bind nothing."""
    if problems:
        from mirage_lint.rules import broken_binding as rule

        for text, place in problems:
            yield Finding(path, *place, rule.CODE, rule.NAME, rule.SEVERITY, text)


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
