"""Artifacts as bytes: regular files, and members of archives that are never unpacked to disk."""

import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO, NamedTuple

from mirage_lint.artifacts import archives
from mirage_lint.errors import MirageError

MAX_FILE = 64 * 2**20
"""Bytes of the largest file, or member of an archive, that is read as a whole."""

_SEPARATOR = "::"
_BLOCK = 2**20
_LFS_HEAD = b"version https://git-lfs.github.com/spec/"


class Stored(NamedTuple):
    """The bytes of an artifact, under the path that the registry gives it; SHA-256 in hex."""

    path: str
    digest: str
    size: int
    data: bytes


def load(path: str, root: Path) -> Stored | None:
    """The artifact at ``path``: relative to ``root``, ``~/…``, or ``archive::member``.

    None if the file, or the archive that should hold the member, does not exist. Raises
    MirageError if the archive lacks the member, or if what is there cannot be read whole.
    """
    outer, _, member = path.partition(_SEPARATOR)
    file = _open(outer, root)
    if file is None:
        return None
    with file:
        _check_start(file, outer)
        data = archives.member(file, member, path, MAX_FILE) if member else _whole(file, path)
    _check_head(data, path)
    return Stored(path, hashlib.sha256(data).hexdigest(), len(data), data)


def members(path: str, root: Path) -> list[str]:
    """The paths of all files in the archive at ``path``, as ``archive::member``; none if absent."""
    file = _open(path, root)
    if file is None:
        return []
    with file:
        _check_start(file, path)
        return [f"{path}{_SEPARATOR}{name}" for name in archives.names(file, path)]


def load_digest(path: str, root: Path) -> tuple[str, int] | None:
    """SHA-256 in hex and size in bytes of the file at ``path``, of any size; None if absent."""
    file = _open(path, root)
    if file is None:
        return None
    with file:
        _check_start(file, path)
        return _digest(file, path)


def _open(path: str, root: Path) -> BinaryIO | None:
    """The regular file at ``path``, open; None if there is none."""
    try:
        place = root / (os.path.expanduser(path) if path.startswith("~/") else path)
        if not stat.S_ISREG(place.stat().st_mode):
            raise MirageError(path, "is not a regular file", "name a file, not a folder or device")
        return place.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise MirageError(path, f"cannot be read ({error.strerror or error})") from None
    except ValueError:
        raise MirageError(path, "is not a path that a file can have", "correct the path") from None


def _check_start(file: BinaryIO, path: str) -> None:
    _check_head(_read(file, path, len(_LFS_HEAD)), path)
    file.seek(0)


def _whole(file: BinaryIO, path: str) -> bytes:
    data = _read(file, path, MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise MirageError(path, f"is larger than {MAX_FILE:,} bytes, the most that is read")
    return data


def _digest(file: BinaryIO, path: str) -> tuple[str, int]:
    sha, size = hashlib.sha256(), 0
    while block := _read(file, path, _BLOCK):
        sha.update(block)
        size += len(block)
    return sha.hexdigest(), size


def _read(file: BinaryIO, path: str, size: int) -> bytes:
    try:
        return file.read(size)
    except OSError as error:
        raise MirageError(path, f"cannot be read ({error.strerror or error})") from None


def _check_head(head: bytes, path: str) -> None:
    if not head:
        raise MirageError(path, "is empty", "write the artifact again, or remove it from the list")
    if head.startswith(_LFS_HEAD):
        raise MirageError(path, "is a Git-LFS pointer, not the file itself", "run `git lfs pull`")
