"""The files of a repository that may be artifacts, by their paths alone."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.errors import MirageError

MAX_LISTED = 200_000
"""Files of the largest repository that is looked through as a whole."""

_GIT_SECONDS = 60
# A repository may configure a monitor that git would run; nothing of what is read is run.
_GIT = ("git", "-c", "core.fsmonitor=false", "ls-files", "-z", "-co", "--exclude-standard")


class Listing(NamedTuple):
    """Paths from the root, those near it first; ``is_whole`` where no bound cut them short."""

    paths: tuple[str, ...]
    is_whole: bool


def listed(root: Path) -> Listing:
    """The files at and below ``root`` that git does not ignore, where git knows; else all.

    Files by which tools are set up, tests and what is installed are left out. Raises MirageError
    where ``root`` is no folder.
    """
    if not root.is_dir():
        raise MirageError(str(root), "is no folder", "name the folder of a repository")
    known = _by_git(root)
    found = list(_walked(root)) if known is None else known
    whole = len(found) <= MAX_LISTED
    kept = sorted(filter(is_wanted, found[:MAX_LISTED]), key=_depth)
    return Listing(tuple(kept), whole)


def _depth(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _by_git(root: Path) -> list[str] | None:
    """The paths that git tells; None where there is no git, or it knows no repository here."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        run = subprocess.run(
            _GIT,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    told = run.stdout.decode("utf-8", "surrogateescape").split("\0")
    return sorted({path for path in told if path and _is_text(path)})


def _is_text(path: str) -> bool:
    """Whether the path can be written into a file of UTF-8."""
    return path.isprintable()


def _walked(root: Path) -> Iterator[str]:
    count = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not _is_skipped(name))
        inside = Path(folder).relative_to(root)
        for name in sorted(files):
            path = (inside / name).as_posix()
            if _is_text(path):
                yield path
                count += 1
        if count > MAX_LISTED:
            return


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``files.json``."""
    return frozenset(vocabulary.load("files")[name])


def is_wanted(path: str) -> bool:
    """Whether a file may be an artifact, by its folders and its name."""
    *folders, name = path.lower().split("/")
    if any(map(_is_skipped, folders)) or name.startswith("."):
        return False
    if folders and folders[0] in words("skipped_first_folders"):
        return False
    if _ends(name, words("wanted_endings")):
        return True
    return name not in words("skipped_names") and not _ends(name, words("skipped_endings"))


def start(place: Path, most: int) -> tuple[int, bytes]:
    """Size and first bytes, at ``most`` so many, of a regular file, no link; nothing where it is
    none, or unreadable.
    """
    try:
        if place.is_symlink() or not place.is_file():
            return 0, b""
        with place.open("rb") as file:
            return place.stat().st_size, file.read(most)
    except (OSError, ValueError):
        return 0, b""


def _is_skipped(folder: str) -> bool:
    return folder.startswith(".") or folder.lower() in words("skipped_folders")


def _ends(name: str, endings: Iterable[str]) -> bool:
    return name.endswith(tuple(endings))
