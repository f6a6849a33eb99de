"""Findings dated: each with what git knows of its line and of the value that it is held against.

Silent rather than wrong: nothing is told where git does not know both sides.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mirage_lint.binding.binding import CHECKSUM, Binding
from mirage_lint.core.facts import Artifact, Fact
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError
from mirage_lint.history import documents, repository, values
from mirage_lint.history.documents import Said
from mirage_lint.history.repository import Repository
from mirage_lint.history.touched import Evidence
from mirage_lint.history.values import Held
from mirage_lint.rules.finding import LINE, OTHER, VALUE, Finding, History
from mirage_lint.system import git


class Page(NamedTuple):
    """A document with what is found in it, and the registry that it is held against."""

    path: Path
    source: Source
    claims: Path
    findings: tuple[Finding, ...]


_Pair = tuple[Evidence, Evidence]
"""Of a line, and of what it is held against."""


def dated(pages: Sequence[Page]) -> list[tuple[Finding, ...]]:
    """The findings of each document, with their history where git knows it; documents without any
    may be what others are held against.
    """
    by_root: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        by_root[_root(page.path)].append(page)
    known: dict[int, History] = {}
    for root, here in by_root.items():
        if root and any(page.findings for page in here):
            known |= _histories(here)
    return [
        tuple(one._replace(history=known.get(id(one))) for one in page.findings) for page in pages
    ]


def _root(path: Path) -> str:
    """The folder, the document's own or one above, that seems to be the root of its repository;
    empty where none does.
    """
    folder, below = _folder(path), ""
    while folder != below:
        if os.path.lexists(os.path.join(folder, ".git")):
            return folder
        folder, below = os.path.dirname(folder), folder
    return ""


def _folder(path: Path) -> str:
    return os.path.dirname(os.path.realpath(path))


def _histories(pages: Sequence[Page]) -> dict[int, History]:
    """By the identities of the findings; nothing where git is absent, refuses or is too slow."""
    try:
        return _known(repository.open_at(_folder(pages[0].path)), pages)
    except (git.GitError, MirageError):
        return {}


class _Question(NamedTuple):
    """What a finding says, and what that is held against: a value, or another document."""

    said: Said
    held: Held | None
    other: Said | None


def _questions(asked: Repository, pages: Sequence[Page]) -> dict[int, _Question]:
    """The findings about one fact, one digest or one other place, by their identities."""
    places = {page.source.path: (asked.place(page.path), page.source) for page in pages}
    found = {}
    for page in pages:
        path, source = places[page.source.path]
        if not path:
            continue
        for one in page.findings:
            of, other = _meant(one.binding), _other(one, places)
            held = _held(asked, of, page.claims) if of else None
            if held or other:
                found[id(one)] = _Question(documents.said(one, path, source), held, other)
    return found


def _other(finding: Finding, places: Mapping[str, tuple[str | None, Source]]) -> Said | None:
    """The one place that tells it otherwise; None where there are more, or git knows none."""
    if len(finding.others) != 1:
        return None
    (one,) = finding.others
    path, source = places.get(one.path, (None, None))
    return Said(path, source, range(one.first, one.last + 1), one.text) if path and source else None


def _meant(binding: Binding | None) -> Fact | Artifact | None:
    """The one thing that the text is held against; None where there are more."""
    if binding is None:
        return None
    of: set[Fact | Artifact] = set(binding.facts)
    if binding.change == CHECKSUM:
        of.update(binding.artifacts)
    return of.pop() if len(of) == 1 else None


def _held(asked: Repository, of: Fact | Artifact, claims: Path) -> Held:
    """What the lock beside ``claims`` tells of that. Members of archives are no files of git's."""
    lock = asked.place(claims.with_suffix(".lock"))
    artifact, _, member = of.source.artifact.partition("::") if isinstance(of, Fact) else ("",) * 3
    path = asked.place(claims.parent / artifact) if artifact and not member else None
    return values.held(of, lock or "", path or "")


def _known(asked: Repository, pages: Sequence[Page]) -> dict[int, History]:
    questions = _questions(asked, pages)
    against = _against(asked, questions)
    lines = documents.found(asked, {name: questions[name].said for name in against})
    pairs = {name: (line, against[name]) for name, line in lines.items()}
    after = _after(asked, pairs.values())
    known = {
        name: _history(*pair, OTHER if questions[name].other else VALUE, after)
        for name, pair in pairs.items()
    }
    return {name: one for name, one in known.items() if one.newer or one.against.is_exact}


def _against(asked: Repository, questions: Mapping[int, _Question]) -> dict[int, Evidence]:
    """What git knows of what the findings are held against."""
    held = {name: one.held for name, one in questions.items() if one.held}
    others = {name: one.other for name, one in questions.items() if one.other}
    known = values.found(asked, held.values())
    found = {name: known[one] for name, one in held.items() if one in known}
    return found | documents.found(asked, others)


def _after(asked: Repository, pairs: Iterable[_Pair]) -> set[tuple[str, str]]:
    """Each commit of a pair that comes after the other, with that one."""
    earlier: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for new, old in (pair, pair[::-1]):
            if new.seconds >= old.seconds and new.touch.commit and old.touch.commit:
                earlier[new.touch.commit].add(old.touch.commit)
    return {
        (commit, other)
        for commit, others in sorted(earlier.items())
        for other in asked.ancestors(commit, others)
    }


def _history(line: Evidence, against: Evidence, side: str, after: set[tuple[str, str]]) -> History:
    newer = ""
    if against.touch.is_exact and _comes_after(against, line, after):
        newer = side
    elif line.touch.is_exact and _comes_after(line, against, after):
        newer = LINE
    return History(line.touch, against.touch, side, against.lock, against.was, newer)


def _comes_after(one: Evidence, other: Evidence, after: set[tuple[str, str]]) -> bool:
    """Whether one was touched after the other; what is not committed comes last."""
    if not other.touch.commit:
        return False
    return not one.touch.commit or (one.touch.commit, other.touch.commit) in after
