"""``mirage-lint build``: write ``claims.lock``, or with ``--check`` tell whether it is stale."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, TextIO

from mirage_lint.checking import collect
from mirage_lint.checking.staleness import staleness
from mirage_lint.registry import home
from mirage_lint.registry.memory import Memory
from mirage_lint.registry.reach import Reach
from mirage_lint.reports.printable import path as line_start
from mirage_lint.rules import absent_artifact, sources_conflict
from mirage_lint.rules.wording import counted
from mirage_lint.system import writing

if TYPE_CHECKING:
    from mirage_lint.registry.build import Built


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Build the lock, or with ``check`` write nothing, and tell; 1 where the lock is stale.

    With ``untrusted``, nothing outside the repository is read. Raises MirageError where the
    registry cannot be built, and then nothing is written either.
    """
    claims, check = home.require(collect.registry(arguments)), arguments.check
    place = claims.parent / f"{claims.stem}.lock"
    reach = Reach(claims.parent, is_trusted=not arguments.untrusted)
    for path in (claims, place):
        reach.check(path.name, str(path))
    memory = Memory(claims, place, reach)
    told = memory.recall() if check else None
    if told is None:
        status, told = _build(claims, place, reach, memory, check)
    else:
        status = 0
    out.writelines(f"{line_start(line)}\n" for line in told)
    return status


def _build(
    claims: Path, place: Path, reach: Reach, memory: Memory, check: bool
) -> tuple[int, list[str]]:
    """Build, and hold the lock against it or write it: the exit status, and what to tell."""
    from mirage_lint.registry import lock
    from mirage_lint.registry.build import build

    old = lock.load(place) if os.path.exists(place) else None
    built = build(claims, old, reach)
    text = lock.dump(built.registry)
    if check:
        problems = staleness(place, old, built.registry, text)
        if problems:
            return 1, problems
    else:
        writing.replace(place, text)
    summary, warnings = _summary(place, built), list(_warnings(built))
    checked = [f"{summary}, up to date", *warnings]
    if built.is_lasting:
        memory.keep(built.registry.artifacts, (path for path, _ in built.held), checked)
    return 0, checked if check else [summary, *warnings, *_notes(built)]


def _summary(place: Path, built: "Built") -> str:
    registry = built.registry
    facts = counted(len(registry.facts), "fact")
    families = counted(len(registry.families), "family", "families")
    artifacts = counted(len(registry.artifacts), "artifact")
    return f"{place.name}: {facts} of {families} from {artifacts}"


def _warnings(built: "Built") -> Iterator[str]:
    """What stands and should be known: artifacts that are absent here, and sources that lost."""
    digests = {artifact.path: artifact.digest for artifact in built.registry.artifacts}
    for path, count in built.held:
        state = absent_artifact.ABSENT
        if path in built.pointers or path in built.closed:
            state = absent_artifact.POINTER if path in built.pointers else absent_artifact.CLOSED
        told = absent_artifact.message(state, count, digests[path])
        yield f"{path}: {absent_artifact.CODE} {told}"
    for fact in built.registry.facts:
        for loser in fact.overruled:
            told = sources_conflict.message(fact, loser)
            yield f"{loser.source.artifact}: {sources_conflict.CODE} {told}"


def _notes(built: "Built") -> Iterator[str]:
    from mirage_lint.registry.build import odd_value

    for path in sorted(set(built.pointers) - {path for path, _ in built.held}):
        yield f"{path}: {absent_artifact.POINTER}; only its digest and size are kept"
    for path, odd in built.odd:
        yield f"{path}: {odd_value(odd)}"
    for path in built.silent:
        yield f"{path}: holds no value of known meaning; name some by [[table]] or [[fact]]"
    for entry, count in built.excluded:
        files = counted(count, "file") if count else "no file"
        yield f"{entry}: 'exclude' leaves out {files}"
    for path in built.unread:
        yield f"{path}: is of no format that is read; only its digest is kept"
