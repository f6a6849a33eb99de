"""Artifacts as bytes: regular files, and members of archives that are never unpacked to disk."""

import hashlib
import io
import os
import re
import stat
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from mirage_lint.artifacts import archives
from mirage_lint.artifacts.content import Opener
from mirage_lint.errors import MirageError

MAX_FILE = 64 * 2**20
"""Bytes of the largest member of an archive; of a file, so many from its start are kept."""

POINTER = "a Git-LFS pointer, not checked out"
"""What messages call a file of which only that is here."""

_SEPARATOR = "::"
_BLOCK = 2**20
_LFS_HEAD = b"version https://git-lfs.github.com/spec/"
_LFS = re.compile(rb".+\n(?:ext-.+\n)*oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,18})\n?")
_LONGEST_LFS = 1024
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What is no file any more between the look at it and its opening cannot make us wait."""

_Stamp = tuple[int, int, int]


class Stored(NamedTuple):
    """An artifact under the path that the registry gives it: SHA-256 in hex and size of the whole,
    and its first bytes.

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


def load(path: str, root: Path, keep: int | None = None) -> Stored | None:
    """The artifact at ``path``: relative to ``root``, ``~/…``, or ``archive::member``.

    Of a file, the first ``keep`` bytes are kept, else `MAX_FILE`. None if the file, or the archive
    that should hold the member, does not exist. Raises MirageError if the archive lacks the member,
    if that is too large, or if what is there cannot be read, or changes meanwhile.
    """
    outer, _, member = path.partition(_SEPARATOR)
    file = _open(outer, root)
    if file is None:
        return None
    with file:
        stamp = _stamp(file)
        found = _pointer(_start(file, outer), outer)
        if found:
            return _elsewhere(path, *(("", 0) if member else found))
        if not member:
            return _stored(file, path, MAX_FILE if keep is None else keep)
        data = archives.member(file, member, path, MAX_FILE)
        _check_unchanged(file, stamp, outer)
    found = _pointer(data, path)
    if found:
        return _elsewhere(path, *found)
    return Stored(path, hashlib.sha256(data).hexdigest(), len(data), data)


def _elsewhere(path: str, digest: str, size: int) -> Stored:
    """What stands for a file of which only a pointer is here."""
    return Stored(path, digest, size, b"", is_here=False)


def members(path: str, root: Path) -> list[str]:
    """The paths of all files in the archive at ``path``, as ``archive::member``.

    None where it is absent, or only a Git-LFS pointer of it is here.
    """
    file = _open(path, root)
    if file is None:
        return []
    with file:
        if _pointer(_start(file, path), path):
            return []
        return [f"{path}{_SEPARATOR}{name}" for name in archives.names(file, path)]


def load_digest(path: str, root: Path) -> tuple[str, int] | None:
    """SHA-256 in hex and size in bytes of the file at ``path``, of any size; None if absent.

    Of a Git-LFS pointer, those of the file that it stands for.
    """
    stored = load(path, root, keep=0)
    return (stored.digest, stored.size) if stored else None


def opener(path: str, root: Path) -> Opener | None:
    """What opens the file at ``path``, as often as wanted, while it is as it is now.

    None if it is absent. Raises MirageError, on opening and at the end of reading, if it changed.
    """
    file = _open(path, root)
    if file is None:
        return None
    with file:
        return partial(_reopened, path, root, _stamp(file))


class _Steady(io.BufferedReader):
    """A file that must not change while it is read."""

    def __init__(self, file: io.FileIO, stamp: _Stamp, path: str) -> None:
        super().__init__(file)
        self._told = (stamp, path)

    def __exit__(self, kind: object, *rest: object) -> None:
        try:
            if kind is None:
                _check_unchanged(self, *self._told)
        finally:
            self.close()


def _reopened(path: str, root: Path, stamp: _Stamp) -> BinaryIO:
    file = _open(path, root)
    if file is None:
        raise _changed(path)
    if _stamp(file) != stamp:
        file.close()
        raise _changed(path)
    return _Steady(file, stamp, path)


def _open(path: str, root: Path) -> io.FileIO | None:
    """The regular file at ``path``, open; None if there is none."""
    try:
        place = root / (os.path.expanduser(path) if path.startswith("~/") else path)
        _check_regular(place.stat(), path)  # before opening: that alone can set off a device
        file = io.FileIO(os.open(place, _AT_ONCE))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise MirageError(path, f"cannot be read ({error.strerror or error})") from None
    except ValueError:
        raise MirageError(path, "is not a path that a file can have", "correct the path") from None
    try:
        _check_regular(os.fstat(file.fileno()), path)
    except MirageError:
        file.close()
        raise
    return file


def _check_regular(status: os.stat_result, path: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise MirageError(path, "is not a regular file", "name a file, not a folder or device")


def _stamp(file: BinaryIO | io.FileIO) -> _Stamp:
    status = os.fstat(file.fileno())
    return status.st_ino, status.st_size, status.st_mtime_ns


def _check_unchanged(file: BinaryIO | io.FileIO, stamp: _Stamp, path: str) -> None:
    if _stamp(file) != stamp:
        raise _changed(path)


def _changed(path: str) -> MirageError:
    return MirageError(path, "changed while it was read", "run again when it is written")


def _start(file: io.FileIO, path: str) -> bytes:
    head = _read(file, path, _LONGEST_LFS + 1)
    file.seek(0)
    return head


def _stored(file: io.FileIO, path: str, keep: int) -> Stored:
    """A whole file in one go, of which the first ``keep`` bytes are kept."""
    stamp, sha, size, kept = _stamp(file), hashlib.sha256(), 0, []
    while block := _read(file, path, _BLOCK):
        sha.update(block)
        if size < keep:
            kept.append(block[: keep - size])
        size += len(block)
        if size > stamp[1]:  # else one that grows as fast as it is read would never end
            raise _changed(path)
    _check_unchanged(file, stamp, path)
    return Stored(path, sha.hexdigest(), size, b"".join(kept))


def _read(file: io.FileIO, path: str, size: int) -> bytes:
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
