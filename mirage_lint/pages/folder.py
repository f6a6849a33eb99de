"""The folder of a report: each file is written at once or not at all, and of what lies there
nothing is touched that no report wrote.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mirage_lint.errors import MirageError
from mirage_lint.system import writing

LIST = "mirage-lint-report.json"
"""The list of what a report wrote: the digest of each file, by its name."""

_NAME = re.compile(r"[a-z0-9-]{1,100}\.html")
_LARGEST_LIST = 16 * 1024 * 1024


def require(folder: Path) -> dict[str, str]:
    """What a former report wrote there; raises MirageError where there is something else."""
    shown = str(folder)
    if not folder.exists() and not folder.is_symlink():
        if not folder.parent.is_dir():
            raise MirageError(shown, "lies in a directory that is absent", "make that first")
        return {}
    if not folder.is_dir():
        raise MirageError(shown, "is not a folder", "name one, or a new one")
    there = sorted(one.name for one in folder.iterdir())
    if there and LIST not in there:
        problem = f"holds what no report wrote ({there[0]})"
        raise MirageError(shown, problem, "name a new or an empty folder")
    return _listed(folder / LIST) if there else {}


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a report, and take away those of a former one that are none any more and
    that nobody has changed.

    All are written beside their places first: what cannot be written leaves all as it was.
    """
    was = require(folder)
    _refuse_others(folder, files, was)
    try:
        folder.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder, prefix=".mirage-lint-"))
        try:
            _put(folder, aside, files, was)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        problem = f"cannot be written ({error.strerror or error})"
        raise MirageError(error.filename or str(folder), problem, "check rights and room") from None


def _put(folder: Path, aside: Path, files: Mapping[str, str], was: Mapping[str, str]) -> None:
    written = {}
    for name, text in files.items():
        data = text.encode("utf-8", "backslashreplace")
        (aside / name).write_bytes(data)
        written[name] = hashlib.sha256(data).hexdigest()
    # The list first: what is in it may be written over, whenever this is broken off.
    _list(folder, {**was, **written})
    for name in files:
        os.replace(aside / name, folder / name)
    for name in was.keys() - written.keys():
        if (digest := _digest(folder / name)) and digest == was[name]:
            os.unlink(folder / name)
    _list(folder, written)


def _list(folder: Path, written: Mapping[str, str]) -> None:
    text = json.dumps(written, indent=1, sort_keys=True) + "\n"
    writing.replace(folder / LIST, text)


def _listed(place: Path) -> dict[str, str]:
    """The names and digests of a list, which may say anything."""
    try:
        if place.is_symlink() or not place.is_file() or place.stat().st_size > _LARGEST_LIST:
            raise ValueError
        found = json.loads(place.read_bytes())
        if not isinstance(found, dict) or not all(
            _NAME.fullmatch(name) and isinstance(digest, str) for name, digest in found.items()
        ):
            raise ValueError
    except (OSError, ValueError, RecursionError):
        mend = "take it away, with the pages beside it, or name a new folder"
        raise MirageError(str(place), "is not the list of a report's files", mend) from None
    return found


def _refuse_others(folder: Path, files: Mapping[str, str], was: Mapping[str, str]) -> None:
    for name in files:
        place = folder / name
        if place.is_symlink() or (place.exists() and not (name in was and place.is_file())):
            raise MirageError(str(place), "was written by no report", "take it away")


def _digest(place: Path) -> str:
    """The digest of a regular file; nothing where there is none."""
    if place.is_symlink() or not place.is_file():
        return ""
    return hashlib.sha256(place.read_bytes()).hexdigest()
