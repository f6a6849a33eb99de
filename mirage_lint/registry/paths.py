"""Paths of artifacts as claims.toml writes them: globs, archives, the home folder."""

import fnmatch
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from mirage_lint.errors import MirageError

MAX_MATCHES = 10_000
"""Files that one glob may match."""

_MEMBER = "::"
_HOME = "~/"
_ARCHIVES = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".zip", ".whl")


def normal(path: str) -> str:
    """A path as the lock keeps it: ``./a//b.csv`` -> ``a/b.csv``."""
    outer, separator, member = path.partition(_MEMBER)
    return str(PurePosixPath(outer)) + separator + member


def archive_of(path: str) -> str:
    """The archive that ``archive::member`` lies in; empty for a plain file."""
    outer, separator, _ = path.partition(_MEMBER)
    return outer if separator else ""


def is_archive(path: str) -> bool:
    """Whether a plain path names an archive as a whole."""
    return _MEMBER not in path and path.lower().endswith(_ARCHIVES)


def refuse_folder(path: str, root: Path, where: str) -> None:
    """Raise MirageError if ``path`` is a directory."""
    outer = path.partition(_MEMBER)[0]
    try:
        is_folder = (root / os.path.expanduser(outer)).is_dir()
    except (OSError, ValueError):
        return  # the loader tells what is wrong with such a path
    if is_folder:
        raise MirageError(where, f"artifact '{path}' is a directory", f"name its files: {outer}/*")


def expand(entry: str, root: Path, old: Iterable[str], where: str) -> list[str]:
    """The files that an entry names, sorted; where a glob finds none, those of the ``old`` paths.

    Raises MirageError if a glob matches nothing.
    """
    path = normal(entry)
    if "*" not in path:
        return [path]
    outer, separator, member = path.partition(_MEMBER)
    if "*" in member:
        raise MirageError(where, f"'{entry}' has a * within an archive", "name each member")
    found = [file + separator + member for file in _matches(outer, root, where)]
    found = found or [known for known in old if fnmatch.fnmatchcase(known, path)]
    if not found:
        raise MirageError(where, f"'{entry}' matches no file", "correct the pattern")
    return sorted(found)


def opened(pattern: str, path: str) -> str:
    """What the ``*`` of a pattern stand for in a path: ``runs/*/eval.json`` -> ``small``.

    Empty where the pattern has none, or is not that of the path.
    """
    first, *parts = normal(pattern).replace("**", "*").split("*")
    if not parts or not path.startswith(first):
        return ""
    at, found = len(first), []
    for number, part in enumerate(parts, start=1):
        is_last = number == len(parts)
        end = len(path) - len(part) if is_last else path.find(part, at)
        if end < at or not path.startswith(part, end):
            return ""
        found.append(path[at:end])
        at = end + len(part)
    return "/".join(filter(None, found))


def _matches(pattern: str, root: Path, where: str) -> list[str]:
    prefix = _HOME if pattern.startswith(_HOME) else ""
    base = Path(os.path.expanduser("~")) if prefix else root
    found: list[str] = []
    try:
        for place in base.glob(pattern.removeprefix(prefix)):
            if place.is_file():
                found.append(prefix + place.relative_to(base).as_posix())
            if len(found) > MAX_MATCHES:
                raise MirageError(where, f"'{pattern}' matches over {MAX_MATCHES:,} files")
    except (ValueError, NotImplementedError, OSError):
        mend = "write it relative to claims.toml, as `results/*.csv`"
        raise MirageError(where, f"'{pattern}' is no pattern of files", mend) from None
    return found
