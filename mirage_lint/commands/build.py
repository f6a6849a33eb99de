"""``mirage-lint build``: write ``claims.lock``, or with ``--check`` tell whether it is stale."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mirage_lint.core.facts import Registry
from mirage_lint.errors import MirageError
from mirage_lint.registry import lock
from mirage_lint.registry.build import Built, build
from mirage_lint.registry.compare import changes
from mirage_lint.reports.printable import printable
from mirage_lint.rules import absent_artifact, sources_conflict, stale_lock


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
    _replace(place, text)
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
        for line in _warnings(built):
            write(f"{printable(line)}\n")
        return 0
    found = changes(old, built.registry) or ("its form is not the one that build writes",)
    write(f"{stale_lock.CODE} {place.name} is stale; run `mirage-lint build`\n")
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


def _warnings(built: Built) -> Iterator[str]:
    """What stands and should be known: artifacts that are absent here, and sources that lost."""
    digests = {artifact.path: artifact.digest for artifact in built.registry.artifacts}
    for path, count in built.held:
        yield f"{path}: {absent_artifact.CODE} {absent_artifact.message(count, digests[path])}"
    for fact in built.registry.facts:
        for loser in fact.overruled:
            told = sources_conflict.message(fact, loser)
            yield f"{loser.source.artifact}: {sources_conflict.CODE} {told}"


def _notes(built: Built) -> Iterator[str]:
    yield from _warnings(built)
    for path in built.unread:
        yield f"{path}: is of no format that is read; only its digest is kept"


def _replace(place: Path, text: str) -> None:
    """Write a file at once or not at all, with the mode that it had."""
    place = Path(os.path.realpath(place))
    try:
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.chmod(name, mode)
            os.replace(name, place)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        problem = f"cannot be written ({error.strerror or error})"
        raise MirageError(str(place), problem, "make its directory writable") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
