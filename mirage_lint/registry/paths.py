"""Paths of artifacts as claims.toml writes them: globs, archives, the home folder."""

import fnmatch
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath

from mirage_lint.errors import MirageError
from mirage_lint.registry.reach import Reach

_MEMBER = "::"
_ARCHIVES = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".zip", ".whl")


@lru_cache(maxsize=1024)
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


def refuse_folder(path: str, reach: Reach, where: str) -> None:
    """Raise MirageError if ``path`` is a directory."""
    outer = path.partition(_MEMBER)[0]
    try:
        is_folder = reach.place(path).is_dir()
    except (OSError, ValueError):
        return  # the loader tells what is wrong with such a path
    if is_folder:
        raise MirageError(where, f"artifact '{path}' is a directory", f"name its files: {outer}/*")


def is_glob(entry: str) -> bool:
    """Whether an entry names whatever files match it."""
    return "*" in entry


def expand(entry: str, reach: Reach, old: Iterable[str], where: str) -> list[str]:
    """The files that an entry names, sorted; where a glob finds none, those of the ``old`` paths.

    Raises MirageError if a glob matches nothing.
    """
    path = normal(entry)
    if not is_glob(path):
        return [path]
    outer, separator, member = path.partition(_MEMBER)
    if "*" in member:
        raise MirageError(where, f"'{entry}' has a * within an archive", "name each member")
    found = [file + separator + member for file in reach.files(outer, where)]
    found = found or [known for known in old if fnmatch.fnmatchcase(known, path)]
    if not found:
        raise MirageError(where, f"'{entry}' matches no file", "correct the pattern")
    return sorted(found)


def named(found: Iterable[str], entry: str) -> list[str]:
    """Those of the paths ``found`` that an entry of ``exclude`` names, a path or a glob."""
    path = normal(entry)
    return fnmatch.filter(found, path) if is_glob(path) else [one for one in found if one == path]


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
