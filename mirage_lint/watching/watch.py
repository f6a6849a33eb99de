"""The documents of a command line with their registries: each look at them checks what changes
touched, and gives what is to be told.
"""

import os
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from mirage_lint.checking import engine, telling
from mirage_lint.checking.collect import Target, searched, targets
from mirage_lint.checking.engine import Checked
from mirage_lint.checking.session import Session, baseline_of, summary
from mirage_lint.errors import MirageError
from mirage_lint.registry import home
from mirage_lint.reports.report import Report
from mirage_lint.rules.finding import ACROSS, Finding
from mirage_lint.system import terminal
from mirage_lint.watching.live import Live
from mirage_lint.watching.stamps import GONE, Change, Stamp, changes, happened, stamp, stamps

SET_OTHERWISE = "set otherwise"

_Key = tuple[str, int, int, str, str]


class Page(NamedTuple):
    """A document as it was when last looked at; ``problem`` is why it was not checked."""

    target: Target
    stamp: Stamp
    checked: Checked | None
    problem: str = ""


class Look(NamedTuple):
    """What is to be told: what changed, and lines on what is wrong with registries and with
    documents that cannot be read.

    ``report`` has the findings in documents that changed, and all that are new; it is None where
    nothing was checked anew. ``unread`` counts the documents that were not checked.
    """

    changes: list[Change]
    notes: list[str]
    report: Report | None = None
    unread: int = 0


class Watch:
    """What was seen last; ``day`` tells the day, where a silence ends on one."""

    def __init__(self, arguments: SimpleNamespace, day: Callable[[], str] = telling.today) -> None:
        self._arguments = arguments
        self._day = day
        self._lives: dict[str, Live] = {}
        self._pages: dict[str, Page] = {}
        self._baselines: dict[Path, Stamp] = {}
        self._told: frozenset[_Key] = frozenset()
        self._problem: str | None = None
        self._has_looked = False

    def look(self) -> Look | None:
        """What is to be told; None where all is as it was.

        Raises MirageError where it is bad usage from the start.
        """
        try:
            found = self._look()
        except MirageError as error:
            if not self._has_looked:
                raise
            before, self._problem = self._problem, str(error)
            return None if self._problem == before else Look([], [self._problem])
        self._problem = None
        return found

    def folders(self) -> list[str]:
        """The folders in which what happens may change what is told; all are there."""
        wanted = {place for each in self._wanted() for place in _upward(*each)}
        return sorted({str(_nearest(place)) for place in wanted})

    def _look(self) -> Look | None:
        named = targets(self._arguments)
        remade, found = self._refresh(named)
        edited = dict(self._read(named, remade))
        recounted = self._recount(named)
        found += [*recounted, *((what, path) for path, what in edited.items())]
        is_due = not self._has_looked or self._problem is not None
        if not found and not is_due:
            return None
        self._has_looked = True
        is_checked = is_due or bool(edited or remade or recounted)
        report, notes = self._report(edited) if is_checked else (None, [])
        unread = sum(one.checked is None for one in self._pages.values())
        return Look(list(dict.fromkeys(found)), [*self._problems(remade), *notes], report, unread)

    def _refresh(self, named: Iterable[Target]) -> tuple[set[str], list[Change]]:
        """Which registries are others now, by their claims.toml, and what changed of all."""
        lives: dict[str, Live] = {}
        remade, found = set[str](), list[Change]()
        for key, claims in {str(one.claims): one.claims for one in named}.items():
            live = self._lives.get(key)
            before = live.checker if live else None
            if live:
                found += live.refresh()
            else:
                is_trusted = not self._arguments.untrusted
                live = Live(home.require(claims), is_trusted=is_trusted)
            if live.checker is not before:
                remade.add(key)
            lives[key] = live
        self._lives = lives
        return remade, found

    def _read(self, named: list[Target], remade: set[str]) -> Iterator[tuple[str, str]]:
        """Check the documents that changed, and those of registries that did; gives the former,
        each with what happened to it.
        """
        before, self._pages = self._pages, {}
        for target in terminal.watched(named, attrgetter("shown"), sys.stderr):
            old, now = before.get(target.shown), stamp(target.path)
            is_same = old is not None and (old.target, old.stamp) == (target, now)
            if old is None or not is_same or str(target.claims) in remade:
                self._pages[target.shown] = self._checked(target, now)
            else:
                self._pages[target.shown] = old
            if not is_same and self._has_looked and (old or now):
                yield target.shown, _happened(old, now)
        for path, old in before.items():
            if old.stamp and path not in self._pages:
                yield path, GONE

    def _checked(self, target: Target, now: Stamp) -> Page:
        checker = self._lives[str(target.claims)].checker
        try:
            source = target.read()
            checked = engine.check(checker, source, target.path) if checker else None
        except MirageError as error:
            return Page(target, now, None, str(error))
        return Page(target, now, checked)

    def _recount(self, named: Iterable[Target]) -> list[Change]:
        """What changed of the baselines."""
        before, self._baselines = self._baselines, stamps({baseline_of(one) for one in named})
        return changes(before, self._baselines) if self._has_looked else []

    def _report(self, edited: Container[str]) -> tuple[Report | None, list[str]]:
        """The findings that are to be told, and what there is to say of baselines."""
        read = [(one.target, one.checked) for one in self._pages.values() if one.checked]
        if not read:
            return None, []  # that nothing is wrong in nothing is no good news
        session = Session(self._arguments, self._day)
        judged = [session.chosen(*one) for one in session.compared(read)]
        told = [finding for one in judged for finding in one.told.findings]
        shown = [one for one in told if one.path in edited or _key(one) not in self._told]
        self._told = frozenset(map(_key, told))
        sources = {one.checked.source.path: one.checked.source for one in judged}
        as_before = len(told) - len(shown)
        report = Report(tuple(shown), sources, summary(judged), as_before=as_before)
        return report, session.fewer(judged)

    def _problems(self, remade: Container[str]) -> Iterator[str]:
        """What is wrong with registries, in full where they are new, and with documents."""
        for key, live in self._lives.items():
            yield from live.notes
            yield from live.differences if key in remade else ()
        yield from (one.problem for one in self._pages.values() if one.problem)

    def _wanted(self) -> Iterator[tuple[Path, Path]]:
        """Folders that matter, each with one above it, up to which those between matter, too."""
        roots = {key: live.claims.parent for key, live in self._lives.items()}
        for key, live in self._lives.items():
            yield from ((folder, roots[key]) for folder in live.folders())
        for page in self._pages.values():
            root = roots.get(str(page.target.claims), Path())
            yield page.target.path.parent, root
            yield Path(os.path.realpath(page.target.path)).parent, root
            yield Path(page.target.configured.file).parent, root
        yield from ((place.parent, place.parent) for place in self._baselines)
        yield from ((folder, folder) for folder in self._searched())

    def _searched(self) -> list[Path]:
        try:
            return list(searched(self._arguments))
        except MirageError:  # told by the look
            return [Path(one) for one in self._arguments.paths]


def _happened(old: Page | None, now: Stamp) -> str:
    before = old.stamp if old else None
    return SET_OTHERWISE if old and before == now else happened(before, now)


def _key(finding: Finding) -> _Key:
    """By which a finding is known again; of other documents, a message tells lines that move."""
    message = "" if finding.code in ACROSS else finding.message
    return finding.path, finding.start, finding.end, finding.code, message


def _upward(folder: Path, root: Path) -> Iterator[Path]:
    """The folder and those above it up to ``root``, where it lies in there."""
    here, top = Path(os.path.abspath(folder)), Path(os.path.abspath(root))
    yield here
    if here.is_relative_to(top):
        yield from (one for one in here.parents if one.is_relative_to(top))


def _nearest(folder: Path) -> Path:
    """The folder, or the first above it that is there and can be listed."""
    return next(
        (one for one in (folder, *folder.parents) if one.is_dir() and os.access(one, os.R_OK)),
        Path(folder.anchor),
    )
