"""Members of tar and zip archives, streamed: nothing is unpacked, no link is followed.

An archive may be made to exhaust its reader. Each bound below has its own message.
"""

import bz2
import gzip
import lzma
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from typing import IO, Any, BinaryIO, cast

from mirage_lint.artifacts import extras
from mirage_lint.errors import MirageError

MAX_MEMBERS = 100_000
MAX_TOTAL = 32 * 2**30
"""Bytes that are decompressed at most on the way to a member."""
MAX_RATIO = 250
"""Decompressed bytes per compressed byte, once `RATIO_FLOOR` bytes are out."""
RATIO_FLOOR = 32 * 2**20
MAX_HEADER = 2**16
"""Bytes of a tar header's extension: a long name or extended attributes."""
MAX_DIRECTORY = 16 * 2**20
"""Bytes of a zip's list of members, all of which are kept."""

_BLOCK = 2**16
_END, _LOCATOR, _END_64 = 22, 20, 56
"""Bytes of the records at the end of a zip."""
_MAX_COMPARED = 1000
_MAX_EMPTY = 16
_ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06")
_EXTENSIONS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_ZSTD_HEAD = b"\x28\xb5\x2f\xfd"
_DECOMPRESSORS: dict[bytes, Callable[[BinaryIO], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}


def member(archive: BinaryIO, name: str, where: str, limit: int) -> bytes:
    """The bytes of the member ``name`` of an open, seekable tar or zip archive.

    Of members of the same name the last counts, as when unpacking. Raises MirageError at
    ``where`` if it is missing, no regular file, larger than ``limit``, or beyond a bound.
    """
    find = _from_zip if _is_zip(archive) else _from_tar
    with _told_in_one_line(where):
        return find(archive, _plain(name), where, limit)


def names(archive: BinaryIO, where: str) -> list[str]:
    """The names of all files in an open, seekable tar or zip archive, in its order.

    Raises MirageError at ``where`` beyond a bound, or where the archive is damaged.
    """
    listed = _zip_names if _is_zip(archive) else _tar_names
    with _told_in_one_line(where):
        return listed(archive, where)


@contextmanager
def _told_in_one_line(where: str) -> Iterator[None]:
    try:
        yield
    except MirageError:
        raise
    except _LongHeaderError:
        problem = f"is in an archive with a header of more than {MAX_HEADER:,} bytes"
        raise MirageError(where, problem, "pack it again without extended attributes") from None
    except Exception:  # the standard library raises almost any kind on a damaged archive
        problem = (
            "is in a damaged archive, or in none of tar, tar.gz, tar.bz2, tar.xz, tar.zst, zip"
        )
        raise MirageError(where, problem, "fetch or pack it again") from None


def _is_zip(archive: BinaryIO) -> bool:
    head = archive.read(8)
    archive.seek(0)
    return head.startswith(_ZIP_HEADS)


class _Metered:
    """A decompressed stream that refuses to give more than the bounds allow."""

    def __init__(self, stream: IO[bytes], source: BinaryIO, where: str) -> None:
        self._stream, self._source, self._where = stream, source, where
        self._total = self._empty = 0

    def read(self, size: int) -> bytes:
        block = self._stream.read(size)
        self._total += len(block)
        self._empty += not block
        if self._empty > _MAX_EMPTY:  # a header may promise more blocks than could ever be counted
            raise MirageError(self._where, "is in an archive that ends too early", "fetch it again")
        _check_expansion(self._total, self._source.tell(), self._where)
        return block


class _LongHeaderError(Exception):
    """A header's extension is beyond `MAX_HEADER`."""


class _BoundedInfo(tarfile.TarInfo):
    """A tar header whose extension is not read into memory if it is absurdly long."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_BoundedInfo":
        info = super().frombuf(buf, encoding, errors)
        if info.type in _EXTENSIONS and info.size > MAX_HEADER:
            raise _LongHeaderError
        return info


def _tar_names(archive: BinaryIO, where: str) -> list[str]:
    found = []
    for count, (_, info) in enumerate(_tar_members(_decompressed(archive, where)), start=1):
        _check_count(count, where)
        found += [_plain(info.name)] if info.isreg() else []
    return found


def _from_tar(archive: BinaryIO, name: str, where: str, limit: int) -> bytes:
    stream = _decompressed(archive, where)
    found, names = None, []
    for members, info in _tar_members(stream):
        names.append(_plain(info.name))
        _check_count(len(names), where)
        if names[-1] == name:
            found = _tar_bytes(members, info, where, limit)
    while stream.read(_BLOCK):
        pass  # to the end, where checksums and missing tails are noticed
    return _found(found, name, names, where)


def _tar_members(stream: _Metered) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r|", tarinfo=_BoundedInfo) as members:
        while (info := members.next()) is not None:
            cast(Any, members).members.clear()  # it would keep every header it has seen
            yield members, info


def _decompressed(archive: BinaryIO, where: str) -> _Metered:
    head = archive.read(8)
    archive.seek(0)
    opener = next((make for magic, make in _DECOMPRESSORS.items() if head.startswith(magic)), None)
    if head.startswith(_ZSTD_HEAD):
        opener = _zstd(where)
    return _Metered(opener(archive) if opener else archive, archive, where)


def _zstd(where: str) -> Callable[[BinaryIO], Any]:
    """What opens a Zstandard stream: Python 3.14's own, or the extra; both bound their memory."""
    try:  # from Python 3.14 on
        return cast(Callable[[BinaryIO], Any], import_module("compression.zstd").open)
    except ImportError:
        library = extras.module("zstandard", "zstd", where)
    return lambda archive: library.ZstdDecompressor().stream_reader(
        archive, read_across_frames=True, closefd=False
    )


def _tar_bytes(members: tarfile.TarFile, info: tarfile.TarInfo, where: str, limit: int) -> bytes:
    _check_kind(info.isreg(), info.issym() or info.islnk(), where)
    _check_size(info.size, limit, where)
    stream = members.extractfile(info)
    data = stream.read(info.size) if stream else b""
    if len(data) != info.size:
        raise MirageError(where, "is cut short in its archive", "fetch it again")
    return data


def _zip_names(archive: BinaryIO, where: str) -> list[str]:
    with _zip(archive, where) as members:
        return [_plain(info.filename) for info in members.infolist() if not info.is_dir()]


def _from_zip(archive: BinaryIO, name: str, where: str, limit: int) -> bytes:
    with _zip(archive, where) as members:
        infos = {_plain(info.filename): info for info in members.infolist()}
        info = infos.get(name)
        data = _zip_bytes(members, info, where, limit) if info else None
        return _found(data, name, infos, where)


def _zip(archive: BinaryIO, where: str) -> zipfile.ZipFile:
    if _directory_size(archive) > MAX_DIRECTORY:
        problem = f"is in a zip whose list of members has more than {MAX_DIRECTORY:,} bytes"
        raise MirageError(where, problem, "pack the artifacts by themselves")
    members = zipfile.ZipFile(archive)
    _check_count(len(members.infolist()), where)
    return members


def _directory_size(archive: BinaryIO) -> int:
    """How long the list of members says that it is, in the record at a zip's end; 0 without one.

    Of large archives a longer record before it, which it points at, tells instead.
    """
    end = archive.seek(0, 2)
    start = archive.seek(max(0, end - _END - 2**16))
    tail = archive.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0:
        return 0
    (size,) = struct.unpack_from("<12xL", tail, place)
    locator = tail[max(0, place - _LOCATOR) : place]
    if not locator.startswith(b"PK\x06\x07"):
        return int(size)
    (told,) = struct.unpack_from("<8xQ", locator)
    return max(_long_size(archive, at) for at in (told, start + place - _LOCATOR - _END_64))


def _long_size(archive: BinaryIO, at: int) -> int:
    archive.seek(at)
    record = archive.read(_END_64)
    return int.from_bytes(record[40:48], "little") if record.startswith(b"PK\x06\x06") else 0


def _zip_bytes(members: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, limit: int) -> bytes:
    mode = stat.S_IFMT(info.external_attr >> 16)
    _check_kind(not info.is_dir() and mode in (0, stat.S_IFREG), stat.S_ISLNK(mode), where)
    if info.flag_bits & 1:
        raise MirageError(where, "is encrypted", "pack it again without a password")
    _check_size(info.file_size, limit, where)
    _check_expansion(info.file_size, info.compress_size, where)
    return members.read(info)


def _plain(name: str) -> str:
    return name.removeprefix("./").rstrip("/")


def _check_kind(is_file: bool, is_link: bool, where: str) -> None:
    if is_link:
        problem = "is a link in its archive, and those are not followed"
        raise MirageError(where, problem, "name the member that it points to")
    if not is_file:
        raise MirageError(where, "is not a regular file in its archive", "name a file in it")


def _check_size(size: int, limit: int, where: str) -> None:
    if size > limit:
        raise MirageError(where, f"is larger than {limit:,} bytes, the most that is read")


def _check_count(count: int, where: str) -> None:
    if count > MAX_MEMBERS:
        problem = f"is in an archive of more than {MAX_MEMBERS:,} members, the most that are read"
        raise MirageError(where, problem, "pack the artifacts by themselves")


def _check_expansion(total: int, compressed: int, where: str) -> None:
    if total > MAX_TOTAL:
        problem = f"is in an archive of more than {MAX_TOTAL:,} bytes decompressed"
        raise MirageError(where, problem, "pack the artifacts by themselves")
    if total > RATIO_FLOOR and total > MAX_RATIO * compressed:
        problem = f"is in an archive that decompresses to more than {MAX_RATIO} times its size"
        raise MirageError(where, problem, "pack the artifacts by themselves")


def _found(data: bytes | None, name: str, names: Collection[str], where: str) -> bytes:
    if data is not None:
        return data
    last = name.rpartition("/")[2]
    alike = [other for other in names if other.rpartition("/")[2] == last] or list(names)
    near = get_close_matches(name, alike[:_MAX_COMPARED], n=1, cutoff=0)
    mend = f"did you mean {near[0]}?" if near else "it is empty"
    raise MirageError(where, "is not in the archive", mend)
