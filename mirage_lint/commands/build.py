"""``mirage-lint build``: write ``claims.lock``, or with ``--check`` tell whether it is stale."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from mirage_lint import writing
from mirage_lint.core.facts import TIER_NAMES, Fact, Registry, Source
from mirage_lint.registry import lock
from mirage_lint.registry.build import Built, build
from mirage_lint.registry.compare import changes
from mirage_lint.reports.printable import printable


def run(claims: Path, check: bool, write: Callable[[str], object]) -> int:
    """Build the lock beside ``claims``; ``write`` gets each line of the report, with its newline.

    Returns 0, or 1 if ``check`` finds the lock stale; it then writes no file. Raises MirageError
    where the registry cannot be built, and then nothing is written either.
    """
    place = claims.parent / f"{claims.stem}.lock"
    old = lock.load(place) if os.path.exists(place) else None
    built = build(claims, old)
    text = lock.dump(built.registry)
    if check:
        return _check(place, old, built, text, write)
    writing.replace(place, text)
    for line in (_summary(place, built), *_notes(built)):
        write(f"{printable(line)}\n")
    return 0


def _check(
    place: Path, old: Registry | None, built: Built, text: str, write: Callable[[str], object]
) -> int:
    if old is None:
        write(f"{place.name} is absent; run `mirage-lint build`\n")
        return 1
    if place.read_bytes().replace(b"\r\n", b"\n") == text.encode():
        write(f"{_summary(place, built)}, up to date\n")
        for line in _held(built):
            write(f"{printable(line)}\n")
        return 0
    found = changes(old, built.registry) or ("its form is not the one that build writes",)
    write(f"MIR901 {place.name} is stale; run `mirage-lint build`\n")
    for line in found:
        write(f"  {printable(line)}\n")
    return 1


def _summary(place: Path, built: Built) -> str:
    registry = built.registry
    facts = _plural(len(registry.facts), "fact", "facts")
    families = _plural(len(registry.families), "family", "families")
    artifacts = _plural(len(registry.artifacts), "artifact", "artifacts")
    return f"{place.name}: {facts} of {families} from {artifacts}"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _held(built: Built) -> Iterator[str]:
    """Artifacts that are absent here, whose facts stay as the lock has them."""
    digests = {artifact.path: artifact.digest for artifact in built.registry.artifacts}
    for path, count in built.held:
        facts = _plural(count, "fact", "facts")
        yield f"held: {path} is absent here, {facts} kept by digest {digests[path][:12]}"


def _notes(built: Built) -> Iterator[str]:
    yield from _held(built)
    for path in built.unread:
        yield f"note: {path} is of no format that is read; only its digest is kept"
    for fact in built.registry.facts:
        yield from _overruled(fact)


def _overruled(fact: Fact) -> Iterator[str]:
    winner = f"{fact.value} ({_told(fact.source)})"
    for loser in fact.overruled:
        yield f"note: MIR902 {fact.id}: {winner} wins over {loser.value} ({_told(loser.source)})"


def _told(source: Source) -> str:
    return f"{source}, {TIER_NAMES[source.tier]}"
