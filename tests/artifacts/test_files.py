"""Files and members of archives as bytes: what is refused, and how it is told."""

import hashlib
import io
import os
import stat
import sys
import tarfile
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from mirage_lint import artifacts
from mirage_lint.artifacts import archives, files
from mirage_lint.artifacts.files import Stored
from mirage_lint.errors import MirageError

DATA = b'{"r": 8}\n'


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def message(path: str, root: Path) -> str:
    with pytest.raises(MirageError) as error:
        files.load(path, root)
    return str(error.value)


def lfs(oid: str = "ab" * 32, size: str = "12345", extension: str = "") -> str:
    """A Git-LFS pointer."""
    head = "version https://git-lfs.github.com/spec/v1\n"
    return f"{head}{extension}oid sha256:{oid}\nsize {size}\n"


def tar(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def tar_of(path: Path, *infos: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w") as archive:
        for info in infos:
            archive.addfile(info)
    return path


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def test_a_file_is_loaded_with_its_digest(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(DATA)
    assert files.load("a.json", tmp_path) == Stored("a.json", digest(DATA), len(DATA), DATA)
    assert files.load_digest("a.json", tmp_path) == (digest(DATA), len(DATA))


def test_a_path_may_start_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "a.json").write_bytes(DATA)
    stored = Stored("~/a.json", digest(DATA), len(DATA), DATA)
    assert files.load("~/a.json", tmp_path / "elsewhere") == stored


@pytest.mark.parametrize("path", ["no.json", "no.tar.gz::a.json", "a.json/b", "dangling"])
def test_what_is_not_there_is_none(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.json").write_bytes(DATA)
    (tmp_path / "dangling").symlink_to("nowhere")
    assert files.load(path, tmp_path) is None
    assert files.load_digest(path.partition("::")[0], tmp_path) is None


def test_what_is_no_readable_file_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.json").touch()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    kind = "is not a regular file; name a file, not a folder or device"
    assert message("folder", tmp_path) == f"folder: {kind}"
    assert message("fifo", tmp_path) == f"fifo: {kind}"
    assert message("fifo::a", tmp_path) == f"fifo: {kind}"
    assert message("/dev/zero", tmp_path) == f"/dev/zero: {kind}"
    assert message("empty.json", tmp_path).startswith("empty.json: is empty; write the artifact")
    assert message("loop", tmp_path).startswith("loop: cannot be read (")
    assert message("a\0b", tmp_path).endswith(
        "is not a path that a file can have; correct the path"
    )


def test_of_a_file_beyond_the_bound_the_start_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 4)
    monkeypatch.setattr(files, "_BLOCK", 3)
    (tmp_path / "a.json").write_bytes(DATA)
    stored = files.load("a.json", tmp_path)
    assert stored == Stored("a.json", digest(DATA), len(DATA), DATA[:4])
    assert not stored.is_whole
    assert files.load_digest("a.json", tmp_path) == (digest(DATA), len(DATA))
    with pytest.raises(MirageError) as error:
        artifacts.read(stored)
    assert str(error.value) == "a.json: is larger than 4 bytes, the most that is read"


def test_a_member_beyond_the_bound_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 4)
    tar(tmp_path / "a.tar", {"a.json": DATA}, "w")
    bound = "is larger than 4 bytes, the most that is read"
    assert message("a.tar::a.json", tmp_path) == f"a.tar::a.json: {bound}"


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
@pytest.mark.parametrize("name", ["run/a.json", "./run/a.json"])
def test_a_member_of_a_tar_is_loaded(tmp_path: Path, mode: str, name: str) -> None:
    tar(tmp_path / "pkg", {"other": b"x" * 3000, name: DATA, "last": b"y"}, mode)
    stored = Stored("pkg::run/a.json", digest(DATA), len(DATA), DATA)
    assert files.load("pkg::run/a.json", tmp_path) == stored


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_member_of_a_zip_is_loaded(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "pkg.zip", "w", method) as archive:
        archive.writestr("run/a.json", DATA)
    stored = Stored("pkg.zip::run/a.json", digest(DATA), len(DATA), DATA)
    assert files.load("pkg.zip::run/a.json", tmp_path) == stored


def test_of_members_of_one_name_the_last_counts(tmp_path: Path) -> None:
    tar(tmp_path / "a.tar", {"a.json": b"old"}, "w")
    tar(tmp_path / "a.tar", {"./a.json": DATA}, "a")
    stored = files.load("a.tar::a.json", tmp_path)
    assert stored == Stored("a.tar::a.json", digest(DATA), len(DATA), DATA)


def test_a_missing_member_is_told_with_the_nearest(tmp_path: Path) -> None:
    members = {"run/config.json": DATA, "run/adapter_config.json": DATA, "README": DATA}
    tar(tmp_path / "a.tar.gz", members)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in members:
            archive.writestr(name, DATA)
    for pack in ("a.tar.gz", "a.zip"):
        path = f"{pack}::runs/adapter_config.json"
        said = "is not in the archive; did you mean run/adapter_config.json?"
        assert message(path, tmp_path) == f"{path}: {said}"
    tar(tmp_path / "none.tar", {}, "w")
    assert message("none.tar::a", tmp_path) == "none.tar::a: is not in the archive; it is empty"


def test_links_folders_and_devices_in_archives_are_not_followed(tmp_path: Path) -> None:
    infos = [
        special("soft", tarfile.SYMTYPE, "/etc/passwd"),
        special("hard", tarfile.LNKTYPE, "soft"),
        special("folder", tarfile.DIRTYPE),
        special("device", tarfile.CHRTYPE),
        special("fifo", tarfile.FIFOTYPE),
    ]
    tar_of(tmp_path / "a.tar", *infos)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("soft")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("folder/", b"")
    link_said = "is a link in its archive, and those are not followed; name the member"
    for path in ("a.tar::soft", "a.tar::hard", "a.zip::soft"):
        assert message(path, tmp_path).startswith(f"{path}: {link_said}")
    for path in ("a.tar::folder", "a.tar::device", "a.tar::fifo", "a.zip::folder"):
        assert message(path, tmp_path).startswith(f"{path}: is not a regular file in its archive")


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_an_archive_that_expands_beyond_all_measure_is_refused(
    tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "RATIO_FLOOR", 2**20)
    tar(tmp_path / "bomb", {"zeros": bytes(2**23), "a.json": DATA}, mode)
    assert message("bomb::a.json", tmp_path) == (
        "bomb::a.json: is in an archive that decompresses to more than 250 times its size; "
        "pack the artifacts by themselves"
    )


def test_a_zip_member_that_expands_beyond_all_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "RATIO_FLOOR", 2**20)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(2**22))
    assert "decompresses to more than 250 times its size" in message("bomb.zip::zeros", tmp_path)


@pytest.mark.parametrize("count", [20, 70_000])
def test_a_zip_with_an_endless_list_of_members_is_refused(
    tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:  # of 70,000, in the longer form
        for number in range(count):
            archive.writestr(f"{number:060}", b"")
    assert "is not in the archive" in message("a.zip::x", tmp_path)
    monkeypatch.setattr(archives, "MAX_DIRECTORY", count * 100)
    assert message("a.zip::x", tmp_path) == (
        f"a.zip::x: is in a zip whose list of members has more than {count * 100:,} bytes; "
        "pack the artifacts by themselves"
    )


def test_bounds_on_total_and_members_name_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tar(tmp_path / "a.tar.gz", {str(index): b"x" * 2000 for index in range(9)})
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    assert "archive of more than 5 members, the most" in message("a.tar.gz::1", tmp_path)
    monkeypatch.setattr(archives, "MAX_TOTAL", 5000)
    assert "archive of more than 5,000 bytes decompressed" in message("a.tar.gz::1", tmp_path)


def test_a_tar_header_beyond_the_bound_is_refused(tmp_path: Path) -> None:
    tar(tmp_path / "a.tar", {"n" * 70_000: DATA}, "w")
    assert message("a.tar::a", tmp_path) == (
        "a.tar::a: is in an archive with a header of more than 65,536 bytes; "
        "pack it again without extended attributes"
    )


def test_a_header_that_promises_more_than_exists_does_not_hang(tmp_path: Path) -> None:
    info = tarfile.TarInfo("huge")
    info.size = 2**62
    (tmp_path / "a.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT))
    assert message("a.tar::a", tmp_path) == (
        "a.tar::a: is in an archive that ends too early; fetch it again"
    )


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz", "zip"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.85])
def test_a_truncated_archive_is_told_in_one_line(tmp_path: Path, mode: str, part: float) -> None:
    whole = tmp_path / "whole"
    noise = b"".join(hashlib.sha256(bytes([index])).digest() for index in range(250)) * 8
    if mode == "zip":
        with zipfile.ZipFile(whole, "w") as archive:
            archive.writestr("a.json", noise)
    else:
        tar(whole, {"a.json": noise}, mode)
    (tmp_path / "cut").write_bytes(whole.read_bytes()[: int(whole.stat().st_size * part)])
    said = message("cut::a.json", tmp_path)
    assert said.startswith("cut::a.json: is ")
    assert "\n" not in said


@pytest.mark.parametrize(
    "data", [b"no archive", b"PK\x03\x04junk", b"\x1f\x8bjunk", b"BZhjunk", b"\x28\xb5\x2f\xfdjunk"]
)
def test_what_is_no_archive_is_told_with_the_kinds_that_are(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert message("a::b", tmp_path) == (
        "a::b: is in a damaged archive, or in none of tar, tar.gz, tar.bz2, tar.xz, tar.zst, zip; "
        "fetch or pack it again"
    )


def test_an_empty_member_is_told(tmp_path: Path) -> None:
    tar(tmp_path / "a.tar", {"empty": b""}, "w")
    assert message("a.tar::empty", tmp_path).startswith("a.tar::empty: is empty")


@pytest.mark.parametrize("extension", ["", "ext-0-foo sha256:" + "1" * 64 + "\n"])
def test_a_git_lfs_pointer_tells_digest_and_size(tmp_path: Path, extension: str) -> None:
    (tmp_path / "a.bin").write_text(lfs(extension=extension))
    stored = Stored("a.bin", "ab" * 32, 12345, b"", is_here=False)
    assert files.load("a.bin", tmp_path) == stored
    assert files.load_digest("a.bin", tmp_path) == ("ab" * 32, 12345)


def test_a_git_lfs_pointer_may_be_a_member_or_an_archive(tmp_path: Path) -> None:
    tar(tmp_path / "a.tar", {"a.bin": lfs().encode()}, "w")
    stored = Stored("a.tar::a.bin", "ab" * 32, 12345, b"", is_here=False)
    assert files.load("a.tar::a.bin", tmp_path) == stored
    (tmp_path / "b.tar").write_text(lfs())
    stored = Stored("b.tar::a.bin", "", 0, b"", is_here=False)
    assert files.load("b.tar::a.bin", tmp_path) == stored


@pytest.mark.parametrize(
    "pointer", [lfs("0"), lfs(size="-1"), lfs(extension="x" * 2000 + "\n"), lfs() + "more\n"]
)
def test_a_damaged_git_lfs_pointer_is_told(tmp_path: Path, pointer: str) -> None:
    (tmp_path / "a.bin").write_text(pointer)
    for path in ("a.bin", "a.bin::b"):
        assert message(path, tmp_path) == (
            "a.bin: is a damaged Git-LFS pointer; run `git lfs pull`"
        )


def zstd(path: Path, members: dict[str, bytes]) -> Path:
    """A tar.zst in two frames, as parallel packers write them."""
    data = tar(path.with_suffix(".tar"), members, "w").read_bytes()
    frames = (data[:700], data[700:])
    path.write_bytes(b"".join(map(compressed, frames)))
    return path


def compressed(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        return import_module("compression.zstd").compress(data)
    return import_module("zstandard").ZstdCompressor(write_checksum=True).compress(data)


def test_a_member_of_a_tar_zst_is_loaded(tmp_path: Path) -> None:
    zstd(tmp_path / "pkg", {"other": b"x" * 3000, "run/a.json": DATA, "last": b"y"})
    stored = Stored("pkg::run/a.json", digest(DATA), len(DATA), DATA)
    assert files.load("pkg::run/a.json", tmp_path) == stored


def test_a_tar_zst_that_expands_beyond_all_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "RATIO_FLOOR", 2**20)
    zstd(tmp_path / "bomb", {"zeros": bytes(2**23), "a.json": DATA})
    assert "decompresses to more than 250 times its size" in message("bomb::a.json", tmp_path)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.85])
def test_a_truncated_tar_zst_is_told_in_one_line(tmp_path: Path, part: float) -> None:
    noise = b"".join(hashlib.sha256(bytes([index])).digest() for index in range(250)) * 8
    whole = zstd(tmp_path / "whole", {"a.json": noise}).read_bytes()
    (tmp_path / "cut").write_bytes(whole[: int(len(whole) * part)])
    said = message("cut::a.json", tmp_path)
    assert said.startswith("cut::a.json: is ")
    assert "\n" not in said


def test_a_tar_zst_without_the_extra_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zstd(tmp_path / "a.tar.zst", {"a.json": DATA})
    for library in ("zstandard", "compression.zstd"):
        monkeypatch.setitem(sys.modules, library, None)
    assert message("a.tar.zst::a.json", tmp_path) == (
        "a.tar.zst::a.json: needs the extra 'zstd', which is not installed; "
        "run `pip install 'mirage-lint[zstd]'`"
    )
