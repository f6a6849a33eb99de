"""What the last build saw, so that a check of an unchanged tree reads no artifact again.

It lies in the user's cache directory, as the lock must be the same from any machine. It is only
ever believed where every file, every search and the program itself are as they were; whatever else
it holds, the registry is built anew.
"""

import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mirage_lint.core.facts import Artifact
from mirage_lint.errors import MirageError
from mirage_lint.registry.reach import Reach
from mirage_lint.system import writing

MAX_BYTES = 64 * 2**20
"""Bytes of the largest memory that is read."""

_RACY = 2 * 10**9
"""Nanoseconds in which a file may change twice and show one time, on the coarsest of systems."""

_Stamp = list[int]


class Memory:
    """The memory of one claims.toml and its lock, which may both be absent."""

    def __init__(self, claims: Path, lock: Path, reach: Reach) -> None:
        self._began = time.time_ns()
        self._reach = reach
        self._texts = (claims, lock)
        self._claims = _digest(claims)
        name = hashlib.sha256(os.path.realpath(claims).encode("utf-8", "surrogateescape"))
        self._place = _folder() / f"{name.hexdigest()}.json"

    def recall(self) -> list[str] | None:
        """What the last build told, if a build now would tell and write the same; else None."""
        try:
            known = json.loads(_head(self._place))
            stamps = known["artifacts"]
            if known["key"] != self._key() or not self._reach.sees(known["seen"]):
                return None
            if not all(self._is_same(path, *stamp) for path, stamp in stamps.items()):
                return None
            told = [str(line) for line in known["told"]]
        except (OSError, LookupError, TypeError, ValueError, AttributeError, RecursionError):
            return None
        except MirageError:  # an artifact that can be read no more: the build tells it better
            return None
        fresh = {path: [digest, self._lasting(path)] for path, (digest, _) in stamps.items()}
        if fresh != stamps:
            self._write(fresh, told)
        return told

    def keep(self, artifacts: Iterable[Artifact], held: Iterable[str], told: list[str]) -> None:
        """Remember the artifacts of a build, of which some are ``held``, and what it told."""
        absent = set(held)
        plain = (artifact for artifact in artifacts if "::" not in artifact.path)
        digests = {each.path: "" if each.path in absent else each.digest for each in plain}
        self._write({path: [digest, self._lasting(path)] for path, digest in digests.items()}, told)

    def _write(self, stamps: dict[str, list[Any]], told: list[str]) -> None:
        try:
            key, seen = self._key(), self._reach.seen
            known = {"key": key, "seen": seen, "artifacts": stamps, "told": told}
            if key[0] != self._claims:
                return  # it changed meanwhile
            self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            writing.replace(self._place, json.dumps(known))
        except (OSError, ValueError, MirageError):
            pass  # without it, the next check takes longer

    def _key(self) -> list[Any]:
        """What a build depends on besides the artifacts."""
        texts = [_digest(path) for path in self._texts]
        reach = self._reach
        return [*texts, str(reach.repository), reach.is_trusted, _program()]

    def _is_same(self, path: str, digest: str, stamp: _Stamp | None) -> bool:
        """Whether a file is as it was: by its stamp, or else by its digest."""
        now = self._stamp(path)
        if not digest or now is None:
            return not digest and now is None
        if now == stamp:
            return True
        from mirage_lint.artifacts import files

        found = files.load(path, self._reach.root, keep=0)
        return found is not None and found.is_here and found.digest == digest

    def _stamp(self, path: str) -> _Stamp | None:
        try:
            status = self._reach.place(path).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return [status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]

    def _lasting(self, path: str) -> _Stamp | None:
        """A file's stamp, if a change since the build began must have changed it."""
        try:
            stamp = self._stamp(path)
        except OSError:
            return None
        return stamp if stamp and max(stamp[2:]) < self._began - _RACY else None


def _folder() -> Path:
    """Where this user's programs keep what can be made again."""
    own = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(own or os.path.expanduser("~/.cache")) / "mirage-lint"


def _head(path: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:
        data = file.read(MAX_BYTES + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    if data is None or len(data) > MAX_BYTES:
        raise ValueError("no file of fair size")
    return data


def _digest(path: Path) -> str:
    """The digest of a text; empty for one that cannot be read."""
    try:
        return hashlib.sha256(_head(path)).hexdigest()
    except (OSError, ValueError):
        return ""


def _program() -> str:
    """A mark of this program and of the packages beside it: another may build another lock."""
    told = [sys.version]
    for folder, _, names in sorted(os.walk(Path(__file__).parents[1])):
        for name in sorted(names):
            if not name.endswith(".pyc"):
                status = os.stat(os.path.join(folder, name))
                told.append(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}")
    sites = (path for path in sys.path if path.endswith(("site-packages", "dist-packages")))
    told += [f"{path} {os.stat(path).st_mtime_ns}" for path in sites if os.path.isdir(path)]
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()
