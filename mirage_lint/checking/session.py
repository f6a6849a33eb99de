"""One run over many documents: each is checked against its registry, which is read once, and what
is told of it is chosen.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace

from mirage_lint.binding.binding import Binding
from mirage_lint.checking import engine, telling
from mirage_lint.checking.baseline import NAME, Baseline
from mirage_lint.checking.collect import Target, targets
from mirage_lint.checking.engine import Checked, Checker
from mirage_lint.checking.telling import Told
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents import beside
from mirage_lint.documents.source import Source
from mirage_lint.errors import UnreadableError
from mirage_lint.reports.summary import Summary
from mirage_lint.rules.finding import Finding
from mirage_lint.settings.find import Finder
from mirage_lint.system import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mirage_lint.checking.revisions import Since

_END = Source("", "", (0,))
"""What is behind the last document."""


class Judged(NamedTuple):
    """A document as it was checked, and what is told of it."""

    target: Target
    checked: Checked
    told: Told


class Session:
    """What the command line asks for; ``day`` tells the day, where a silence ends on one. What is
    known already is told where the session ``heeds_baseline`` not. ``open_registry`` makes the
    checker of a claims.toml. ``unread`` tells of documents that cannot be read; where only one
    is named, that is raised.
    """

    def __init__(
        self,
        arguments: SimpleNamespace,
        day: Callable[[], str] = telling.today,
        heeds_baseline: bool = True,
        open_registry: Callable[[Path], Checker] = Checker,
    ) -> None:
        self.arguments = arguments
        self._day = day
        self._heeds_baseline = heeds_baseline
        self._open = open_registry
        self._checkers: dict[str, Checker] = {}
        self._baselines: dict[str, Baseline] = {}
        self._since = _since(arguments)
        self.unread: list[UnreadableError] = []
        self._is_single = True

    def all(self) -> list[Judged]:
        """Every document that is named, checked; with a revision, those that it concerns."""
        judged = list[Judged]()
        for target, checked in self.compared(list(self.checked(self._concerned(self.named())))):
            with self._reading():
                judged.append(self.chosen(target, checked))
        return judged

    def checked(self, named: Sequence[Target]) -> Iterator[tuple[Target, Checked]]:
        """Documents with what is found in each by itself; the next is read meanwhile."""
        sources = pairwise(chain(self._asked(named), (_END,)))
        for target, (source, _) in zip(self._watched(named), sources, strict=True):
            checker = self.checker(target)
            with self._reading():
                if isinstance(source, UnreadableError):
                    raise source
                yield target, engine.check(checker, source, target.path)

    @staticmethod
    def _asked(named: Sequence[Target]) -> Iterator[Source | UnreadableError]:
        """The text of each document, asked to be read, or why there is none."""
        for target in named:
            try:
                source = target.read()
            except UnreadableError as error:
                yield error
            else:
                beside.ask(source)
                yield source
        beside.end()

    def bound(self, named: Sequence[Target]) -> Iterator[tuple[Target, Source, list[Binding]]]:
        """Documents with their texts and claims, whatever is found in them."""
        for target in self._watched(named):
            checker = self.checker(target)
            with self._reading():
                source = target.read()
                yield target, source, checker.bind(source, target.path).bindings

    def named(self) -> list[Target]:
        """The documents that are named."""
        found = targets(self.arguments)
        self._is_single = len(found) == 1
        return found

    @staticmethod
    def _watched(named: Sequence[Target]) -> Iterator[Target]:
        """Documents, one by one; where they take long, a terminal shows which."""
        return terminal.watched(named, attrgetter("shown"), sys.stderr)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What cannot be read within is kept to be told when the others are checked."""
        try:
            yield
        except UnreadableError as error:
            if self._is_single:
                raise
            self.unread.append(error)

    def judge(self, target: Target, source: Source | None = None) -> Judged:
        """One document as it lies there, or as ``source`` has it."""
        source = source or target.read()
        return self.chosen(target, engine.check(self.checker(target), source, target.path))

    def compared(self, checked: list[tuple[Target, Checked]]) -> list[tuple[Target, Checked]]:
        """The documents with what is found in them when they are held against each other."""
        if len(checked) < 2:
            return checked
        from mirage_lint.twins.compare import Seen, compare

        seen = [
            Seen(one.source, one.document.passages, one.claims)
            for target, one in checked
            if not _is_record(target, one.source)
        ]
        found = compare(seen)
        return [(target, one.plus(found.get(one.source.path, ()))) for target, one in checked]

    def chosen(self, target: Target, checked: Checked) -> Judged:
        """What is told of a document."""
        source = checked.source
        known = self.baseline(target).known(target.path) if self._heeds_baseline else {}
        told = telling.told(
            checked.findings, source, target.configured, target.path, self._day, known
        )
        if self._since and target.text is None:
            told = self._since_then(self._since, target, source, told)
        return Judged(target, checked, told)

    def _concerned(self, named: Sequence[Target]) -> Sequence[Target]:
        """The documents to check: with a revision, those that it concerns, and those that are the
        same page in another language.
        """
        if self._since is None:
            return named
        from mirage_lint.twins import paths

        known = [(one, self._is_concerned(one)) for one in named]
        pages = {paths.page(one.shown) for one, is_concerned in known if is_concerned}
        return [one for one, _ in known if paths.page(one.shown) in pages]

    def _is_concerned(self, target: Target) -> bool:
        """Whether a document or its facts changed since the revision, if there is one."""
        if self._since is None or target.text is not None:
            return True
        registry = self.checker(target).index.registry
        facts = self._since.facts(target.claims, registry)
        return bool(facts) or self._since.is_changed(target.path)

    def _since_then(self, since: Since, target: Target, source: Source, told: Told) -> Told:
        """What is told of lines and facts that changed."""
        from mirage_lint.checking.revisions import concerning

        facts = since.facts(target.claims, self.checker(target).index.registry)
        left = concerning(told.findings, source, target.path, since, facts)
        others = [telling.UNCHANGED] * (len(told.findings) - len(left))
        return told._replace(findings=left, untold=(*told.untold, *others))

    def baseline(self, target: Target) -> Baseline:
        """The known findings of a document's registry, or those that its settings name."""
        place = baseline_of(target)
        key = str(place)
        if key not in self._baselines:
            self._baselines[key] = Baseline(place)
        return self._baselines[key]

    def inputs(self, judged: Iterable[Judged]) -> set[str]:
        """The files that the documents were held against: registries, baselines, settings; and the
        documents that could not be read.
        """
        places = [one.place for one in self._baselines.values()]
        places += [Path(name) for name in self._checkers]
        places += [Path(name).with_suffix(".lock") for name in self._checkers]
        places += [Path(one.path) for one in self.unread]
        return {one.target.configured.file for one in judged}.union(map(str, places)) - {""}

    def fewer(self, judged: Iterable[Judged]) -> list[str]:
        """What is to be said of baselines that count more than there is."""
        fewer: Counter[str] = Counter()
        for one in judged:
            fewer[str(self.baseline(one.target).place)] += one.told.fewer
        for name, base in self._baselines.items():
            fewer[name] += sum(sum(base.counts[key].values()) for key in base.gone())
        return [
            f"{name} can shrink by {count}: run `mirage-lint baseline` with the same paths"
            for name, count in sorted(fewer.items())
            if count
        ]

    def checker(self, target: Target) -> Checker:
        """The registry that a document is held against."""
        key = str(target.claims)
        if key not in self._checkers:
            self._checkers[key] = self._open(target.claims)
        return self._checkers[key]

    def stale(self) -> list[Finding]:
        """What is told of the registries themselves, in order of path."""
        finder, found = Finder(self.arguments), list[Finding]()
        for claims, checker in sorted(self._checkers.items()):
            path = Path(claims)
            stale = tuple(engine.stale(checker, claims))
            found += telling.chosen(stale, finder.at(path.parent), path).findings if stale else ()
        return found


def summary(judged: Iterable[Judged]) -> Summary:
    """What was looked at, and why findings are not told."""
    documents = list(judged)
    untold = Counter(why for one in documents for why in one.told.untold)
    return engine.summary((one.checked for one in documents), untold)


def _is_record(target: Target, source: Source) -> bool:
    """Whether a document tells of the past or of plans; `Session.chosen` raises where its comments
    cannot be read.
    """
    try:
        return telling.is_record(source, target.configured, target.path)
    except UnreadableError:
        return True


def baseline_of(target: Target) -> Path:
    """Where the known findings of a document are counted, if they are."""
    return target.configured.place("baseline") or target.claims.parent / NAME


def _since(arguments: SimpleNamespace) -> Since | None:
    """The revision that the command line names; `--changed` means the last commit."""
    told = vars(arguments)
    revision = "HEAD" if told.get("changed") else told.get("since")
    if revision is None:
        return None
    from mirage_lint.checking.revisions import Since

    return Since(revision)
