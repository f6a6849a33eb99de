"""Artifacts as bytes: regular files, and members of archives that are never unpacked to disk."""

import hashlib
import os
import re
import stat
from pathlib import Path
from typing import BinaryIO, NamedTuple

from mirage_lint.artifacts import archives
from mirage_lint.errors import MirageError

MAX_FILE = 64 * 2**20
"""Bytes of the largest member of an archive; of a file, so many from its start are kept."""

_SEPARATOR = "::"
_BLOCK = 2**20
_LFS_HEAD = b"version https://git-lfs.github.com/spec/"
_LFS = re.compile(rb".+\n(?:ext-.+\n)*oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,18})\n?")
_LONGEST_LFS = 1024


class Stored(NamedTuple):
    """An artifact under the path that the registry gives it: SHA-256 in hex and size of the whole,
    and its first bytes, `MAX_FILE` at most.

    Where only a Git-LFS pointer is here, digest and size are those of the file that it stands for,
    empty and 0 for a member of such an archive; there is no data, and ``is_here`` is false.
    """

    path: str
    digest: str
    size: int
    data: bytes
    is_here: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether ``data`` is all of it."""
        return len(self.data) == self.size


def load(path: str, root: Path) -> Stored | None:
    """The artifact at ``path``: relative to ``root``, ``~/…``, or ``archive::member``.

    None if the file, or the archive that should hold the member, does not exist. Raises
    MirageError if the archive lacks the member, if that is too large, or if what is there cannot
    be read.
    """
    outer, _, member = path.partition(_SEPARATOR)
    file = _open(outer, root)
    if file is None:
        return None
    with file:
        found = _pointer(_start(file, outer), outer)
        if found:
            return _elsewhere(path, *(("", 0) if member else found))
        if not member:
            return _stored(file, path, MAX_FILE)
        data = archives.member(file, member, path, MAX_FILE)
    found = _pointer(data, path)
    if found:
        return _elsewhere(path, *found)
    return Stored(path, hashlib.sha256(data).hexdigest(), len(data), data)


def _elsewhere(path: str, digest: str, size: int) -> Stored:
    """What stands for a file of which only a pointer is here."""
    return Stored(path, digest, size, b"", is_here=False)


def load_digest(path: str, root: Path) -> tuple[str, int] | None:
    """SHA-256 in hex and size in bytes of the file at ``path``, of any size; None if absent.

    Of a Git-LFS pointer, those of the file that it stands for.
    """
    file = _open(path, root)
    if file is None:
        return None
    with file:
        found = _pointer(_start(file, path), path)
        stored = _elsewhere(path, *found) if found else _stored(file, path, 0)
    return stored.digest, stored.size


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


def _start(file: BinaryIO, path: str) -> bytes:
    head = _read(file, path, _LONGEST_LFS + 1)
    file.seek(0)
    return head


def _stored(file: BinaryIO, path: str, keep: int) -> Stored:
    """A whole file in one go, of which the first ``keep`` bytes are kept."""
    sha, size, kept = hashlib.sha256(), 0, []
    while block := _read(file, path, _BLOCK):
        sha.update(block)
        if size < keep:
            kept.append(block[: keep - size])
        size += len(block)
    return Stored(path, sha.hexdigest(), size, b"".join(kept))


def _read(file: BinaryIO, path: str, size: int) -> bytes:
    try:
        return file.read(size)
    except OSError as error:
        raise MirageError(path, f"cannot be read ({error.strerror or error})") from None


def _pointer(data: bytes, path: str) -> tuple[str, int] | None:
    """What the Git-LFS pointer ``data`` stands for; None if it is none. Refuses an empty file.

    Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
    """
    if not data:
        raise MirageError(path, "is empty", "write the artifact again, or remove it from the list")
    if not data.startswith(_LFS_HEAD):
        return None
    found = _LFS.fullmatch(data) if len(data) <= _LONGEST_LFS else None
    if found is None:
        raise MirageError(path, "is a damaged Git-LFS pointer", "run `git lfs pull`")
    return found[1].decode(), int(found[2])
