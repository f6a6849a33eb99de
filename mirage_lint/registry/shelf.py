"""The artifacts of one build: each read once, or held by digest where it is absent."""

from collections.abc import Iterable, Sequence

from mirage_lint import artifacts
from mirage_lint.artifacts import files
from mirage_lint.artifacts.content import Content, Reader, Reading
from mirage_lint.artifacts.files import Stored
from mirage_lint.core.facts import METADATA, NARRATIVE, Artifact, Datum, Registry
from mirage_lint.errors import MirageError, MissingExtraError
from mirage_lint.registry import paths
from mirage_lint.registry.reach import Reach

_PROSE = (".md", ".markdown", ".rst", ".txt")
_UNREAD = "no format that is read"
_SIZE = "size of the file"
"""Where the only fact stands that a Git-LFS pointer tells."""


class Shelf:
    """Gives readings by path, and remembers what was asked for, by which family."""

    def __init__(
        self,
        reach: Reach,
        old: Registry | None,
        readers: Sequence[Reader] = artifacts.READERS,
    ) -> None:
        self._reach, self._readers = reach, readers
        self._root = reach.root
        self._old = {artifact.path: artifact for artifact in old.artifacts} if old else {}
        told = [fact.source for fact in old.facts] if old else []
        self._telling = {source.artifact for source in told if source.pointer != _SIZE}
        self._sized = {source.artifact for source in told if source.pointer == _SIZE}
        self._readings: dict[str, Reading | None] = {}
        self._artifacts: dict[str, Artifact] = {}
        self._families: dict[str, set[str]] = {}
        self._pointers: set[str] = set()
        self._closed: set[str] = set()
        self._found: dict[str, list[str]] = {}
        self._excluded: dict[str, set[str]] = {}

    def expanded(self, entry: str, exclude: Iterable[str], where: str) -> list[str]:
        """The paths that an entry names, less those that ``exclude`` names, sorted."""
        found = self._found.get(entry) or paths.expand(entry, self._reach, self._old, where)
        self._found[entry] = found
        for each in exclude if paths.is_glob(entry) else ():
            left_out = paths.named(found, each)
            self._excluded.setdefault(each, set()).update(left_out)
            found = [path for path in found if path not in set(left_out)]
        return found

    def listed(self, path: str, family: str, where: str) -> Reading | None:
        """The reading of an artifact of ``artifacts``.

        None where the artifact is absent and held from the old lock. A file of no known format is
        registered by its digest, and its reading is empty.
        """
        return self._get(path, family, where)

    def reading(self, entry: str, family: str, where: str) -> Reading | None:
        """The reading of an artifact that an entry takes values from; None where it is held.

        Raises MirageError if it is absent and no lock holds it, or is of no known format.
        """
        path = paths.normal(entry)
        reading = self._get(path, family, where)
        if reading is not None and reading.name == files.POINTER:
            raise MirageError(where, f"artifact '{path}' is {files.POINTER}", "run `git lfs pull`")
        if reading is not None and reading.name == _UNREAD:
            if self._artifacts[path].size > files.MAX_FILE:
                problem = f"'{path}' is larger than {files.MAX_FILE:,} bytes, the most that is read"
                raise MirageError(where, problem, "point at a smaller file")
            known = ", ".join(reader.NAME for reader in self._readers)
            problem = f"artifact '{path}' is of no known format"
            raise MirageError(where, problem, f"known are: {known}")
        return reading

    def artifacts(self) -> tuple[Artifact, ...]:
        """All artifacts that were asked for, sorted by path."""
        return tuple(
            self._artifacts[path]._replace(families=tuple(sorted(self._families[path])))
            for path in sorted(self._artifacts)
        )

    def unread(self) -> tuple[str, ...]:
        """The listed files that are kept by digest alone, because no reader knows them; sorted."""
        return tuple(
            path
            for path in sorted(self._readings)
            if (reading := self._readings[path]) is not None
            and reading.name == _UNREAD
            and not paths.is_archive(path)
        )

    def excluded(self) -> tuple[tuple[str, int], ...]:
        """Each entry of an ``exclude``, with how many files it left out; sorted."""
        return tuple((each, len(self._excluded[each])) for each in sorted(self._excluded))

    def odd(self) -> tuple[tuple[str, Datum], ...]:
        """What stands in artifacts where a value of known meaning should, by path."""
        read = ((path, self._readings[path]) for path in sorted(self._readings))
        return tuple(
            (path, one) for path, reading in read if reading for one in reading.content.odd
        )

    def silent(self, entry: str, exclude: Iterable[str], telling: set[str]) -> list[str]:
        """The paths of an entry of ``artifacts``, where none of them is among the ``telling`` ones,
        though their formats are read.
        """
        found = self.expanded(entry, exclude, "")
        readings = [(path, self._readings.get(path)) for path in found]
        read = [path for path, one in readings if one and one.name not in (_UNREAD, files.POINTER)]
        return read if telling.isdisjoint(found) else []

    def pointers(self) -> tuple[str, ...]:
        """The files that are not checked out: only their Git-LFS pointers are here; sorted."""
        return tuple(sorted(self._pointers))

    def closed(self) -> tuple[str, ...]:
        """The files that cannot be read here, for want of an extra, and are as the old lock knows
        them; sorted.
        """
        return tuple(sorted(self._closed))

    def held(self) -> frozenset[str]:
        """The paths that are absent here, or closed."""
        return frozenset(path for path, reading in self._readings.items() if reading is None)

    def _get(self, path: str, family: str, where: str) -> Reading | None:
        for each in filter(None, (paths.archive_of(path), path)):
            self._families.setdefault(each, set()).add(family)
            if each not in self._readings:
                is_container = each != path
                self._readings[each] = self._load(each, where, is_container=is_container)
        return self._readings[path]

    def _load(self, path: str, where: str, *, is_container: bool) -> Reading | None:
        self._reach.check(path, where)
        paths.refuse_folder(path, self._reach, where)
        if is_container or paths.is_archive(path):
            found = files.load_digest(path, self._root)
            if found:
                return self._keep(path, *found, _unread(path))
        is_streamed = artifacts.is_streamed(path) and not paths.archive_of(path)
        opener = files.opener(path, self._root) if is_streamed else None
        is_ours = self._readers == artifacts.READERS  # a plugin may read any file as a whole
        stored = files.load(path, self._root, artifacts.LARGE if opener and is_ours else None)
        if stored is None:
            self._hold(path, where)
            return None
        if not stored.is_here:
            return self._point(stored, where)
        is_known = artifacts.reader_of(stored, self._readers) is not None
        try:
            reading = artifacts.read(stored, self._readers, opener) if is_known else _unread(path)
        except MissingExtraError:
            if not self._is_known(stored):
                raise
            self._closed.add(path)
            self._artifacts[path] = self._old[path]
            return None
        return self._keep(path, stored.digest, stored.size, reading)

    def _keep(self, path: str, digest: str, size: int, reading: Reading) -> Reading:
        self._artifacts[path] = Artifact(path, (), digest, size, reading.tier)
        return reading

    def _point(self, stored: Stored, where: str) -> Reading | None:
        """What stands for a Git-LFS pointer: the facts that the old lock has of the same content.

        Where it has none of it, no more than digest and size, which is a fact.
        """
        path, is_known = stored.path, self._is_known(stored)
        self._pointers.add(path)
        if path in self._telling or not stored.digest:
            if not is_known:
                problem = (
                    f"artifact '{path}' is {files.POINTER}, and no claims.lock holds its facts"
                )
                raise MirageError(where, problem, "run `git lfs pull`")
            self._artifacts[path] = self._old[path]
            return None
        reading = _unread(path)._replace(name=files.POINTER)
        if is_known:
            reading = reading._replace(tier=self._old[path].tier)
        if not is_known or path in self._sized:
            names = ("file size", "bytes")
            size = Datum("size", str(stored.size), _SIZE, unit="byte", names=names)
            reading = reading._replace(content=Content((size,)))
        return self._keep(path, stored.digest, stored.size, reading)

    def _is_known(self, stored: Stored) -> bool:
        """Whether the old lock was made of the same content, or of what a pointer stands for."""
        place, digest = stored.path, stored.digest
        if not digest:  # a member: its archive tells
            place = paths.archive_of(place)
            digest = self._artifacts[place].digest
        is_same = place in self._old and self._old[place].digest == digest
        return is_same and stored.path in self._old

    def _hold(self, path: str, where: str) -> None:
        if path not in self._old:
            problem = f"artifact '{path}' is absent, and no claims.lock holds its facts"
            raise MirageError(where, problem, "put it there, or correct the path")
        self._artifacts[path] = self._old[path]


def _unread(path: str) -> Reading:
    tier = NARRATIVE if path.lower().endswith(_PROSE) else METADATA
    return Reading(Content(), tier, _UNREAD)
