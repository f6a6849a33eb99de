"""What has changed since a revision of git: lines of documents, and facts of registries.

Git is only asked; nothing that a repository configures is run.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mirage_lint.core.facts import Fact, Registry
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError
from mirage_lint.registry import lock
from mirage_lint.rules.finding import Finding
from mirage_lint.system import git

_DIFF = (
    *("diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", "-U0"),
    "--ignore-submodules",  # which are repositories of their own
)
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_LONE_RETURN = re.compile(rb"\r(?!\n)")


class Facts(NamedTuple):
    """What a registry knows otherwise than it did: ids of facts, each with the values that it had,
    and paths of artifacts; ``is_new`` where there was no lock that can be read.
    """

    were: dict[str, tuple[str, ...]]
    artifacts: frozenset[str] = frozenset()
    is_new: bool = False

    def __bool__(self) -> bool:
        return self.is_new or bool(self.were) or bool(self.artifacts)


class _Repository(NamedTuple):
    """A working tree, the commit that it is held against, the files of that, those of them that
    changed, and the settings under which git reads files.
    """

    root: str
    base: str
    altered: frozenset[str]
    known: frozenset[str]
    settings: dict[str, str]

    def is_changed(self, name: str) -> bool:
        """Whether a file is new or another."""
        return name in self.altered or name not in self.known


class Since:
    """The changes since ``revision``, or since what HEAD has in common with it."""

    def __init__(self, revision: str) -> None:
        self.revision = revision
        self._repositories: dict[str, _Repository] = {}
        self._facts: dict[str, Facts] = {}
        self._lines: dict[str, frozenset[int] | None] = {}

    def is_changed(self, path: Path) -> bool:
        """Whether a document is not what it was."""
        repository, name = self._place(path)
        return repository.is_changed(name)

    def touches(self, path: Path, first: int, last: int) -> bool:
        """Whether one of these lines of a document changed."""
        lines = self.lines(path)
        return lines is None or not lines.isdisjoint(range(first, last + 1))

    def lines(self, path: Path) -> frozenset[int] | None:
        """The lines of a document that changed, from 1; None for all."""
        key = str(path)
        if key not in self._lines:
            self._lines[key] = self._changed_lines(path)
        return self._lines[key]

    def facts(self, claims: Path, registry: Registry) -> Facts:
        """What the lock beside ``claims`` tells otherwise."""
        key = str(claims)
        if key not in self._facts:
            old = self._old_registry(claims.with_suffix(".lock"))
            self._facts[key] = _changed_facts(old, registry) if old else Facts({}, is_new=True)
        return self._facts[key]

    def _changed_lines(self, path: Path) -> frozenset[int] | None:
        repository, name = self._place(path)
        if not repository.is_changed(name):
            return frozenset()
        if name not in repository.known or _LONE_RETURN.search(path.read_bytes()):
            return None  # it is new, or git counts its lines otherwise
        asked = (*_DIFF, repository.base, "--", f":(literal){name}")
        told = git.run(repository.root, *asked, settings=repository.settings)
        hunks = ((int(first), int(count or 1)) for first, count in _HUNK.findall(told))
        return frozenset(line for first, count in hunks for line in range(first, first + count))

    def _old_registry(self, path: Path) -> Registry | None:
        repository, name = self._place(path)
        data = self._show(repository, name)
        try:
            return None if data is None else lock.parse(data.decode("utf-8"), path)
        except (MirageError, UnicodeDecodeError):
            return None  # of another version, or broken: whatever it knew is not known

    def _show(self, repository: _Repository, name: str) -> bytes | None:
        """A file as it was; None where there was none."""
        if name not in repository.known:
            return None
        return git.run(repository.root, "cat-file", "blob", f"{repository.base}:{name}")

    def _place(self, path: Path) -> tuple[_Repository, str]:
        """The repository that a file lies in, and its path there."""
        folder = os.path.realpath(path.parent)
        if folder not in self._repositories:
            self._repositories[folder] = self._open(folder, path)
        repository = self._repositories[folder]
        inside = os.path.relpath(os.path.join(folder, path.name), repository.root)
        return repository, Path(inside).as_posix()

    def _open(self, folder: str, path: Path) -> _Repository:
        try:
            told = git.run(folder, "rev-parse", "--show-toplevel")
        except git.GitError:
            problem = "lies in no git repository"
            raise MirageError(str(path), problem, "leave --changed and --since out") from None
        root = os.path.realpath(told.decode("utf-8", "surrogateescape").rstrip("\n"))
        known = (one for one in self._repositories.values() if one.root == root)
        return next(known, None) or self._at(root)

    def _at(self, root: str) -> _Repository:
        base, settings = self._base(root), git.unfiltered(root)
        changed = _names(git.run(root, *_DIFF, "--name-only", "-z", base, settings=settings))
        known = _names(git.run(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", base))
        return _Repository(root, base, changed, known, settings)

    def _base(self, root: str) -> str:
        """The commit to compare with."""
        wanted = f"{self.revision}^{{commit}}"
        try:
            commit = git.run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        except git.GitError:
            problem = "is no revision of this repository"
            mend = "fetch it, or correct the name"
            raise MirageError(self.revision, problem, mend) from None
        name = commit.decode("ascii").strip()
        try:
            return git.run(root, "merge-base", name, "HEAD").decode("ascii").strip()
        except git.GitError:  # none is known here, as in a shallow clone
            return name


def _names(told: bytes) -> frozenset[str]:
    return frozenset(filter(None, told.decode("utf-8", "surrogateescape").split("\0")))


def _changed_facts(old: Registry, new: Registry) -> Facts:
    """Facts with another value, and all those of a family whose names, populations or fact ids
    are others.
    """
    before, after = _by_id(old.facts), _by_id(new.facts)
    were = {
        name: tuple(fact.value for fact in before.get(name, ()))
        for name, facts in after.items()
        if list(map(_said, facts)) != list(map(_said, before.get(name, ())))
    }
    others = {one.name for one in set(new.families) ^ set(old.families)}
    others |= {one.family for one in set(new.populations) ^ set(old.populations)}
    others |= {facts[0].family for name, facts in before.items() if name not in after}
    for name, facts in after.items():
        if facts[0].family in others:
            were.setdefault(name, ())
    digests = {one.path: one.digest for one in old.artifacts}
    artifacts = {one.path for one in new.artifacts if digests.get(one.path) != one.digest}
    return Facts(were, frozenset(artifacts), is_new=old.units != new.units)


def _by_id(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.id, []).append(fact)
    return found


def _said(fact: Fact) -> tuple[str, ...]:
    """What a claim is held against."""
    return fact.value, fact.unit, fact.numerator, fact.denominator, *fact.names


def concerning(
    findings: Iterable[Finding], source: Source, path: Path, since: Since, facts: Facts
) -> tuple[Finding, ...]:
    """Those of ``findings`` in the document at ``path`` that stand on changed lines, or rest on
    facts or lines of other documents that changed; the latter say so.
    """
    found = []
    for one in findings:
        first, last = source.position(one.start)[0], source.position(max(one.end - 1, one.start))[0]
        if since.touches(path, first, last):
            found.append(one)
        elif told := _cause(one, facts, since.revision) or _elsewhere(one, since):
            found.append(one._replace(message=f"{one.message}; {told}"))
    return tuple(found)


def _elsewhere(finding: Finding, since: Since) -> str:
    """Which other line changed that the finding rests on; empty where none did."""
    for one in finding.others:
        if since.touches(Path(one.path), one.first, one.last):
            return f"{one.path}:{one.first} changed since {since.revision}"
    return ""


def _cause(finding: Finding, facts: Facts, revision: str) -> str:
    """What changed that the finding rests on; empty where nothing did."""
    binding = finding.binding
    if binding is None:
        return ""
    for fact in (*binding.facts, *binding.others):
        were = facts.were.get(fact.id, ())
        if were and were != (fact.value,):
            return f"{fact.id} was {' or '.join(were)} at {revision}"
        if fact.id in facts.were:
            return f"the registry changed since {revision}"
    if any(one.path in facts.artifacts for one in binding.artifacts):
        return f"the artifact changed since {revision}"
    is_told = facts.is_new and (binding.facts or binding.artifacts)
    return f"the registry changed since {revision}" if is_told else ""
